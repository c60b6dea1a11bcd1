"""What a figure takes from the text around its sentence: the figures before it, its paragraph, the article.

"This figure" measures what the last one did; a part ("of whom 12 were children") shares time, place and
speaker of its whole; "785 miles (1,260 km)" is one claim in two units. A sentence without a place is at
that of the sentence before, else where the article is; one without a time has the last "as of" of its
paragraph, the day of publication if it speaks of the present, or the time that it goes on about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kb.dates.edtf import interval_of
from kb.extract.attribution.reporting import use_of
from kb.extract.claims.article_place import country_meant, is_scene, place_of_paragraph
from kb.extract.claims.clause_tense import is_present
from kb.extract.claims.continuing import has_time, is_before, time_continued
from kb.extract.claims.governing import verb_above
from kb.extract.claims.holding import as_of, of_publication, of_telling
from kb.extract.claims.indicators import period_of, with_joined
from kb.extract.claims.movement import with_level
from kb.extract.claims.parts import Counted
from kb.extract.claims.phrases import Reading, tokens_of
from kb.extract.claims.places import names_place, place_at
from kb.extract.claims.shares import with_whole
from kb.extract.claims.told_on import told_on
from kb.extract.quantities.of_names import name_before
from kb.model.values import Claim, Interval, Quantity, Reference

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

# What stands between a quantity and itself in another unit.
_CONVERSION = re.compile(r"(?:\s+of\s+(?:them|those|these|it|all))?\s*[(\[]\s*|\s*;\s*")
_CONVERTIBLE = ("measurement", "money", "duration", "rate", "bare")
_PERSONAL = ("age", "times", "duration", "measurement")  # of one man, one parcel: nowhere in particular
_SAME_AGAIN = frozenset(
    ["figure", "number", "total", "count", "tally", "this", "that", "it", "amount", "compared"]
)
_MOVES = r"(increase|decrease|rise|fall|drop|decline|jump|growth|surge)"
_MOVED = re.compile(_MOVES + r"(?: (?:shown|marked|represented|meant))?$")
_MOVED_OF = re.compile(rf"^{_MOVES} of ")
_CONTINUES = re.compile(r"(?:out\s+)?(?:of\s+|among\s+)?(?:these|those|them|whom|which)\b", re.IGNORECASE)
_VERSUS = re.compile(r"\s*(?:versus|vs\.?|as against|compared (?:with|to))\s*", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|at|across|inside|throughout|within)\s+(?:the\s+|[a-z]+ern\s+)?$", re.IGNORECASE)
_BESIDE = re.compile(r",\s*(?:or\s+)?(?:(?:about|nearly|almost|roughly|more than|over)\s+)?$", re.IGNORECASE)
_SAME_PERIOD = re.compile(
    r"\b(?:over|during|in|for|within) (?:the|that) same (?:period|time|span)\b", re.IGNORECASE
)
_OF_WHOLE = re.compile(r"\s+(?:out\s+)?of\s+(?:the|its|their|his|her|all|some|about)?", re.IGNORECASE)
_CLAIMS_BACK = 8
_PARAGRAPH = 2_000  # characters; an "as of" farther back is forgotten


class Context:
    """An article's claims so far, in order, and where the article is."""

    def __init__(self, reading: Reading, article_place: Reference | None) -> None:
        self.claims: list[Claim] = []
        self._reading = reading
        self._article_place = article_place
        self._named: set[int] = set()  # positions of the claims that are told of names in a row

    def converted(self, quantity: Quantity) -> Claim | None:
        """The last claim with this quantity, where that only gives it in another unit; else None."""
        if not self.claims:
            return None
        last, text = self.claims[-1], self._reading.document.text
        between = text[last.phrase.end_char : quantity.span.start_char]
        shares = quantity.kind == "percent" and last.unit in ("share", "%")  # "almost half of them (43 %)"
        if not _CONVERSION.fullmatch(between) or not (shares or quantity.kind in _CONVERTIBLE):
            return None
        if text[quantity.span.end_char : quantity.span.end_char + 2].lstrip()[:1] not in (")", "]", ";"):
            return None
        return replace(
            last,
            phrase=quantity.span,
            comparator=quantity.comparator,
            low=quantity.low,
            high=quantity.high,
            unit=quantity.unit,
        )

    def completed(self, claim: Claim, item: Counted, own: Reading) -> Claim:
        """The claim with what it takes from its context; `own` is what may be read of its own sentence."""
        claim = self._from_claims(claim, item)
        if claim.interval is None or claim.interval.date is None:
            claim = replace(claim, interval=self._same_period(claim) or claim.interval)
        if claim.interval is None and item.quantity.level != "before":
            claim = replace(claim, interval=self._time(claim, item, own))
        extended = item.quantity.kind == "duration" and claim.relation == "change"  # of a state, a ban
        local = item.quantity.kind not in _PERSONAL or extended
        here = self._article_place
        if here is not None and claim.place and claim.place.name != here.name and self._only_speaks(claim):
            claim = replace(claim, place=here)
        if claim.place is None and local:
            if not names_place(own, claim.sentence):
                told = country_meant(self._reading, claim.sentence, here) or place_of_paragraph(
                    self._reading, claim.sentence.start_char
                )
                claim = replace(claim, place=told or here or self._place(claim))
            elif here is not None and not _says(claim, here) and is_scene(own, claim.sentence, here):
                claim = replace(claim, place=here)
        return claim

    def _only_speaks(self, claim: Claim) -> bool:
        """Whether the place is a country that says so, and need not be where: "Chad says it will cost $5"."""
        if claim.speaker is None or claim.place is None or claim.speaker.span != claim.place.span:
            return False
        last = tokens_of(self._reading.document, claim.place.span)[-1] if claim.place.span else None
        return last is not None and last.dep_ == "nsubj" and use_of(last.head) == "speech"

    def _from_claims(self, claim: Claim, item: Counted) -> Claim:
        quantity = item.quantity
        last = self.claims[-1] if self.claims else None
        if last is None:
            return claim
        before = self._before(claim)
        again = claim.measure.lower() in _SAME_AGAIN or claim.measure == quantity.number.words
        again = again or (before.unit == claim.unit == claim.measure and quantity.kind == "measurement")
        carried = claim.measure == claim.unit and claim.unit not in claim.sentence.words
        if again or (claim.relation != "value" and carried and quantity.noun is None):
            claim = replace(claim, measure=before.measure, place=claim.place or before.place)
        if moved := _MOVED.match(claim.measure):
            of = f"{moved[1]} of " if quantity.kind == "percent" else ""
            what = _MOVED_OF.sub("", before.measure)
            claim = replace(claim, measure=f"{of}{what}", place=claim.place or before.place)
        if claim.measure == "compared" and claim.sentence == last.sentence:
            claim = replace(claim, measure=last.measure, place=claim.place or last.place)
        claim = with_level(self._reading.document, claim, last, quantity.level == "before")
        if quantity.kind == "count" and claim.measure == last.measure and last.unit == "%":
            claim = replace(claim, measure=_MOVED_OF.sub("", claim.measure))  # the level that rose
        between = self._reading.document.text[last.phrase.end_char : claim.phrase.start_char]
        claim = with_whole(claim, last, between)
        if self._measures_same(claim, last) or self._multiplies(claim, last):
            claim = replace(claim, measure=last.measure, place=claim.place or last.place)
        if (name := name_before(self._reading.document, quantity)) is not None:
            claim = self._of_name(claim, name)
        elif claim.part_of is not None:
            claim = _part(claim, self.claims[claim.part_of])
        elif last.sentence == claim.sentence and claim.unit == last.unit and quantity.noun is None:
            claim = _sharing(claim, last if not is_present(item.anchor) else replace(last, interval=None))
        if quantity.kind == "percent":
            claim = with_joined(self._reading.document.text, claim, last)
        claim = told_on(self._reading.document.text, claim, last)
        if _CONTINUES.match(claim.sentence.words):
            claim = replace(_sharing(claim, before), place=claim.place or before.place)
        return claim

    def _of_name(self, claim: Claim, name: TokenSpan) -> Claim:
        """The number of one place or body of a row, of what the row is told of: "Chad (12) and Niger (9)"."""
        place = place_at(self._reading, name)
        row = self._row(claim)
        self._named.add(len(self.claims))
        if row is not None:
            claim = _sharing(replace(claim, measure=row.measure), row)
            if place and row.speaker and row.place and row.speaker.name == row.place.name:
                claim = replace(claim, speaker=place)  # "Chad reported 17 and Niger 9"
            if row.subject and row.subject in row.measure:
                words = row.measure.replace(row.subject, name.text)
                return replace(claim, measure=words, subject=name.text, place=place or row.place)
        if place is None:
            return replace(claim, measure=f"{claim.measure} of {name.text}", subject=name.text)
        return replace(claim, place=place)

    def _row(self, claim: Claim) -> Claim | None:
        """What a row of names with numbers is told of: the figure before them in the sentence."""
        recent = range(len(self.claims) - 1, max(-1, len(self.claims) - _CLAIMS_BACK - 1), -1)
        unnamed = (self.claims[at] for at in recent if at not in self._named)
        row = next((other for other in unnamed if other.unit == claim.unit), None)
        return row if row is not None and row.sentence == claim.sentence else None

    def _before(self, claim: Claim) -> Claim:
        """What "this figure" stands for: the last claim of an earlier sentence, else of the same one."""
        recent = self.claims[-_CLAIMS_BACK:]
        earlier = [other for other in recent if other.sentence.start_char < claim.sentence.start_char]
        same = [other for other in recent if other.unit == claim.unit != "" and other.relation == "value"]
        return (same or earlier or recent)[-1]

    def _measures_same(self, claim: Claim, last: Claim) -> bool:
        """Whether two quantities of one sentence measure the same: nothing is said of the second alone."""
        if claim.unit != last.unit or claim.sentence != last.sentence:
            return False
        between = self._reading.document.text[last.phrase.end_char : claim.phrase.start_char]
        if _OF_WHOLE.match(between):
            return False  # of "6 of its 12 boats sank" only the 6 did
        return claim.measure == claim.unit or _VERSUS.fullmatch(between) is not None

    def _multiplies(self, claim: Claim, last: Claim) -> bool:
        """Whether a multiple stands right after the figure that it is of: "5 million, twice as many as"."""
        between = self._reading.document.text[last.phrase.end_char : claim.phrase.start_char]
        together = claim.sentence == last.sentence and last.relation == "value"
        return claim.relation == "ratio" and together and _BESIDE.search(between) is not None

    def _place(self, claim: Claim) -> Reference | None:
        """The place that the last claim is said to be in, where that stands in this sentence or before."""
        if not self.claims or (last := self.claims[-1]).place is None:
            return None
        text, span = self._reading.document.text, last.place.span
        between = text[last.sentence.end_char : claim.sentence.start_char]
        if between.strip() or "\n\n" in between.replace(" ", "") or span is None or last.part_of is not None:
            return None
        if last.sentence.overlaps(span) and not _IN.search(text, last.sentence.start_char, span.start_char):
            return None
        return last.place

    def _time(self, claim: Claim, item: Counted, own: Reading) -> Interval | None:
        sentence, anchor = claim.sentence, item.anchor
        start = max(0, sentence.start_char - _PARAGRAPH)
        start = max(start, self._reading.document.text.rfind("\n\n", start, sentence.start_char) + 1)
        if found := as_of(own, start, sentence.end_char) or of_publication(own, anchor):
            return found
        if item.quantity.kind in ("age", "duration"):
            return None  # "he was born in 1950. He taught for ten years"
        found = time_continued(self._reading, anchor) or of_telling(own, anchor)
        if found is None and item.quantity.kind in ("count", "bare"):
            found = self._counted_on(claim, anchor)
        found = found or period_of(own, reversed(self.claims[-_CLAIMS_BACK:]), claim, anchor)
        if found is not None and found.date and "/" not in found.date and is_before(anchor):
            return interval_of(f"../{found.date}", found.basis)
        return found

    def _same_period(self, claim: Claim) -> Interval | None:
        """The time of the last figure, where the text says that this one is of the same period."""
        if not self.claims:
            return None
        last, text = self.claims[-1], self._reading.document.text
        between = text[last.phrase.end_char : max(claim.phrase.start_char, claim.sentence.end_char)]
        return last.interval if len(between) < _PARAGRAPH and _SAME_PERIOD.search(between) else None

    def _counted_on(self, claim: Claim, anchor: Token) -> Interval | None:
        """The time of the last figure of the same things, which a past sentence without a time counts on."""
        if verb_above(anchor) is None or claim.speaker is not None or has_time(self._reading, anchor):
            return None
        same = (other for other in reversed(self.claims[-_CLAIMS_BACK:]) if other.unit == claim.unit)
        dated = (other.interval for other in same if other.interval and other.interval.date)
        found = next((time for time in dated if "/" not in (time.date or "")), None)
        if found is None or not claim.unit or found.earliest == self._reading.document.published:
            return None
        return replace(found, basis="text")


def _says(claim: Claim, place: Reference) -> bool:
    """Whether the place is the one who says so: "Nairobi said"."""
    return claim.speaker is not None and claim.speaker.name == place.name


def _sharing(claim: Claim, other: Claim) -> Claim:
    """The claim with the time and the speaker of another, where it has none."""
    return replace(
        claim,
        interval=claim.interval or other.interval,
        speaker=claim.speaker or other.speaker,
        voice=other.voice if claim.speaker is None and claim.voice == "own" else claim.voice,
    )


def _part(part: Claim, whole: Claim) -> Claim:
    """A part with what it takes from its whole."""
    shared = _sharing(replace(part, measure=_part_measure(part, whole)), whole)
    return replace(shared, place=part.place or whole.place)


def _part_measure(part: Claim, whole: Claim) -> str:
    """What a part measures; bare "70 schools" are "schools among buildings damaged"."""
    if part.unit in ("%", "share") and part.measure in ("share", part.unit):
        return f"share of {whole.measure}"
    if part.measure != part.unit:
        return part.measure
    return whole.measure if part.unit == whole.unit else f"{part.measure} among {whole.measure}"

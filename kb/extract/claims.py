"""Figures of an article: quantities with what they measure, where, when, and who says so."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, cast

from kb.extract.attribution import speaker_of
from kb.extract.baseline import baseline_of, baseline_span
from kb.extract.document import Document
from kb.extract.holding import as_of, holding_of, of_publication
from kb.extract.measure import measured
from kb.extract.mentions import Mentions
from kb.extract.parts import Counted, parts_of
from kb.extract.phrases import Reading, anchor_of
from kb.extract.places import names_place, place_of, place_of_article
from kb.extract.stance import stance_of
from kb.lexicon import read_table
from kb.model.values import Baseline, Claim, Entity, Interval, Quantity, Reference, Status, Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONVERSION = re.compile(r"\s*[(\[]\s*|\s*;\s*")  # what stands between a quantity and itself in another unit
_SAME_AGAIN = frozenset(["figure", "number", "total", "count", "tally", "this", "that", "it", "amount"])
_CONVERTIBLE = ("measurement", "money", "duration", "rate", "bare")
_CONTINUES = re.compile(r"(?:out\s+)?(?:of\s+|among\s+)?(?:these|those|them|whom|which)\b", re.IGNORECASE)
_LONGEST_CLIMB = 40


def find_claims(
    document: Document,
    times: tuple[Time, ...],
    quantities: tuple[Quantity, ...],
    entities: tuple[Entity, ...],
) -> tuple[Claim, ...]:
    """The article's figures in order, one for each quantity."""
    reading = Reading.of(document, times, Mentions(entities), quantities)
    counted = [Counted(quantity, anchor_of(document, quantity)) for quantity in quantities]
    baselines = [baseline_span(reading, quantity) for quantity in quantities]
    finder = _Finder(
        reading.besides(span for span in baselines if span),
        place_of_article(document, entities, reading.mentions),
    )
    for item, words, whole in zip(counted, baselines, parts_of(counted), strict=True):
        finder.add(item, baseline_of(reading, words) if words else None, whole)
    return tuple(finder.claims)


class _Finder:
    """The claims of an article as they are found: later ones may go on about earlier ones."""

    def __init__(self, reading: Reading, article_place: Reference | None) -> None:
        self.claims: list[Claim] = []
        self._reading = reading
        self._article_place = article_place

    def add(self, item: Counted, baseline: Baseline | None, whole: int | None) -> None:
        """Read one quantity and append its claim."""
        quantity, anchor, reading = item.quantity, item.anchor, self._reading
        if (before := self._converted(quantity)) is not None:
            self.claims.append(_with_value(before, quantity))
            return
        sentence = reading.document.sentence_span(quantity.span.start_char)
        speaker, voice = speaker_of(reading.document, anchor, reading.mentions)
        place = place_of(reading, anchor, quantity.span, speaker)
        what = measured(reading, quantity, place)
        claim = Claim(
            phrase=quantity.span,
            sentence=sentence,
            comparator=quantity.comparator,
            low=quantity.low,
            high=quantity.high,
            unit=quantity.unit,
            measure=what.words,
            subject=what.subject,
            place=place,
            relation=quantity.relation,
            direction=quantity.direction,
            baseline=baseline,
            interval=holding_of(reading, anchor),
            speaker=speaker,
            voice=voice,
            stance=stance_of(reading.document, anchor, through_adjuncts=True),
            status=_status_of(anchor),
            part_of=whole,
        )
        self.claims.append(self._continued(claim, anchor, elided=quantity.noun is None))

    def _converted(self, quantity: Quantity) -> Claim | None:
        """The claim that this quantity only gives in another unit: "785 miles (1260 kilometers)"."""
        if not self.claims:
            return None
        last = self.claims[-1]
        between = self._reading.document.text[last.phrase.end_char : quantity.span.start_char]
        if not _CONVERSION.fullmatch(between) or quantity.kind in (
            "count",
            "percent",
            "share",
            "times",
            "age",
        ):
            return None
        after = self._reading.document.text[quantity.span.end_char : quantity.span.end_char + 2].lstrip()
        return last if after[:1] in (")", "]", ";") else None

    def _continued(self, claim: Claim, anchor: Token, elided: bool) -> Claim:
        """The claim with what it takes from those before it, from its paragraph and from the article."""
        before = self._before(claim)
        if before and claim.measure.lower() in _SAME_AGAIN:
            claim = replace(claim, measure=before.measure, place=claim.place or before.place)
        last = self.claims[-1] if self.claims else None
        if last and claim.measure == claim.unit == last.unit and last.sentence == claim.sentence:
            claim = replace(claim, measure=last.measure)
        if claim.part_of is not None:
            claim = _part(claim, self.claims[claim.part_of])
        elif last and last.sentence == claim.sentence and claim.unit == last.unit and elided:
            claim = _sharing(claim, last)
        if before and _CONTINUES.match(claim.sentence.words):
            claim = replace(_sharing(claim, before), place=claim.place or before.place)
        if claim.interval is None:
            claim = replace(claim, interval=self._context_time(claim, anchor))
        if claim.place is None and not names_place(self._reading, claim.sentence):
            claim = replace(claim, place=self._place_before(claim) or self._article_place)
        return claim

    def _place_before(self, claim: Claim) -> Reference | None:
        """The place of the last claim, where that stands in the sentence before."""
        last = self.claims[-1] if self.claims else None
        if last is None or last.sentence == claim.sentence:
            return last.place if last else None
        between = self._reading.document.text[last.sentence.end_char : claim.sentence.start_char]
        return None if between.strip() else last.place

    def _before(self, claim: Claim) -> Claim | None:
        """What "this figure" stands for: the last claim of an earlier sentence, else of the same one."""
        earlier = [c for c in self.claims[-6:] if c.sentence.start_char < claim.sentence.start_char]
        return (earlier or self.claims)[-1] if self.claims else None

    def _context_time(self, claim: Claim, anchor: Token) -> Interval | None:
        text = self._reading.document.text
        paragraph = text.rfind("\n\n", 0, claim.sentence.start_char) + 1
        return as_of(self._reading, paragraph, claim.sentence.end_char) or of_publication(
            self._reading, anchor
        )


def _part_measure(part: Claim, whole: Claim) -> str:
    """What a part measures; bare "70 schools" are "schools among buildings damaged"."""
    if part.unit in ("%", "share") and part.measure in ("share", "share of", part.unit):
        return f"share of {whole.measure}"
    if part.measure != part.unit:
        return part.measure
    return whole.measure if part.unit == whole.unit else f"{part.measure} among {whole.measure}"


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


def _with_value(claim: Claim, quantity: Quantity) -> Claim:
    """The same claim with another quantity."""
    return replace(
        claim,
        phrase=quantity.span,
        comparator=quantity.comparator,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
    )


@cache
def _statuses() -> dict[str, Status]:
    return {row["word"]: cast(Status, row["status"]) for row in read_table("status_words")}


def _status_of(anchor: Token) -> Status | None:
    """What the quantity's phrase, its clause or its source says of how final it is."""
    table = _statuses()
    node = anchor
    for _ in range(_LONGEST_CLIMB):
        for token in (node, *node.children):
            verbal = token.pos_ in ("VERB", "AUX") and token.i != node.i and token.dep_ != "amod"
            if not verbal and (found := table.get(token.lower_) or table.get(token.lemma_.lower())):
                return found
        if node.head.i == node.i:
            return None
        node = node.head
    return None

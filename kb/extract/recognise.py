"""Which capitalised words of an article are names, and of what kind.

Every candidate gathers evidence for each kind: the lexicon, its head word, the title before it, a given
name in front, spaCy's label, the words around it. Evidence for one form is summed over the article, so
what one sentence makes plain is known in all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.extract.document import Document
from kb.extract.name_parts import Part, folded, head_words, is_title, names_in, nothings
from kb.extract.name_words import Word, runs, words_of
from kb.lexicon import read_words
from kb.model.values import EntityKind
from kb.names.known import Known, demonyms, given_names, known_names

Verdict = Literal["person", "organisation", "place", "none"]
LABELS: dict[str, Verdict] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "none",
    "PRODUCT": "none",
    "EVENT": "none",
    "WORK_OF_ART": "none",
    "LAW": "none",
    "LANGUAGE": "none",
    "DATE": "none",
}
ENOUGH = 1.5  # evidence that makes a name
_SURNAME = re.compile(
    r"(?:[oe]v|[oe]va|enko|sk[iy]|skyy|skij|skaya|ska|vich|vych|wicz|ić|ic|yan|ian|shvili|dze|uk|chuk|ou|"
    r"aya|ez|sen|sson|dóttir|oğlu|oglu|akis|poulos|escu|eanu|wala|pour|zadeh)$"
)
_BEFORE_PLACE = frozenset("in near from at outside around across throughout inside via".split())
_SAYS = frozenset("said says told tells added stated wrote announced explained noted argued claimed".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands, with the title before it."""

    start: int
    end: int
    text: str
    kind: EntityKind
    title: str | None = None


def find_names(document: Document) -> list[Name]:
    """All names of the article in order, not overlapping."""
    parts = _candidates(document)
    evidence: dict[str, Counter[str]] = defaultdict(Counter)
    count: Counter[str] = Counter()
    for part in parts:
        form = folded(document.text[part.start : part.end])
        count[form] += 1
        evidence[form].update(_evidence(document, part, form))
    _share_surnames(parts, evidence, document)
    found = []
    for part in parts:
        form = folded(document.text[part.start : part.end])
        verdict = _verdict(form, evidence[form], count[form])
        if verdict != "none":
            found.append(Name(part.start, part.end, form, verdict, part.title))
    return found


def _candidates(document: Document) -> list[Part]:
    text = document.text
    words = words_of(text)
    breaks = frozenset(sentence.start_char for sentence in document.sentences)
    parts: list[Part] = []
    for run in runs(text, words, breaks):
        trimmed = _without_opening(document, run, run[0].start in breaks)
        if trimmed:
            parts.extend(part for part in names_in(text, trimmed) if part.words)
    return parts


def _without_opening(document: Document, run: Sequence[Word], opening: bool) -> list[Word]:
    """A run without words that only have a capital because they open a sentence, and without articles."""
    words = list(run)
    while words:
        word = words[0]
        lower = word.text.lower()
        if lower in ("the", "a", "an") and (len(words) > 1 or True):
            if folded(document.text[words[0].start : words[-1].end]) in known_names():
                break
        elif not (opening and _is_function_word(document, word)):
            break
        words = words[1:]
        while words and not words[0].capital and not words[0].text[0].isdigit():
            words = words[1:]
    return words


def _is_function_word(document: Document, word: Word) -> bool:
    """Whether a word is no part of a name by its part of speech."""
    span = document.doc.char_span(word.start, word.end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    token = span[0]
    if word.text in known_names() or word.text in given_names() or word.text in demonyms():
        return token.pos_ in ("DET", "PRON", "SCONJ", "CCONJ") and not token.ent_type_
    return token.is_stop or (token.pos_ not in ("PROPN", "ADJ", "NOUN") and not token.ent_type_)


def _evidence(document: Document, part: Part, form: str) -> dict[str, float]:
    """What speaks for each kind, of one mention."""
    score: Counter[str] = Counter()
    words = part.words
    known = known_names().get(form)
    if known is not None:
        score[known.kind] += _weight(known)
    if form in nothings() or form in demonyms():
        score["none"] += 8
    if any(word.text in read_words("thing_words") for word in words):
        score["none"] += 5
    last, first = head_words("last").get(words[-1].text), head_words("first").get(words[0].text)
    if len(words) > 1:
        if last:
            score[last[0]] += 5 if last[1] else 2.5
        if first and not (last and last[1]):
            score[first[0]] += 4 if first[1] else 1.5
        given = given_names().get(words[0].text)
        if given is not None and not (last and last[1]):
            score["person"] += 4 if given else 2
        if _SURNAME.search(words[-1].text):
            score["person"] += 1
    else:
        given = given_names().get(form)
        if given is not None:
            score["person"] += 1 if given else 0.3
        if last and known is None:
            score["none"] += 1
    if part.title:
        score["person"] += 5
    if len(words) == 1 and form.isupper() and len(form) > 1 and known is None:
        score["organisation"] += 1
    score.update(_label(document, part))
    score.update(_context(document, part))
    return score


def _weight(known: Known) -> float:
    if known.ambiguous:
        return 1.5
    return 4 if known.type == "city" else 7


def _label(document: Document, part: Part) -> dict[str, float]:
    """SpaCy's label of the words, in proportion to how much of them it covers."""
    span = document.doc.char_span(part.start, part.end, alignment_mode="expand")
    if span is None or not len(span):
        return {}
    labels = Counter(LABELS.get(token.ent_type_, "none") for token in span if token.ent_type_)
    score: dict[str, float] = {}
    for label, number in labels.items():
        score[label] = 2.2 * number / len(span)
    if not labels and span[0].pos_ != "PROPN":
        score["none"] = 1.0
    return score


def _context(document: Document, part: Part) -> dict[str, float]:
    """What the words around a candidate tell."""
    text = document.text
    before = text[max(0, part.start - 40) : part.start].split()
    after = text[part.end : part.end + 40]
    score: Counter[str] = Counter()
    if before and before[-1].lower() in _BEFORE_PLACE:
        score["place"] += 1
    if before and before[-1].lower() == "the":
        score["person"] -= 2
        score["organisation"] += 0.5
    if re.match(r",\s(?:aged\s)?\d{1,2},", after):
        score["person"] += 4
    if re.match(r",?\s+who\b", after):
        score["person"] += 1.5
    following = re.match(r"\s+(\w+)", after)
    if following and following[1] in _SAYS and len(part.words) > 1:
        score["person"] += 0.7
    return score


def _share_surnames(parts: list[Part], evidence: dict[str, Counter[str]], document: Document) -> None:
    """A word that ends a person's full name is that person's surname wherever else it stands alone."""
    surnames = set()
    for part in parts:
        form = folded(document.text[part.start : part.end])
        score = evidence[form]
        if len(part.words) > 1 and _best(score) == "person":
            surnames.add(part.words[-1].text)
    for form, score in evidence.items():
        if form in surnames and form not in nothings():
            known = known_names().get(form)
            score["person"] += 6 if known is None or known.ambiguous else 3


def _best(score: Counter[str]) -> Verdict:
    ranked = sorted(score.items(), key=lambda item: (-item[1], item[0]))
    return ranked[0][0] if ranked else "none"  # type: ignore[return-value]


def _verdict(form: str, score: Counter[str], count: int) -> Verdict:
    best = _best(score)
    if best == "none" or score[best] / count < ENOUGH and score[best] < 3:
        return "none"
    return best

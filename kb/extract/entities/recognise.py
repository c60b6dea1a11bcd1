"""Which capitalised words of an article are names, and of what kind.

Every candidate gathers evidence for each kind: from its own words (the lexicon, a head word, a given
name) and from where it stands (the title before it, spaCy's label, the words around it). What stands
around one form is averaged over the article, so what one sentence makes plain is known in all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.extract.datelines import dateline_places
from kb.extract.document import Document
from kb.extract.entities.acronyms import expanded, plain_acronyms, spelled_out
from kb.extract.entities.capitals import capital_lines, names_in_capitals
from kb.extract.entities.context import class_of, context_of, label_of
from kb.extract.entities.continued import continued
from kb.extract.entities.evidence import Score, evidence_of, verdict_of
from kb.extract.entities.parts import Part, names_in
from kb.extract.entities.sharing import share, share_brackets, share_heads, share_lists
from kb.extract.entities.vocabulary import is_common_word
from kb.extract.entities.word_lists import folded, head_of, head_words, nothings
from kb.extract.entities.words import Word, particles, runs, words_of
from kb.model.values import EntityKind
from kb.names.known import demonyms, is_given_name, is_surname, known_names

_AGE = re.compile(r"\w+-(?:year|month|week|day)s?-old", re.IGNORECASE)
_SPELLED_OUT = 20  # what the text itself says an acronym stands for outweighs what is known of it elsewhere
_WITH_ARTICLE = re.compile(r"[a-z,] (The(?: [A-Z][\w’'-]*){2,5})")
_OPENERS = '\n:“"—–([•'
_THING_BEHIND = re.compile(r"\$|\s(?:syndrome|disease|fever|flu|virus|variant|scale)\b")


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
    text = document.text
    words = words_of(text)
    breaks = frozenset(sentence.start_char for sentence in document.sentences)
    shouted = capital_lines(text)
    normal = [part for part in _candidates(document, words, breaks) if not _within(part.start, shouted)]
    parts = expanded(text, spelled_out(text, continued(text, normal, words), words, breaks), words)
    lower = frozenset(word.text for word in words if not word.capital)
    forms: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        forms[folded(text[part.start : part.end])].append(part)
    scores = {form: _score(document, form, found, lower) for form, found in forms.items()}
    for form in plain_acronyms(text) & scores.keys():
        scores[form]["none"] += _SPELLED_OUT
    share(forms, scores)
    share_brackets(text, parts, scores)
    share_lists(text, parts, forms, scores)
    share_heads(text, forms, scores)
    found = []
    for form, mentions in forms.items():
        verdict = verdict_of(scores[form])
        if verdict != "none":
            found += [Name(part.start, part.end, form, verdict, part.title) for part in mentions]
    particled = _particled(found)
    found = [_with_particle(text, name, particled) for name in found]
    found += _in_lower_case(text, words, found)
    kinds = {name.text: name.kind for name in found}
    found += [Name(*name) for name in names_in_capitals(text, words, shouted, kinds)]
    return sorted(_with_datelines(text, found), key=lambda name: name.start)


def _with_datelines(text: str, names: list[Name]) -> Iterator[Name]:
    """The names, those of datelines as places whatever their capitals: "KYIV, Sept 10 (Reuters) -"."""
    places = dateline_places(text)
    for name in names:
        if not any(name.start < end and start < name.end for start, end in places):
            yield name
    for start, end in places:
        written = folded(text[start:end])
        usual = written.title()
        known = usual in known_names() or re.search(rf"\b{re.escape(usual)}\b", text) is not None
        yield Name(start, end, usual if written.isupper() and known else written, "place")


def _candidates(document: Document, words: list[Word], breaks: frozenset[int]) -> Iterator[Part]:
    text = document.text
    found = [run for whole in runs(text, words, breaks) for run in _without_pronouns(document, whole)]
    inside = {word.text for run in found for word in (run if not _opens(text, run[0], breaks) else run[1:])}
    position = {word.start: index for index, word in enumerate(words)}
    papers = frozenset(match[1] for match in _WITH_ARTICLE.finditer(text))
    for run in found:
        trimmed = _without_opening(document, run, inside, papers, opening=_opens(text, run[0], breaks))
        for part in names_in(text, trimmed) if trimmed else ():
            if not _THING_BEHIND.match(text, part.end):
                yield _extended(text, part, words, position[part.words[-1].start] + 1)


def _without_pronouns(document: Document, run: list[Word]) -> Iterator[list[Word]]:
    """A run cut at every `I` that is a pronoun: `Today I`; `Elizabeth I` stays."""
    piece: list[Word] = []
    for word in run:
        if word.text[0] == "I" and _is_pronoun(document, word):
            if piece:
                yield piece
            piece = []
        else:
            piece.append(word)
    if piece:
        yield piece


def _is_pronoun(document: Document, word: Word) -> bool:
    if word.text != "I" and word.text[1] not in "'’":
        return False
    span = document.doc.char_span(word.start, word.end, alignment_mode="expand")
    return bool(span) and span[0].pos_ == "PRON"


def _within(start: int, stretches: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(stretches, start, key=lambda stretch: stretch[0]) - 1
    return at >= 0 and start < stretches[at][1]


def _opens(text: str, word: Word, breaks: frozenset[int]) -> bool:
    """Whether a word opens a sentence, a line, a quotation or a bracket."""
    return word.start in breaks or text[max(0, word.start - 9) : word.start].rstrip(" ")[-1:] in _OPENERS


def _without_opening(
    document: Document, run: Sequence[Word], inside: set[str], papers: frozenset[str], *, opening: bool
) -> list[Word]:
    """A run without articles, and without words that have a capital only because they open a sentence.

    `inside` holds the words that the article writes with a capital within a sentence, too, `papers` the
    names that it writes there with "The".
    """
    words = list(run)
    while words:
        known = known_names().get(folded(document.text[words[0].start : words[-1].end]))
        article = words[0].text.lower() in ("the", "a", "an")
        if article and known and known.type in ("media", "city") and not _before_noun(document, words[-1]):
            break
        if article and _is_paper(document.text, words, papers, opening=opening):
            break
        if not article and not (opening and _is_no_name(document, words, inside)):
            break
        words = words[1:]
        while words and not (words[0].capital or words[0].number):
            words = words[1:]
    return words


def _is_paper(text: str, words: Sequence[Word], papers: frozenset[str], *, opening: bool) -> bool:
    """Whether the article belongs to a paper's name: it has its capital within a sentence, too."""
    if len(words) < 3 or words[0].text != "The" or words[-1].bare not in head_words("press"):
        return False
    return not opening or text[words[0].start : words[-1].end] in papers


def _before_noun(document: Document, word: Word) -> bool:
    """Whether a word describes the noun behind it: `The Australian government`."""
    span = document.doc.char_span(word.start, word.end, alignment_mode="expand")
    return bool(span) and (span[-1].pos_ == "ADJ" or span[-1].dep_ in ("amod", "compound"))


def _is_no_name(document: Document, words: Sequence[Word], inside: set[str]) -> bool:
    """Whether the first word of a sentence is no part of a name."""
    word = words[0]
    span = document.doc.char_span(word.start, word.end, alignment_mode="expand")
    if not span:
        return False
    token = span[0]
    if token.pos_ in ("DET", "PRON", "SCONJ", "CCONJ", "ADP", "AUX", "PART") or token.is_stop:
        return not word.text.isupper() or len(word.text) == 1
    if word.text in known_names() or word.text in demonyms() or is_given_name(word.text) is not None:
        return False
    if word.text in inside:
        return False
    if len(words) > 1 and (word.text.lower() in head_words("opener") or _AGE.fullmatch(word.text)):
        return True
    if token.pos_ in ("ADV", "VERB", "INTJ") or (token.pos_ == "NOUN" and len(words) == 1):
        return not token.ent_type_ or is_common_word(word.text)
    return False


def _extended(text: str, part: Part, words: Sequence[Word], after: int) -> Part:
    """A name with the lower-case head behind it: `Ural region`, `Costa Sur power plant`."""
    form = folded(text[part.start : part.end])
    known = known_names().get(form)
    if part.title or part.words[-1].possessive or part.words[-1].text in demonyms() or form in nothings():
        return part
    common = len(part.words) == 1 and known is None and is_common_word(form)
    for size in (2, 3) if common else (1, 2, 3):
        tail = words[after : after + size]
        if len(tail) < size or text[part.end : tail[-1].end] != " " + " ".join(word.text for word in tail):
            break
        head = head_words("after").get(tail[-1].text) or (
            head_words("after_matter").get(tail[-1].text) if size > 1 else None
        )
        if head and (size == 1 or tail[0].text in head_words("matter")):
            behind = words[after + size : after + size + 1]
            if behind and behind[0].text in ("nation", "nations", "state", "states", "country", "countries"):
                break  # `Pacific island nations`
            if known and (not head[1] or known.kind != head[0] or known.type == "country"):
                break
            return Part((*part.words, *tail))
    return part


def _score(document: Document, form: str, parts: Sequence[Part], lower: frozenset[str]) -> Score:
    """What speaks for each kind, of all mentions of one form; `lower` holds the text's lower-case words."""
    score = evidence_of(form, parts[0].words)
    weight = 1 / len(parts)
    told: dict[str, float] = {}
    for part in parts:
        for source in (label_of(document, part), context_of(document, part)):
            for kind, value in source.items():
                score[kind] += value * weight
        for kind, value in class_of(document, part).items():
            told[kind] = max(value, told.get(kind, 0))
    for kind, value in told.items():
        score[kind] += value
    titled = sum(part.title is not None for part in parts)
    if titled:
        score["person"] += 0.5 if _is_no_persons(parts[0].words) else 3 + 2 * titled * weight
    if len(parts[0].words) == 1 and form.istitle() and form.lower() in lower:
        score["none"] += 1.5
    return score


def _is_no_persons(words: Sequence[Word]) -> bool:
    """Whether no words behind a title are a person's: `Chief Technological`, `General Ito Memorial Base`."""
    head = head_of(words)
    if head is not None and head[1] and len(words) > 2 and not is_surname(words[-1].bare):
        return True
    return all(
        is_common_word(word.text) and not is_surname(word.text) and is_given_name(word.text) is None
        for word in words
    )


def _particled(names: Sequence[Name]) -> dict[str, str]:
    """Surnames with a small word before them, by the surname alone: `Blasio` of `Bill de Blasio` -> `de`."""
    found = {}
    for name in names:
        if name.kind == "person" and len(words := name.text.split()) > 2 and words[-2] in particles():
            found[words[-1]] = words[-2]
    return found


def _with_particle(text: str, name: Name, particled: Mapping[str, str]) -> Name:
    """A bare surname with the small word that stands before it, as in the full name."""
    particle = particled.get(name.text)
    if particle is None:
        return name
    start = name.start - len(particle) - 1
    if start < 0 or text[start : name.start].lower() != f"{particle} " or text[start - 1 : start].isalpha():
        return name
    return Name(start, name.end, folded(text[start : name.end]), "person", name.title)


def _in_lower_case(text: str, words: Sequence[Word], names: Sequence[Name]) -> Iterator[Name]:
    """Mentions of the article's names of several words without their capitals: `the emergencies ministry`."""
    kinds = {
        name.text.lower(): name.kind
        for name in names
        if name.kind != "person" and " " in name.text and name.text.split()[-1] in head_words("last")
    }
    sizes = sorted({form.count(" ") + 1 for form in kinds}, reverse=True)
    ends = iter(sorted((name.start, name.end) for name in names))
    current = next(ends, None)
    free: list[Word] = []
    for word in words:
        while current and word.start >= current[1]:
            current = next(ends, None)
        if current and word.start >= current[0]:
            free = []
            continue
        free.append(word)
        for size in sizes if len(free) > 1 else ():
            form = folded(text[free[-size].start : word.end]) if size <= len(free) else ""
            if form.lower() in kinds:
                yield Name(free[-size].start, word.end, form, kinds[form.lower()])
                free = []
                break

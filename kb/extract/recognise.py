"""Which capitalised words of an article are names, and of what kind.

Every candidate gathers evidence for each kind: from its own words (the lexicon, a head word, a given
name) and from where it stands (the title before it, spaCy's label, the words around it). What stands
around one form is averaged over the article, so what one sentence makes plain is known in all.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.extract.document import Document
from kb.extract.name_context import context_of, label_of
from kb.extract.name_parts import Part, folded, head_of, head_words, names_in, nothings, thing_words
from kb.extract.name_words import Word, runs, words_of
from kb.extract.vocabulary import is_common_word
from kb.model.values import EntityKind
from kb.names.known import Known, demonyms, is_given_name, known_names, known_surnames

Verdict = Literal["person", "organisation", "place", "none"]
Score = Counter[str]
ENOUGH = 1.2  # evidence that makes a name
_SURNAME = re.compile(
    r"(?:[oe]v|[oe]va|enko|sk[iy]|skyy|skij|skaya|ska|vich|vych|wicz|ić|ic|yan|ian|shvili|dze|chuk|"
    r"aya|ez|sen|sson|dóttir|oğlu|oglu|akis|poulos|escu|eanu|zadeh)$"
)
_THING_BEHIND = re.compile(r"\$|\s(?:syndrome|disease|fever|flu|virus|variant|scale)\b")
_BRACKET = re.compile(r"(?:['’]s)?\s*\((?:the\s)?[\"“]?")
_CODE = re.compile(r"[A-Z]{1,2}-?\d+[A-Za-z]?")
_COMPOUND = re.compile(
    r"(?:non|intra|inter|anti|pro|post|pre|ex|mid|trans|sub|un|co|neo)-\w+|[\w.]+-[a-z]+", re.IGNORECASE
)


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
    forms: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        forms[folded(document.text[part.start : part.end])].append(part)
    scores = {form: _score(document, form, found) for form, found in forms.items()}
    _share(forms, scores)
    _share_brackets(document.text, parts, scores)
    found = []
    for form, mentions in forms.items():
        verdict = _verdict(scores[form])
        if verdict != "none":
            found += [Name(part.start, part.end, form, verdict, part.title) for part in mentions]
    found += _in_lower_case(document.text, found)
    return sorted(found, key=lambda name: name.start)


def _candidates(document: Document) -> list[Part]:
    text = document.text
    words = words_of(text)
    breaks = frozenset(sentence.start_char for sentence in document.sentences)
    parts: list[Part] = []
    position = {word.start: index for index, word in enumerate(words)}
    for run in runs(text, words, breaks):
        trimmed = _without_opening(document, run, breaks)
        for part in names_in(text, trimmed) if trimmed else ():
            if part.words and not _THING_BEHIND.match(text, part.end):
                parts.append(_extended(text, part, words, position[part.words[-1].start] + 1))
    return parts


def _without_opening(document: Document, run: Sequence[Word], breaks: frozenset[int]) -> list[Word]:
    """A run without articles, and without words that have a capital only because they open a sentence."""
    words = list(run)
    opening = words[0].start in breaks or document.text[: words[0].start].rstrip(" ")[-1:] in '\n:“"—–([•'
    while words:
        whole = folded(document.text[words[0].start : words[-1].end])
        article = words[0].text.lower() in ("the", "a", "an")
        if article and whole in known_names() and not _before_noun(document, words[-1]):
            break
        if not article and not (opening and _is_no_name(document, words)):
            break
        words = words[1:]
        while words and not (words[0].capital or words[0].number):
            words = words[1:]
    return words


def _before_noun(document: Document, word: Word) -> bool:
    """Whether a word describes the noun behind it: `The Australian government`."""
    span = document.doc.char_span(word.start, word.end, alignment_mode="expand")
    return (
        span is not None
        and len(span) > 0
        and (span[-1].pos_ == "ADJ" or span[-1].dep_ in ("amod", "compound"))
    )


def _is_no_name(document: Document, words: Sequence[Word]) -> bool:
    """Whether the first word of a sentence is no part of a name."""
    word = words[0]
    span = document.doc.char_span(word.start, word.end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    token = span[0]
    if token.pos_ in ("DET", "PRON", "SCONJ", "CCONJ", "ADP", "AUX", "PART") or token.is_stop:
        return not word.text.isupper() or len(word.text) == 1
    if word.text in known_names() or word.text in demonyms() or is_given_name(word.text) is not None:
        return False
    if token.pos_ in ("ADV", "VERB", "INTJ") or (token.pos_ == "NOUN" and len(words) == 1):
        return not token.ent_type_ or is_common_word(word.text)
    return False


def _extended(text: str, part: Part, words: Sequence[Word], after: int) -> Part:
    """A name with the lower-case head behind it: `Ural region`, `Costa Sur power plant`."""
    if part.title or part.words[-1].possessive or part.words[-1].text in demonyms():
        return part
    heads = head_words("after")
    form = folded(text[part.start : part.end])
    for size in (1, 2, 3):
        tail = words[after : after + size]
        if len(tail) < size or text[part.end : tail[-1].end] != " " + " ".join(word.text for word in tail):
            break
        head = heads.get(tail[-1].text)
        if size == 1 and len(part.words) == 1 and is_common_word(form) and form not in known_names():
            break
        if head and (size == 1 or tail[0].text in ("power", "nuclear", "coal")):
            known = known_names().get(form)
            if form in nothings() or (
                known and (not head[1] or known.kind != "place" or known.type == "country")
            ):
                break
            return Part((*part.words, *tail))
    return part


def _score(document: Document, form: str, parts: Sequence[Part]) -> Score:
    """What speaks for each kind, of all mentions of one form."""
    score = _of_form(form, parts[0].words)
    weight = 1 / len(parts)
    for part in parts:
        for source in (label_of(document, part), context_of(document, part)):
            for kind, value in source.items():
                score[kind] += value * weight
    titled = sum(part.title is not None for part in parts)
    if titled:
        score["person"] += 3 + 2 * titled * weight
    if (
        len(parts[0].words) == 1
        and re.search(rf"\b{re.escape(form.lower())}\b", document.text)
        and form.istitle()
    ):
        score["none"] += 1.5
    return score


def _of_form(form: str, words: Sequence[Word]) -> Score:
    """What a form's own words tell."""
    score: Score = Counter()
    known = known_names().get(form)
    if known is not None:
        score[known.kind] += _weight(known)
    elif form in nothings() or form in demonyms():
        score["none"] += 8
    if known is None and (
        _CODE.fullmatch(form) or _is_compound(form) or all(len(word.bare) == 1 for word in words)
    ):
        score["none"] += 6
    if known is None and all(word.text in nothings() or word.text in demonyms() for word in words):
        score["none"] += 8
    if len(words) > 1:
        head = head_of(words)
        if known is None and _is_thing(words, head):
            score["none"] += 5
        if not words[-1].capital and words[-1].text in head_words("after"):
            score["place"] += 5
        for size in range(len(words) - 1, 0, -1):
            owner = known_names().get(" ".join(word.text for word in words[:size]))
            if owner is not None and owner.type in ("media", "company", "charity") and not (head and head[1]):
                score["organisation"] += 4
                break
        if head:
            score[head[0]] += 5 if head[1] else 2
        score["person"] += _like_a_person(words) if not (head and head[1]) else 0
        if not head and all(is_common_word(word.text) for word in words):
            score["organisation"] += 1.5
    else:
        given = is_given_name(form)
        score["person"] += {True: 1.0, False: 0.3, None: 0.0}[given]
        if known is None and form in known_surnames():
            score["person"] += 2
        if known is None and (form in head_words("last") or (is_common_word(form) and given is not True)):
            score["none"] += 2.5 if form in head_words("last") else 2.3
        if form.isupper() and len(form) > 1 and known is None:
            score["organisation"] += 1
    return score


def _is_thing(words: Sequence[Word], head: tuple[EntityKind, bool] | None) -> bool:
    """Whether the words name an event, a document or the like: `Hurricane Maria`, `Treaty of Rome`."""
    things = thing_words()
    core = [word for word in words if word.capital]
    for index, word in enumerate(words):
        if index and word.text in ("of", "for", "on"):
            core = [w for w in words[:index] if w.capital]
            break
    return core[-1].bare in things or (head is None and any(word.bare in things for word in core))


def _weight(known: Known) -> float:
    if known.ambiguous:
        return 1.5
    return 3 if known.type == "city" else 7


def _is_compound(form: str) -> bool:
    """Whether a word joins a name with something else: `US-led`, `Europe-Ukraine`, `non-Latino`."""
    if " " in form or "-" not in form:
        return False
    halves = form.split("-")
    names = known_names()
    both = all(half in names or half in demonyms() for half in halves)
    return both or (_COMPOUND.fullmatch(form) is not None and halves[-1] != "" and form not in names)


def _like_a_person(words: Sequence[Word]) -> float:
    """How much two or more words look like a given name and a surname."""
    given = is_given_name(words[0].bare)
    score = {True: 4.0, False: 1.5, None: 0.0}[given]
    if len(words[0].bare) <= 2 and words[0].text.endswith("."):
        score += 2.5
    if _SURNAME.search(words[-1].text):
        score += 1.5
    if len(words[0].bare) > 1 and words[0].bare.isupper() and not words[-1].bare.isupper():
        score -= 3
    if given is None and all(is_common_word(word.text) for word in words):
        score -= 2
    return score


def _share(forms: dict[str, list[Part]], scores: dict[str, Score]) -> None:
    """What one form tells of another: a person's surname, a thing's name, the short form of a place."""
    verdicts = {form: _verdict(score) for form, score in scores.items()}
    surnames, given, things, firsts = set(), set(), set(), Counter[str]()
    for form, found in forms.items():
        words = found[0].words
        if len(words) < 2:
            continue
        if verdicts[form] == "person":
            surnames.add(words[-1].text)
            given.add(words[0].text)
            if not words[-2].capital:
                surnames.add(" ".join(word.text for word in words[1:]))
        elif verdicts[form] == "none" and any(word.text in thing_words() for word in words[:-1]):
            things.add(words[-1].text)
        elif verdicts[form] == "place" and form not in known_names():
            firsts[words[0].text] += 1
    for form, score in scores.items():
        words = forms[form][0].words
        known = known_names().get(form)
        if (
            form in surnames
            and form not in nothings()
            and (known is None or known.type in ("city", "media", "company"))
        ):
            score["person"] += 5
        elif form in given and is_given_name(form) is not None:
            score["person"] += 3
        elif words[-1].text in things and verdicts[form] != "place":
            score["none"] += 6
        elif (
            len(words) > 1
            and firsts[words[0].text]
            and words[0].text not in surnames
            and is_given_name(words[0].text) is None
        ):
            score["place"] += 2
        for kind in _longer(form, verdicts):
            score[kind] += 2


def _share_brackets(text: str, parts: Sequence[Part], scores: dict[str, Score]) -> None:
    """A short name in brackets behind a full one is of its kind: `Institute of ... (Phivolcs)`."""
    for full, short in zip(parts, parts[1:]):
        if _BRACKET.fullmatch(text[full.end : short.start]) and text[short.end : short.end + 1] in (
            ")",
            '"',
            "”",
        ):
            kind = _verdict(scores[folded(text[full.start : full.end])])
            if kind != "none" and len(short.words) == 1:
                scores[folded(text[short.start : short.end])][kind] += 4


def _longer(form: str, verdicts: dict[str, Verdict]) -> Iterable[Verdict]:
    """The kinds of the headed names that begin with this one: `Leulumoega` of `Leulumoega District Hospital`."""
    if " " not in form or is_given_name(form.split()[0]):
        return ()
    return {
        kind
        for other, kind in verdicts.items()
        if other.startswith(form + " ")
        and kind in ("place", "organisation")
        and other.split()[-1] in head_words("last")
    }


def _verdict(score: Score) -> Verdict:
    ranked = sorted(score.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < ENOUGH:
        return "none"
    return ranked[0][0]  # type: ignore[return-value]


def _in_lower_case(text: str, names: Sequence[Name]) -> list[Name]:
    """Mentions of the article's names of several words without their capitals: `the emergencies ministry`."""
    taken = [(name.start, name.end) for name in names]
    found = []
    for form, kind in dict.fromkeys((name.text, name.kind) for name in names):
        if kind == "person" or " " not in form or form.split()[-1] not in head_words("last"):
            continue
        for match in re.finditer(rf"\b{re.escape(form)}\b", text, re.IGNORECASE):
            clash = [span for span in taken if span[0] < match.end() and match.start() < span[1]]
            if not clash:
                found.append(Name(match.start(), match.end(), folded(match.group()), kind))
                taken.append(match.span())
    return found

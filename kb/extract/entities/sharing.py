"""What one name of an article tells of another: of its kind, or that it is none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from anyascii import anyascii

from kb.extract.entities.evidence import Score, Verdict, verdict_of
from kb.extract.entities.parts import Part
from kb.extract.entities.vocabulary import is_common_word
from kb.extract.entities.word_lists import (
    SAINTS,
    before_of,
    folded,
    head_words,
    is_national,
    nothings,
    thing_words,
)
from kb.extract.entities.words import Word, particles
from kb.names.known import is_given_name, is_surname, known_names, known_surnames

SHORT = 4  # letters of a surname that is told only by all of them
_SURE = 5  # evidence that a neighbour can be told by
_LISTED = re.compile(r",\s(?:and\s|or\s)?|\s(?:and|or)\s")
_BRACKET = re.compile(r"(?:['’]s)?\s*\((?:the\s)?[\"“]?")


def share(forms: dict[str, list[Part]], scores: dict[str, Score]) -> None:
    """What one form tells of another: a person's surname, a thing's name, the short form of a place."""
    verdicts = {form: verdict_of(score) for form, score in scores.items()}
    surnames, given, things, firsts = _parts_of_names(forms, verdicts)
    tails, stems = _tails(verdicts), _stems(surnames)
    begun = {other.split()[0] for other, kind in verdicts.items() if kind == "organisation" and " " in other}
    branded = {
        form.split()[0] for form, kind in verdicts.items() if kind == "organisation" and _is_firm(form)
    }
    called: list[str] = []
    for form, score in scores.items():
        words = forms[form][0].words
        known = known_names().get(form)
        plain = anyascii(form)
        surname = surnames.get(plain, surnames.get(plain[:1].lower() + plain[1:]))
        if surname is None and known is None and plain[:-1] in stems:
            surname = True
        if surname is not None and form not in nothings() and (known is None or known.type != "country"):
            score["person"] += (8 if known is not None and known.type == "region" else 5) if surname else 2.5
            if surname and known and known.type in ("company", "media", "region") and form not in begun:
                score["person"] += 4  # `Lara West ... West`
        elif form in branded and verdicts[form] in ("person", "none") and _is_strange(form):
            score["organisation"] += 4
        elif form in given and (is_given_name(form) is not None or is_surname(form)):
            score["person"] += 3
        elif form in given and _is_strange(form):
            score["person"] += 1.5
        elif words[-1].text in things and verdicts[form] != "place":
            score["none"] += 6
        elif _called_by_surname(form, words, forms, verdicts):
            score["person"] += 2.5
            called.append(form)
        elif len(words) > 1 and words[0].text in firsts and is_given_name(words[0].text) is None:
            score["place"] += 2
        for kind in _longer(form, verdicts):
            score[kind] += 4 if words[0].text in SAINTS else 2
        if "-" in form and all(half in surnames for half in anyascii(form).split("-")):
            score["none"] += 8  # a pair of people
        if form in tails:
            score["organisation"] += 12
    for form in called:  # who is a person by being called by the surname makes it one
        if verdict_of(scores[form]) == "person":
            scores[forms[form][0].words[-1].text]["person"] += 2.5


def _is_firm(form: str) -> bool:
    """Whether a name is a brand and what firm it is, so that the brand alone is the firm: `Saha Airlines`."""
    brand, *rest = form.split()
    return (
        bool(rest)
        and brand not in known_names()
        and all(w.rstrip(".,") in head_words("of_firm") for w in rest)
    )


def _is_strange(form: str) -> bool:
    """Whether a single word is no known name of anybody or anything."""
    if " " in form or form in known_names() or form in known_surnames() or is_common_word(form):
        return False
    return is_given_name(form) is None


def _tails(verdicts: dict[str, Verdict]) -> set[str]:
    """What names of countries' bodies are without the country: `Navy` of `US Navy`."""
    fronts = ((form.split(), kind) for form, kind in verdicts.items())
    return {
        " ".join(words[size:])
        for words, kind in fronts
        if kind == "organisation"
        for size in range(1, min(3, len(words) - 1) + 1)
        if is_national(words[:size]) and words[-1] in head_words("last")
    } - {"Government"}


def _called_by_surname(
    form: str, words: Sequence[Word], forms: dict[str, list[Part]], verdicts: dict[str, Verdict]
) -> bool:
    """Whether the last word of an unknown name stands alone, too: bodies are cut short at their end."""
    last = words[-1].text
    return (
        2 <= len(words) <= 3
        and all(word.capital for word in words)
        and last in forms
        and verdicts[form] == "organisation"
        and form not in known_names()
        and last not in known_names()
        and last not in head_words("last")
        and not is_common_word(last)
    )


def _parts_of_names(
    forms: dict[str, list[Part]], verdicts: dict[str, Verdict]
) -> tuple[dict[str, bool], set[str], set[str], set[str]]:
    """What full names are made of: surnames without diacritics (surely ones or not), given names; names of
    things; first words of places.
    """
    surnames: dict[str, bool] = {}
    given, things, firsts = set(), set(), set()
    for form, found in forms.items():
        words = found[0].words
        if len(words) < 2:
            continue
        if verdicts[form] == "person" and not _ends_in_place(words):
            for word in words[1:-1]:
                surnames.setdefault(anyascii(word.text), False)
            surnames[anyascii(words[-1].text)] = True
            given.add(words[0].text)
            if words[-2].text.lower() in particles():  # `La Riva` of `Gloria La Riva`
                surnames[anyascii(" ".join(word.text for word in words[1:]))] = True
        elif verdicts[form] == "none" and (
            any(word.text in thing_words() for word in words[:-1]) or _is_product(words)
        ):
            things.add(words[-1].text)
        elif verdicts[form] == "place" and form not in known_names():
            firsts.add(words[0].text)
    return surnames, given, things, firsts - surnames.keys()


def _ends_in_place(words: Sequence[Word]) -> bool:
    """Whether a known place ends what is taken for a person, with no given name before it."""
    known = known_names().get(words[-1].text)
    return known is not None and known.kind == "place" and is_given_name(words[0].text) is None


def _stems(surnames: Mapping[str, bool]) -> frozenset[str]:
    """Sure surnames without their last letter: by it `Saree` is known for `Sarea`."""
    return frozenset(surname[:-1] for surname, sure in surnames.items() if sure and len(surname) > SHORT)


def _is_product(words: Sequence[Word]) -> bool:
    """Whether a thing's name begins with its maker: `SpaceX Crew Dragon`."""
    maker = known_names().get(words[0].text)
    return maker is not None and maker.type == "company" and len(words) > 2


def _longer(form: str, verdicts: dict[str, Verdict]) -> set[Verdict]:
    """The kinds of the headed names that begin with this one: `Apo Lantao` of `Apo Lantao Hospital`."""
    if " " not in form or is_given_name(form.split()[0]):
        return set()
    return {
        kind
        for other, kind in verdicts.items()
        if other.startswith(form + " ")
        and kind in ("place", "organisation")
        and other.split()[-1] in head_words("last")
    }


def share_brackets(text: str, parts: Sequence[Part], scores: dict[str, Score]) -> None:
    """A short name in brackets behind a full one is of its kind: `Institute of ... (Phivolcs)`."""
    for full, short in pairwise(parts):
        closed = text[short.end : short.end + 1] in (")", '"', "”")
        if closed and len(short.words) == 1 and _BRACKET.fullmatch(text[full.end : short.start]):
            kind = verdict_of(scores[folded(text[full.start : full.end])])
            form = folded(text[short.start : short.end])
            if kind != "none":
                scores[form][kind] += 4


def _is_strange_pair(part: Part) -> bool:
    """Whether two words are no given name and surname that anybody bears: `Tin Hau`."""
    strange = all(is_given_name(word.text) is None and not is_surname(word.text) for word in part.words)
    return len(part.words) == 2 and part.title is None and strange


def _is_sure_body(score: Score) -> bool:
    return verdict_of(score) == "organisation" and score["organisation"] >= _SURE


def share_lists(
    text: str, parts: Sequence[Part], forms: dict[str, list[Part]], scores: dict[str, Score]
) -> None:
    """A single strange word in a list is of the kind of its known neighbour: `Brno, Zelenka and Prague`.

    Beside a sure body it is one, too, where no more than a label is for another kind.
    """
    for pair in pairwise(parts):
        if not _LISTED.fullmatch(text[pair[0].end : pair[1].start]):
            continue
        for known, strange in (pair, pair[::-1]):
            names = [folded(text[part.start : part.end]) for part in (known, strange)]
            is_known = names[0] in known_names() and names[1] not in known_names()
            if is_known and len(strange.words) == 1 and verdict_of(scores[names[0]]) == "place":
                scores[names[1]]["place"] += 1.5 / len(forms[names[1]])
            elif is_known and _is_strange_pair(strange) and verdict_of(scores[names[0]]) == "place":
                scores[names[1]]["place"] += 2.5 / len(forms[names[1]])
            elif verdict_of(scores[names[1]]) == "place":
                continue
            elif _is_strange(names[1]) and len(strange.words) == 1 and _is_sure_body(scores[names[0]]):
                scores[names[1]]["organisation"] += 1.5 / len(forms[names[1]])


def share_heads(text: str, forms: Mapping[str, Sequence[Part]], scores: dict[str, Score]) -> None:
    """`The Commission` is a body where the text names in full one that its word ends: `Trade Commission`."""
    full: dict[str, set[str]] = defaultdict(set)
    for form, parts in forms.items():
        head = before_of(parts[0].words)[-1].text
        told = head != "House" or " of " in form  # `White House`
        if (
            " " in form
            and told
            and head in head_words("short")
            and verdict_of(scores[form]) == "organisation"
        ):
            full[head].add(form)
    for head in full.keys() & forms.keys():
        longest = max(full[head], key=len)
        alone = all(text[max(0, part.start - 4) : part.start].lower() == "the " for part in forms[head])
        if alone and all(form in longest for form in full[head]):
            scores[head]["organisation"] += 12

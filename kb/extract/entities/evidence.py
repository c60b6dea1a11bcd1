"""What speaks for a form being a person, an organisation, a place or no name, from its own words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Literal

from kb.extract.entities.parts import is_compound_adjective
from kb.extract.entities.vocabulary import is_common_word
from kb.extract.entities.word_lists import (
    CODE,
    Head,
    before_of,
    head_of,
    head_words,
    is_title,
    nothings,
    thing_words,
    titles,
)
from kb.extract.entities.words import Word
from kb.lexicon import read_table
from kb.names.known import Known, demonyms, is_given_name, is_surname, known_names, known_surnames

Verdict = Literal["person", "organisation", "place", "none"]
Score = defaultdict[str, float]  # verdict -> weight of the evidence for it
_NUMBERING = frozenset({"No", "Nos", "Number", "Nr"})
_MODEL = re.compile(r"(?=\w*\d)[A-Za-z][\w-]*\d[\w-]*|\d+-\d{3}\w*")  # `B-17`, `737-800`
_ACRONYM = 6  # letters
ENOUGH = 1.2  # evidence that makes a name
_SURNAME = re.compile(
    r"(?:[oe]v|[oe]va|enko|sk[iy]|skyy|skij|skaya|ska|vich|vych|wicz|ić|ic|yan|ian|shvili|dze|chuk|"
    r"aya|ez|sen|sson|dóttir|oğlu|oglu|akis|poulos|escu|eanu|zadeh)$"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_DOMAIN = re.compile(r"[\w-]+(?:\.[a-z]{2,})+")
_PREFIXED = re.compile(r"(?:non|intra|inter|anti|pro|post|pre|ex|mid|trans|sub|un|co|neo)-\w+", re.IGNORECASE)


def verdict_of(score: Score) -> Verdict:
    """The kind that the evidence is for; `none` where it is for no name or for nothing enough."""
    ranked = sorted(score.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < ENOUGH:
        return "none"
    return ranked[0][0]  # type: ignore[return-value]


def evidence_of(form: str, words: Sequence[Word]) -> Score:
    """What a form's own words tell of its kind."""
    score: Score = defaultdict(float)
    known = known_names().get(form)
    if known is not None:
        score[known.kind] += _weight(known)
    elif _names_nothing(form, words):
        score["none"] += 8
    if len(words) > 1:
        _of_several(words, known, score)
    else:
        _of_one(form, known, score)
    return score


def _names_nothing(form: str, words: Sequence[Word]) -> bool:
    """Whether the words are listed as no name, or are a code, a compound adjective or mere initials."""
    if form in nothings() or (" " in form and form in demonyms()) or CODE.fullmatch(form):
        return True
    if all(len(word.bare) == 1 for word in words):
        return True
    if all(word.text in nothings() or word.text in demonyms() or word.text in titles() for word in words):
        if len(words) > 1 and words[-1].text in head_words("last") and not is_title(words[-1]):
            return False  # `National Police`
        return len(words) > 1 or words[0].text not in known_surnames()
    if _PREFIXED.fullmatch(words[0].text):
        return head_of(words) is None or words[0].text.lower().startswith(
            "non-"
        )  # but `Anti-Fraud Commission`
    if " " in form or "-" not in form:
        return False
    both = all(half in known_names() or half in demonyms() for half in form.split("-"))
    return both or is_compound_adjective(form)


def _of_several(words: Sequence[Word], known: Known | None, score: Score) -> None:
    head = head_of(words)
    thing = known is None and _is_thing(words, head)
    if thing:
        score["none"] += 5
        if before_of(words)[-1].bare not in head_words("last"):
            head = None  # `Radio Control Law`
    if head and known is not None and known.kind != head[0] and known.type == "sport":
        head = None  # `Manchester City` is a club
    if head:
        score[head[0]] += 5 if head[1] else 2 if is_given_name(words[0].bare) else 2.6
    if len(words) == 2 and words[-1].number and (numbered := head_words("numbered").get(words[0].text)):
        score[numbered[0]] += 4  # `Area 9`
    if words[-1].number and words[-2].text in _codes():
        score["none"] += 8  # `CZK 48`
    elif words[-1].number and words[-2].text.isupper():
        score["organisation"] += 2.5  # a station and its channel
    behind = head_words("after").get(words[-1].text) or head_words("after_matter").get(words[-1].text)
    if behind and not words[-1].capital:
        score[behind[0]] += 5
    if not (head and head[1]):
        score["person"] += _like_a_person(words)
    if not head and all(is_common_word(word.text) for word in words):
        shouted = all(word.text.isupper() for word in words)
        score["none" if shouted else "organisation"] += 3 if shouted else 1.5
    for size in range(1, len(words)):
        front = known_names().get(" ".join(word.text for word in words[:size]))
        back = known_names().get(" ".join(word.text for word in words[size:]))
        bodies = ("media", "company", "charity")
        if front and front.type in bodies and not (head and head[1]) and not thing:
            score["organisation"] += 4  # `CNN Philippines`
        if front and front.type == "country" and back:
            score[back.kind] += 6  # `United States House of Representatives`


@cache
def _codes() -> frozenset[str]:
    """The codes and signs of currencies."""
    cells = (f"{row['code']}|{row['symbols']}" for row in read_table("currencies"))
    return frozenset(sign for cell in cells for sign in cell.split("|") if sign)


def _of_one(form: str, known: Known | None, score: Score) -> None:
    given = is_given_name(form)
    score["person"] += {True: 1.0, False: 0.3, None: 0.0}[given]
    if known is not None:
        return
    if form in known_surnames():
        score["person"] += 2
    if form.isupper() and form in _codes():
        score["none"] += 8  # `CZK`
    if form in head_words("last") or (is_common_word(form) and given is not True):
        score["none"] += 2.5
    if form.isupper() and len(form) > 1:
        score["organisation"] += 1
        if form.isalpha() and len(form) <= _ACRONYM and given is not True:
            score["person"] -= 2  # nobody is called so: `LSEG`
    if _DOMAIN.fullmatch(form):
        score["organisation"] += 5  # a site is named for who runs it


def _weight(known: Known) -> float:
    if known.ambiguous:
        return 1.5
    return 3 if known.type == "city" else 7


def _is_thing(words: Sequence[Word], head: Head | None) -> bool:
    """Whether the words name an event, a document or the like: `Hurricane Maria`, `Treaty of Rome`."""
    core = [word for word in before_of(words) if word.capital]
    if not core:
        return False
    if {core[-1].bare, core[-1].bare.removesuffix("s")} & thing_words() or (
        head is None and any(w.bare in thing_words() for w in core[1:])
    ):
        return True
    if any(w.bare in thing_words() and n.bare in _NUMBERING for w, n in pairwise(core)):
        return True  # `Act No. 12`
    if head is None and any(_MODEL.fullmatch(word.bare) for word in core[1:]):
        return True
    maker = known_names().get(core[0].bare)
    if head is None and maker and maker.type == "company" and words[1].number:
        return True  # `Boeing 737 Max`
    return head is None and core[0].bare in thing_words() and is_given_name(core[0].bare) is None


def _like_a_person(words: Sequence[Word]) -> float:
    """How much two or more words look like a given name and a surname."""
    given = is_given_name(words[0].bare)
    score = {True: 4.0, False: 1.5, None: 0.0}[given]
    initials = _INITIALS.fullmatch(words[0].text) is not None
    if initials and words[-1].text not in known_names():
        score += 2.5
    if _SURNAME.search(words[-1].text):
        score += 1.5
    if is_surname(words[-1].bare) and (given is not None or not is_common_word(words[-1].bare)):
        score += 1.5 if given is not None or len(words) < 4 else 0
    if len(words[0].bare) > 1 and not initials and words[0].bare.isupper() and not words[-1].bare.isupper():
        score -= 3  # `RAF Croughton`
    if given is None and all(is_common_word(word.text) for word in words):
        score -= 2
    return score

"""A body and who speaks for it in one run of capitals: `Senate Budget Committee Staffer Anna Holm`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from kb.extract.entities.vocabulary import is_common_word
from kb.extract.entities.word_lists import head_words, is_title
from kb.extract.entities.words import Word
from kb.lexicon import read_table
from kb.names.known import is_given_name, known_names

_ROLES = frozenset({"Fellow", "Associate", "Assistant"})  # said of things, too, without a capital


def officer(words: Sequence[Word]) -> tuple[int, int] | None:
    """Where a body's name ends and that of its officer begins, as indices; None if none ends it.

    The officer's name begins with a sure given name. Right before it ends the body's name, or stands
    one word more, or what somebody is: `Botanical Society Research Fellow Jane Doe`.
    """
    heads = head_words("last")
    first = len(words) - 2
    given = is_given_name(words[first].text) if first >= 2 else None
    if given is None:
        return None
    known = known_names().get(words[first].text)
    if known is not None and known.type != "city":
        return None
    if words[-1].bare in heads or not all(word.capital for word in words[first:]):
        return None
    for end in (first, first - 1) if given else ():
        head = heads.get(words[end - 1].bare)
        if end > 1 and head is not None and head[0] == "organisation" and head[1]:
            return end, first
    if _is_somebody(words[first - 1]):
        return _end_of_body(words[: first - 1]), first
    return None


def _end_of_body(words: Sequence[Word]) -> int:
    """How many of the words are a body's name: the known one that begins them, or up to a head."""
    known = [end for end in range(len(words), 0, -1) if _name(words[:end]) in known_names()]
    if known and known_names()[_name(words[: known[0]])].kind == "organisation":
        return known[0]
    heads = head_words("last")
    for end in range(2, len(words) + 1):
        head = heads.get(words[end - 1].bare)
        if head is not None and head[0] == "organisation" and head[1]:
            return end
    return known[0] if known else 0


def _name(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _is_somebody(word: Word) -> bool:
    """Whether a capitalised word says what a person is: `Fellow`, `Analyst`, `Coach`."""
    known = is_title(word) or word.text in _ROLES or word.text.lower() in _person_nouns()
    return known and is_common_word(word.text)


@cache
def _person_nouns() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("class_nouns") if row["kind"] == "person")

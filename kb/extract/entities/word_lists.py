"""What the word lists say of the words of a name: heads, titles, known names, words that name nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kb.extract.entities.words import Word
from kb.lexicon import read_table, read_words
from kb.model.values import EntityKind
from kb.names.known import LONGEST, Known, demonyms, is_given_name, known_names

OF_LIKE = frozenset({"of", "for", "on"})
CODE = re.compile(r"[A-Z]{1,2}-?\d+[A-Za-z]?")  # A320, M23: no word
SAINTS = frozenset({"Saint", "St."})
Head = tuple[EntityKind, bool]  # the kind that a word tells, and whether surely


@cache
def head_words(position: str) -> dict[str, Head]:
    """Words that tell a name's kind by their `position` (first, last, ...) -> the kind, whether surely."""
    return {
        row["word"]: (row["kind"], not row["weight"])  # type: ignore[misc]
        for row in read_table("name_words")
        if row["position"] == position
    }


def head_of(words: Sequence[Word]) -> Head | None:
    """The kind that a name's own words tell: by its last word before any `of`, else by its first."""
    if words[0].number and len(words) > 2:
        words = words[1:]
    if len(words) < 2:
        return None
    core = before_of(words)
    last = head_words("last").get(core[-1].bare)
    pair = head_words("last_two").get(f"{core[-2].text} {core[-1].bare}") if len(core) > 2 else None
    if pair:
        return pair
    if last and last[0] == "organisation" and any(word.text == "for" for word in words):
        return last[0], True  # a center is a place or a body, a center for something a body
    if last and (last[1] or len(core) > 2):
        return last[0], True  # `Park` may be a surname, but not in `Rosa Luxemburg Park`
    end = head_words("last").get(words[-1].bare) if len(core) == 1 and words[1].text == "for" else None
    if end == ("organisation", True):
        return end  # `Cinema for Peace Foundation`
    return head_words("first").get(words[0].text) or (last if len(core) > 1 else None)


def before_of(words: Sequence[Word]) -> Sequence[Word]:
    """The words before the first `of`, `for` or `on`, or before what a body is there `to` do."""
    for index, word in enumerate(words):
        if index and word.text == "to" and words[index - 1].text in head_words("before_to"):
            return words[:index]
        if index and (word.text in OF_LIKE or (word.text == "in" and words[index - 1].text == "Region")):
            return words[:index]
    return words


def is_national(words: Sequence[str]) -> bool:
    """Whether the words in front of a body's name are its country: `US`, `Philippine`."""
    front = " ".join(words)
    known = known_names().get(front)
    return front in demonyms() or (known is not None and known.type == "country")


@cache
def titles() -> dict[str, frozenset[str]]:
    """Titles and the words around them -> what they can be: honorific, office, rank, modifier, portfolio."""
    table: dict[str, set[str]] = {}
    for row in read_table("titles"):
        table.setdefault(row["word"], set()).add(row["type"])
    return {word: frozenset(types) for word, types in table.items()}


def is_title(word: Word) -> bool:
    """Whether the word alone can stand before a person's name as title, rank or role."""
    return bool(titles().get(word.text, frozenset()) & {"honorific", "office", "rank", "royal", "burmese"})


def title_size(words: Sequence[Word], index: int) -> int:
    """How many words from `index` on make up a title (`Deputy Minister of Health`), 0 if none."""
    table = titles()
    size = 0
    for offset, word in enumerate(words[index:]):
        types = table.get(word.text, frozenset())
        small = offset > 0 and word.text in ("and", "of", "the")
        if (is_title(word) or _are_titled(words, index + offset)) and not word.possessive:
            size = offset + 1
        elif word.possessive or not (small or types & {"modifier", "portfolio"}):
            break
        elif size and words[index + size].text == "of" and "portfolio" in types:
            size = offset + 1
    return size


def _are_titled(words: Sequence[Word], index: int) -> bool:
    """Whether a word is an office in the plural before somebody's full name: `Advisors Jane Doe and ...`."""
    office = words[index].text.removesuffix("s")
    after = words[index + 1 : index + 3]
    return (
        office != words[index].text
        and "office" in titles().get(office, frozenset())
        and len(after) == 2
        and is_given_name(after[0].text) is True
        and after[1].capital
    )


@cache
def postnominals() -> frozenset[str]:
    """What may stand behind a person's name and is no part of it: `QC`."""
    return read_words("titles", type="postnominal")


@cache
def bodies() -> frozenset[str]:
    """Common nouns for bodies: `broadcaster`."""
    return read_words("class_nouns", kind="organisation")


@cache
def nothings() -> frozenset[str]:
    """Capitalised words that name nobody, no body and no place."""
    return read_words("not_names")


@cache
def peoples() -> frozenset[str]:
    """Capitalised words for the members of religions, peoples and creeds."""
    return read_words("not_names", type="people")


@cache
def calendar_words() -> frozenset[str]:
    """Months, weekdays, holidays and time zones."""
    return read_words("not_names", type="calendar")


@cache
def thing_words() -> frozenset[str]:
    """Words that head the name of a thing, an event or a document: `Hurricane`, `Act`."""
    return read_words("thing_words")


def folded(text: str) -> str:
    """A name in one spelling of white space and apostrophes, for looking it up."""
    return re.sub(r"\s+", " ", text).replace("’", "'")


def known_at(text: str, words: Sequence[Word], index: int) -> tuple[int, Known] | None:
    """The longest known name that begins with a word: its number of words and what it is."""
    names = known_names()
    for size in range(min(LONGEST, len(words) - index), 0, -1):
        known = names.get(folded(text[words[index].start : words[index + size - 1].end]))
        if known is not None:
            return size, known
    return None


def is_whole_known(text: str, words: Sequence[Word]) -> bool:
    """Whether the words are one known name and nothing else."""
    return bool(words) and folded(text[words[0].start : words[-1].end]) in known_names()


def goes_on(text: str, words: Sequence[Word], index: int, size: int) -> bool:
    """Whether what looks like a title begins another name: `General Assembly`, `King County`."""
    known = known_at(text, words, index)
    after = index + size
    if " ".join(word.text for word in words[index : after + 1]) in nothings():
        return True  # `Executive Branch`
    if after >= len(words):
        return known is not None and known[0] >= size
    if known and known[0] > size:
        return True
    last = after == len(words) - 1
    return last and words[after].bare in head_words("last") and not is_given_name(words[after].text)

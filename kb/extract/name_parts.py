"""A run of capitalised words -> the names in it: titles and adjectives taken off, joined names taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kb.extract.name_words import PARTICLES, Word
from kb.extract.vocabulary import is_common_word
from kb.lexicon import read_table, read_words
from kb.model.values import EntityKind
from kb.names.known import LONGEST, Known, demonyms, is_given_name, known_names

OF_LIKE = frozenset({"of", "for", "on"})
_AREAS = frozenset(["County", "City", "District", "Province", "State", "Region", "Oblast", "Parish", "Island", "Islands"])
_NUMBERED = frozenset(
    ["Region", "Sector", "Zone", "District", "Ward", "Highway", "Route", "Interstate", "Channel", "Terminal", "Camp", "Gate"]
)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a run that may be a name; `title` is the title or role right before it."""

    words: tuple[Word, ...]
    title: str | None = None

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


@cache
def head_words(position: str) -> dict[str, tuple[EntityKind, bool]]:
    """Words that tell a name's kind by their `position` (first, last, ...) -> the kind, and whether surely."""
    return {
        row["word"]: (row["kind"], not row["weight"])  # type: ignore[misc]
        for row in read_table("name_words")
        if row["position"] == position
    }


def head_of(words: Sequence[Word]) -> tuple[EntityKind, bool] | None:
    """The kind that a name's own words tell: by its last word before any `of`, else by its first."""
    if len(words) < 2:
        return None
    if words[0].number and len(words) > 2:
        words = words[1:]
    core = _before_of(words)
    last = head_words("last").get(core[-1].bare)
    if last and last[1] and (len(core) > 1 or len(words) > len(core)):
        return last
    return head_words("first").get(words[0].text) or (last if len(core) > 1 else None)


def _before_of(words: Sequence[Word]) -> Sequence[Word]:
    for index, word in enumerate(words):
        if index and word.text in OF_LIKE:
            return words[:index]
    return words


@cache
def titles() -> dict[str, frozenset[str]]:
    """Titles and the words around them -> what they can be: honorific, office, rank, modifier, portfolio."""
    table: dict[str, set[str]] = {}
    for row in read_table("titles"):
        table.setdefault(row["word"], set()).add(row["type"])
    return {word: frozenset(types) for word, types in table.items()}


@cache
def nothings() -> frozenset[str]:
    """Capitalised words that name nobody, no body and no place."""
    return read_words("not_names")


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


def is_title(word: Word) -> bool:
    """Whether the word alone can stand before a person's name as title, rank or role."""
    return bool(titles().get(word.text, frozenset()) & {"honorific", "office", "rank", "royal", "burmese"})


def _title_size(words: Sequence[Word], index: int) -> int:
    """How many words from `index` on make up a title (`Deputy Minister of Health`), 0 if none."""
    table = titles()
    size = 0
    for offset, word in enumerate(words[index:]):
        types = table.get(word.text, frozenset())
        if is_title(word) and not word.possessive:
            size = offset + 1
        elif word.possessive or not (
            types & {"modifier", "portfolio"} or (offset and word.text in ("and", "of"))
        ):
            break
        elif size and words[index + size].text == "of" and "portfolio" in types:
            size = offset + 1
    return size


def names_in(text: str, run: Sequence[Word]) -> Iterator[Part]:
    """The names that a run is made of, each with the title before it."""
    for undated in _cut_at_dates(text, run):
        for piece in _cut_after_possessives(text, undated):
            yield from _untitled(text, piece)


def _cut_at_dates(text: str, run: Sequence[Word]) -> Iterator[list[Word]]:
    """A run without its weekdays and months: `Monday Boris Johnson`; `Theresa May` stays."""
    calendar = read_words("not_names", type="calendar")
    piece: list[Word] = []
    index = 0
    while index < len(run):
        hit = known_at(text, run, index)
        if hit and hit[0] > 1:
            piece += run[index : index + hit[0]]
            index += hit[0]
            continue
        word = run[index]
        near = run[max(0, index - 1) : index] + run[index + 1 : index + 2]
        name_too = is_given_name(word.text) is not None
        if word.text in calendar and (not name_too or any(other.number for other in near)):
            yield piece
            piece = []
            while index + 1 < len(run) and run[index + 1].number:
                index += 1
        else:
            piece.append(word)
        index += 1
    yield piece


def _cut_after_possessives(text: str, run: Sequence[Word]) -> Iterator[list[Word]]:
    """A run cut after possessives: `Russia's Investigative Committee` is two names, `Women's Union` one."""
    within = head_words("possessive")
    piece: list[Word] = []
    index = 0
    while index < len(run):
        hit = known_at(text, run, index)
        if hit and hit[0] > 1:
            piece += run[index : index + hit[0]]
            index += hit[0]
        else:
            piece.append(run[index])
            index += 1
        if piece[-1].possessive and piece[-1].text.lower() not in within:
            yield piece
            piece = []
    if piece:
        yield piece


def _untitled(text: str, piece: Sequence[Word]) -> Iterator[Part]:
    """A piece cut at its titles; what follows a title is what the title is of."""
    words = _stripped(piece)
    if not words:
        return
    known = known_at(text, words, 0)
    if _is_headed(words) or (known and known[0] == len(words)):
        yield from _segments(text, words, None)
        return
    index, start, title = 0, 0, None
    while index < len(words):
        size = 0 if _in_office_of(words, start, index) else _title_size(words, index)
        if size and not _goes_on(text, words, index, size):
            if start < index:
                yield from _segments(text, words[start:index], title)
            title = " ".join(word.text for word in words[index : index + size])
            index += size
            start = index
        else:
            known = known_at(text, words, index)
            index += known[0] if known else 1
            if known and known[1].kind == "place" and index < len(words) and words[index].text in _AREAS:
                index += 1
    if start < len(words):
        yield from _segments(text, words[start:], title)


def _in_office_of(words: Sequence[Word], start: int, index: int) -> bool:
    """Whether a title stands within the name of a body: `Office of the High Commissioner`."""
    before = words[start:index]
    return len(before) > 1 and before[0].text in head_words("first") and any(w.text == "of" for w in before)


def _is_headed(words: Sequence[Word]) -> bool:
    """Whether the last word is the sure head of a name: `Queen Elizabeth Hospital`; `Sheriff Bill Park` is not."""
    core = _before_of(words)
    head = head_words("last").get(core[-1].bare)
    if head is None or not head[1] or len(words) < 2 or is_title(core[-1]):
        return False
    return not any(is_given_name(word.text) for word in words[1:-1]) or not is_title(words[0])


def _goes_on(text: str, words: Sequence[Word], index: int, size: int) -> bool:
    """Whether what looks like a title begins another name: `General Assembly`, `King County`."""
    after = index + size
    if after >= len(words):
        known = known_at(text, words, index)
        return known is not None and known[0] >= size
    known = known_at(text, words, index)
    if known and known[0] > size:
        return True
    return (
        words[after].bare in head_words("last")
        and not is_given_name(words[after].text)
        and after == len(words) - 1
    )


def _stripped(words: Sequence[Word]) -> list[Word]:
    """Words without the small words and stray numbers at either end."""
    found = list(words)
    while found and not found[0].capital and not (found[0].number and _is_address(found)):
        found = found[1:]
    while found and not found[-1].capital and not (found[-1].number and _is_numbered(found)):
        found = found[:-1]
    return found


def _is_address(words: Sequence[Word]) -> bool:
    """`36 Quai d'Orsay`, `10 Downing Street`: a house number belongs to its street."""
    if len(words) < 3 or len(words[0].text) > 4:
        return len(words) == 2 and words[1].text in ("Downing",)
    streets = ("Street", "Avenue", "Road", "Boulevard", "Lane", "Drive", "Place", "Square")
    return (
        words[1].text in ("Quai", "Rue", "Place", "Via", "Calle", "Boulevard", "Avenue")
        or words[-1].text in streets
    )


def _is_numbered(words: Sequence[Word]) -> bool:
    """`Region 11`, `WESH 2`: names that a number belongs to."""
    if len(words) < 2 or len(words[-1].text) > 2:
        return False
    before = words[-2].text
    return before in _NUMBERED or (before.isupper() and 3 <= len(before) <= 5 and before not in nothings())


def _segments(text: str, words: Sequence[Word], title: str | None) -> Iterator[Part]:
    """Names joined by small words taken apart unless they are one name."""
    piece: list[Word] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word.capital or word.number:
            piece.append(word)
        elif piece:
            across = _known_across(text, words, piece, index)
            if across:
                piece += words[index : index + across]
                index += across
                continue
            if _joins(text, piece, word, words[index + 1 :]):
                piece.append(word)
            else:
                yield from _whole(text, _stripped(piece), title)
                piece, title = [], None
        index += 1
    yield from _whole(text, _stripped(piece), title)


def _known_across(text: str, words: Sequence[Word], piece: Sequence[Word], index: int) -> int:
    """How many words from a small word on belong to a known name that began before it, 0 if none."""
    for back in range(1, len(piece) + 1):
        hit = known_at(text, words, index - back)
        if hit and hit[0] > back:
            return hit[0] - back
    return 0


def _joins(text: str, piece: Sequence[Word], small: Word, rest: Sequence[Word]) -> bool:
    """Whether a small word holds one name together."""
    if not rest:
        return False
    if small.text in PARTICLES:
        return True
    headed = piece[-1].bare in head_words("last") or piece[-1].text in head_words("first")
    nested = head_of(piece) is not None and any(word.text in OF_LIKE for word in piece)
    if small.text in OF_LIKE:
        if small.text == "for" and len(piece) == 1 and not _is_named(text, piece):
            known = known_at(text, rest, 0)
            ends = head_words("last").get(rest[-1].bare, ("", False))[0] == "organisation"
            headed = headed or (ends and rest[0].capital and not (known and known[0] == len(rest)))
        return (headed or nested) and not is_title(piece[-1])
    if small.text == "in":
        return any(word.text == "Autonomous" for word in piece) and piece[-1].text == "Region"
    if small.text == "the":
        return piece[-1].text in OF_LIKE
    return small.text == "&" or _one_of_two(text, piece, rest)


def _one_of_two(text: str, piece: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether `A and B` is one name: `Ministry of Health and Welfare`, `Oceanic and Atmospheric Administration`."""
    right = []
    for word in rest:
        if not (word.capital or (right and word.text in OF_LIKE)):
            break
        right.append(word)
    if not right or any(_is_named(text, words) for words in (piece, right)):
        return False
    if any(word.possessive or word.number for word in piece):
        return False
    after_of = [word for word in piece if word.capital][-1:] if any(w.text in OF_LIKE for w in piece) else []
    if after_of:
        return len(right) <= 3 and all(is_common_word(w.text) for w in (*after_of, *right) if w.capital)
    last = head_words("last")
    if _before_of(right)[-1].bare in last and len(_before_of(right)) > 1:
        return piece[-1].bare not in last
    return (
        len(piece) > 1
        and piece[-1].bare not in last
        and not any(is_given_name(word.text) for word in piece)
        and all(is_common_word(word.text) for word in (*piece, *right))
    )


def _is_named(text: str, words: Sequence[Word]) -> bool:
    """Whether the words are a name of their own: known, a nationality, or led by a given name."""
    hit = known_at(text, words, 0)
    if hit and hit[0] == len(words) and (len(words) > 1 or not is_common_word(words[0].text)):
        return True
    if len(words) == 1 and (words[0].text in demonyms() or words[0].text in nothings()):
        return True
    return len(words) > 1 and is_given_name(words[0].text) is True


def _whole(text: str, words: Sequence[Word], title: str | None) -> Iterator[Part]:
    """One name, without the nationality or the common word before it; a country before a name is its own."""
    words = list(words)
    while len(words) > 1 and words[0].text in demonyms() and not known_at(text, words, 0):
        if head_of(words) or words[-1].bare in head_words("last"):
            break
        words = _stripped(words[1:])
        size = _title_size(words, 0) if words else 0
        if size and not _goes_on(text, words, 0, size):
            title = " ".join(word.text for word in words[:size])
            words = _stripped(words[size:])
    if not words:
        return
    hit = known_at(text, words, 0)
    rest = words[hit[0] :] if hit else words[1:]
    person_follows = (
        len(rest) > 1
        and (is_given_name(rest[0].text) is True or (not hit and _is_role(words[0])))
        and rest[-1].bare not in head_words("last")
    )
    if hit and rest and (hit[1].type in ("country", "international", "party", "agency") or person_follows):
        if person_follows or (hit[1].type == "country" and not head_of(words)):
            yield Part(tuple(words[: hit[0]]))
            yield from _whole(text, _stripped(rest), title)
            return
    if person_follows and is_given_name(words[0].text) is None and _describes(words[0]):
        words, title = rest, words[0].text
    yield Part(tuple(words), title)


def _is_role(word: Word) -> bool:
    """Whether a word is a profession by its ending: `Podcaster`, `Oceanographer`."""
    lower = word.text.lower()
    return lower.endswith(("er", "or", "ist", "man", "woman")) and len(lower) > 5 and is_common_word(lower)


def _describes(word: Word) -> bool:
    """Whether a capitalised word before a person's name is a role or an affiliation: `Voter`, `Republican`."""
    if word.text in thing_words():
        return False
    return is_common_word(word.text) or word.text in nothings() or word.text in demonyms()

"""A run of capitalised words -> the names in it: titles and adjectives taken off, joined names taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kb.extract.name_words import PARTICLES, Word
from kb.lexicon import read_table, read_words
from kb.model.values import EntityKind
from kb.names.known import LONGEST, Known, demonyms, given_names, known_names

OF_LIKE = frozenset({"of", "for", "on", "in"})


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
    """Words that tell a name's kind from its `first` or `last` place -> the kind, and whether surely."""
    return {
        row["word"]: (row["kind"], row["weight"] != "weak")  # type: ignore[misc]
        for row in read_table("name_words")
        if row["position"] == position
    }


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


def folded(text: str) -> str:
    """A name in one spelling of white space and apostrophes, for looking it up."""
    return re.sub(r"\s+", " ", text).replace("’", "'")


def known_at(text: str, words: Sequence[Word], index: int) -> tuple[int, Known] | None:
    """The longest known name that begins with a word: its number of words and what it is."""
    names = known_names()
    for size in range(min(LONGEST, len(words) - index), 0, -1):
        first, last = words[index], words[index + size - 1]
        if any(word.possessive for word in words[index : index + size - 1]):
            name = folded(text[first.start : last.end])
        else:
            name = " ".join(word.text.replace("’", "'") for word in words[index : index + size])
        known = names.get(name)
        if known is not None and (size > 1 or first.text in nothings()) is not None:
            return size, known
    return None


def is_title(word: Word) -> bool:
    """Whether the word alone can stand before a person's name as title, rank or role."""
    return bool(titles().get(word.text, frozenset()) & {"honorific", "office", "rank", "royal", "burmese"})


def _title_span(words: Sequence[Word], index: int) -> int:
    """How many words from `index` on make up a title (`Deputy Health Minister`), 0 if none."""
    table = titles()
    size = 0
    for offset, word in enumerate(words[index:]):
        types = table.get(word.text, frozenset())
        if is_title(word) and not word.possessive:
            size = offset + 1
        elif not (types & {"modifier", "portfolio"} or (word.text == "and" and offset)) or word.possessive:
            break
    return size


def names_in(text: str, run: Sequence[Word]) -> Iterator[Part]:
    """The names that a run is made of, each with the title before it."""
    for piece in _without_possessives(text, run):
        yield from _untitled(text, piece)


def _without_possessives(text: str, run: Sequence[Word]) -> Iterator[list[Word]]:
    """A run cut after possessives: `Russia's Investigative Committee` is two names."""
    possessives = head_words("possessive")
    piece: list[Word] = []
    index = 0
    while index < len(run):
        hit = known_at(text, run, index) if not piece else None
        if hit and hit[0] > 1 and any(word.possessive for word in run[index : index + hit[0] - 1]):
            piece += run[index : index + hit[0]]
            index += hit[0]
            continue
        word = run[index]
        piece.append(word)
        if word.possessive and (word.text.lower() not in possessives):
            yield piece
            piece = []
        index += 1
    if piece:
        yield piece


def _untitled(text: str, piece: Sequence[Word]) -> Iterator[Part]:
    """A piece cut at its titles; what follows a title is what the title is of."""
    words = list(piece)
    if _is_headed(words) or (known_at(text, words, 0) or (0,))[0] == len(words):
        yield from _segments(text, _stripped(text, words), None)
        return
    index, start, title = 0, 0, None
    while index < len(words):
        size = _title_span(words, index)
        if size and not _continues_name(words, index, size):
            if start < index:
                yield from _segments(text, _stripped(text, words[start:index]), title)
            title = " ".join(word.text for word in words[index : index + size])
            index += size
            start = index
        else:
            index += 1
    if start < len(words):
        yield from _segments(text, _stripped(text, words[start:]), title)


def _is_headed(words: Sequence[Word]) -> bool:
    """Whether the last word is the head of an organisation's or a place's name: `Queen Elizabeth Hospital`."""
    head = head_words("last").get(words[-1].text)
    return head is not None and head[1] and len(words) > 1 and not is_title(words[-1])


def _continues_name(words: Sequence[Word], index: int, size: int) -> bool:
    """Whether what looks like a title goes on as another name: `General Assembly`, `King County`, `Justice of`."""
    after = index + size
    if after >= len(words):
        return False
    return words[after].text in head_words("last") and words[after].text not in given_names()


def _stripped(text: str, words: Sequence[Word]) -> list[Word]:
    """Words without the small words and digits at either end."""
    found = list(words)
    while found and not found[0].capital and not found[0].text[0].isdigit():
        found = found[1:]
    while found and not found[-1].capital and not found[-1].text[0].isdigit():
        found = found[:-1]
    return found


def _segments(text: str, words: Sequence[Word], title: str | None) -> Iterator[Part]:
    """Names joined by `of`, `and`, `in` taken apart unless they are one name."""
    piece: list[Word] = []
    index = 0
    first = True
    while index < len(words):
        word = words[index]
        small = not word.capital and not word.text[0].isdigit()
        if small and piece:
            hit = _known_across(text, words, piece, index)
            if hit:
                piece += words[index : index + hit]
                index += hit
                continue
            if not _joins(text, piece, word, words[index + 1 :]):
                yield from _whole(text, _stripped(text, piece), title if first else None)
                first = False
                piece = []
                index += 1
                continue
        if small and not piece:
            index += 1
            continue
        piece.append(word)
        index += 1
    if piece:
        yield from _whole(text, _stripped(text, piece), title if first else None)


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
    last, first = head_words("last"), head_words("first")
    if small.text in PARTICLES:
        return True
    ends_in_head = piece[-1].text in last or piece[-1].text in first
    if small.text in OF_LIKE:
        if small.text == "in":
            return piece[-1].text in {"Region", "Society"}
        return ends_in_head and not is_title(piece[-1])
    if small.text == "the":
        return piece[-1].text in OF_LIKE
    if small.text in ("and", "&"):
        return _one_of_two(text, piece, rest) or small.text == "&"
    return False


def _one_of_two(text: str, piece: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether `A and B` is one name: `Ministry of Health and Welfare`, `Oceanic and Atmospheric Administration`."""
    last = head_words("last")
    right = []
    for word in rest:
        if not word.capital:
            break
        right.append(word)
    if any(_named(text, words) for words in ([*piece], right) if words):
        return False
    inside_of = any(word.text in OF_LIKE for word in piece)
    heads_right = bool(right) and right[-1].text in last
    if inside_of:
        return not heads_right or len(right) == 1
    return heads_right and piece[-1].text not in last and len(right) > 1


def _named(text: str, words: Sequence[Word]) -> bool:
    """Whether the words are a name of their own: known, a nationality, or led by a given name."""
    hit = known_at(text, words, 0)
    if hit and hit[0] == len(words):
        return True
    return len(words) > 1 and given_names().get(words[0].text, False)


def _whole(text: str, words: Sequence[Word], title: str | None) -> Iterator[Part]:
    """One name, without the nationality before it; several known places side by side taken apart."""
    words = list(words)
    while words and words[0].text in demonyms() and not _is_headed(words) and not known_at(text, words, 0):
        words = words[1:]
        if words and (size := _title_span(words, 0)) and not _continues_name(words, 0, size):
            title = " ".join(word.text for word in words[:size])
            words = words[size:]
    if not words:
        return
    hit = known_at(text, words, 0)
    if hit and hit[0] < len(words) and hit[1].type in ("country", "media") and not _is_headed(words):
        rest = words[hit[0] :]
        if not known_at(text, rest, 0) or hit[1].type == "country":
            yield Part(tuple(words[: hit[0]]))
            yield from _whole(text, _stripped(text, rest), title)
            return
    yield Part(tuple(words), title)

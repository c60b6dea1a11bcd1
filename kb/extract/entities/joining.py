"""Which small words hold one name together, and which stand between two."""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract.entities.vocabulary import is_common_word
from kb.extract.entities.word_lists import (
    OF_LIKE,
    before_of,
    head_of,
    head_words,
    is_title,
    is_whole_known,
    known_at,
    nothings,
)
from kb.extract.entities.words import Word, particles
from kb.names.known import demonyms, is_given_name, known_names


def known_across(text: str, words: Sequence[Word], piece: Sequence[Word], index: int) -> int:
    """How many words from a small word on belong to a known name that began before it, 0 if none."""
    for back in range(1, len(piece) + 1):
        hit = known_at(text, words, index - back)
        if hit and hit[0] > back:
            return hit[0] - back
    return 0


def joins(text: str, piece: Sequence[Word], small: Word, rest: Sequence[Word]) -> bool:
    """Whether a small word holds one name together."""
    if not rest or small.text in particles():
        return bool(rest)
    if small.text in OF_LIKE:
        return _joins_of(text, piece, small, rest)
    if small.text == "in":
        return piece[-1].text == "Region" and any(word.text == "Autonomous" for word in piece)
    if small.text == "the":
        return piece[-1].text in OF_LIKE
    return small.text == "&" or _one_of_two(text, piece, rest)


def _joins_of(text: str, piece: Sequence[Word], small: Word, rest: Sequence[Word]) -> bool:
    """Whether `of`, `for` or `on` goes on with a name: behind a head word, or within a headed name."""
    if is_title(piece[-1]):
        return piece[0].text in head_words("first") and any(word.text == "of" for word in piece)
    head = head_words("last").get(piece[-1].bare)
    if small.text == "on":
        return head is not None and head[0] == "organisation" and head[1]
    if (head and (head[1] or len(piece) > 1)) or piece[-1].text in head_words("first"):
        return True
    if any(word.text in OF_LIKE for word in piece) and head_of(piece) is not None:
        return True
    if small.text != "for" or len(piece) > 1 or _is_named(text, piece) or is_whole_known(text, rest):
        return False
    ends = head_words("last").get(rest[-1].bare)  # `Cinema for Peace Foundation`
    return rest[0].capital and ends is not None and ends[0] == "organisation"


def _one_of_two(text: str, piece: Sequence[Word], rest: Sequence[Word]) -> bool:
    """Whether `A and B` is one name: `Ministry of Health and Welfare`, `Oceanic and Atmospheric Agency`."""
    right: list[Word] = []
    for word in rest:
        if not (word.capital or (right and word.text in OF_LIKE)):
            break
        right.append(word)
    if not right or any(_is_named(text, words) for words in (piece, right)):
        return False
    if any(word.possessive or word.number for word in piece):
        return False
    last = head_words("last")
    if any(word.text in OF_LIKE for word in piece):
        return len(right) <= 3 and all(_is_plain(word) for word in (piece[-1], *right) if word.capital)
    core = before_of(right)
    if core[-1].bare in last and len(core) > 1:
        return piece[-1].bare not in last
    return (
        len(piece) > 1
        and piece[-1].bare not in last
        and not any(is_given_name(word.text) for word in piece)
        and all(is_common_word(word.text) for word in (*piece, *right))
    )


def _is_plain(word: Word) -> bool:
    """Whether a word is an ordinary one and no known name."""
    return is_common_word(word.text) and word.text not in known_names()


def _is_named(text: str, words: Sequence[Word]) -> bool:
    """Whether the words are a name of their own: known, a nationality, or led by a given name."""
    if is_whole_known(text, words):
        return len(words) > 1 or not is_common_word(words[0].text)
    if len(words) == 1:
        return words[0].text in demonyms() or words[0].text in nothings()
    return is_given_name(words[0].text) is True

"""Which words of a sentence tell what happening it is of: the "ferry" of a toll, not those killed. Pure."""

from __future__ import annotations

from functools import cache

from kb.lexicon import read_table, read_words
from kb.resolve.keys.names import folded_name
from kb.resolve.keys.nouns import singular

_LETTERS = 4  # shorter words tell nothing


def telling_words(text: str) -> frozenset[str]:
    """The words of a sentence that can tell which happening it is of: no numbers, no words of any count.

    Of words for one sort of disaster ("quake", "earthquake") it is that sort.
    """
    words = {singular(word) for word in folded_name(text).split() if len(word) >= _LETTERS}
    told = (word for word in words - _untelling() if not word[0].isdigit())
    return frozenset(_disasters().get(word, word) for word in told)


def sorted_words(words: frozenset[str]) -> frozenset[str]:
    """Telling words, those of one sort of happening ("ferry", "sinking") as that sort.

    >>> sorted(sorted_words(telling_words("By Friday, 52 people had died in the sinking off Zanzibar.")))
    ['ship', 'zanzibar']
    """
    return frozenset(_sorts().get(word, word) for word in words - read_words("untelling_words"))


def sorts_in(words: frozenset[str]) -> frozenset[str]:
    """The sorts of happenings among sorted words."""
    return words & _names_of_sorts()


@cache
def _disasters() -> dict[str, str]:
    return {row["word"]: row["family"] for row in read_table("event_families")}


@cache
def _sorts() -> dict[str, str]:
    return _disasters() | {row["word"]: row["sort"] for row in read_table("happening_words")}


@cache
def _names_of_sorts() -> frozenset[str]:
    return frozenset(_sorts().values())


@cache
def _untelling() -> frozenset[str]:
    """Words that sentences on any happening share: of states, persons, speech, numbers and times."""
    phrases = (phrase for row in read_table("measure_states") for phrase in row["words"].split("|"))
    states = {word for phrase in phrases for word in folded_name(phrase).split()}
    columns = (
        ("measure_words", "word"),
        ("counted_people", "word"),
        ("reporting_verbs", "word"),
        ("numbers", "word"),
        ("time_words", "phrase"),
    )
    words = states | {row[column].lower() for table, column in columns for row in read_table(table)}
    return frozenset(
        words
        | {singular(word) for word in words}
        | {form for word in words for form in (f"{word}ed", f"{word}d", f"{word}ing")}
    )

"""Which texts come from one: near-equal ones, excerpts, another take with newer numbers. Pure.

Texts are compared as sets of runs of three words without their numbers, by resemblance and containment
(Broder 1997, On the resemblance and containment of documents). To be found at all, a text keeps the
smallest hashes of its runs: two texts with much in common share some of them.
"""

from __future__ import annotations

import calendar
import re
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Literal

from kb.lexicon import read_table

Kinship = Literal["reprint", "later take", "excerpt"]

SKETCH = 24  # hashes kept of a text; of two texts half the same, one pair in 2**24 shares none
SAME = 0.5  # resemblance from which two texts are one: another title, a paragraph more or less
BEGUN = 0.4  # resemblance from which two beginnings are of one text: later takes change the first sentences
INSIDE = 0.8  # share of the shorter text's runs that stand in the longer one: an excerpt
SHORTEST = 20  # runs; less is a sentence that two people may write
_RUN = 3
_SHORT = 20_000  # characters of a text whose runs are kept for a while
_WORD = re.compile(r"[^\W\d]+|\d[\d.,]*")
_HASH = 8  # bytes
_HEAD, _TAIL = 200, 80  # characters in which a text has an agency's tag
_NOTED = 400  # characters in which a note says where a text was published first
_NAME = r"[A-Z][\w’'&-]*(?:(?: (?:of|the|for|and|de|in))*(?: [A-Z][\w’'&-]*)+|\.[a-z]{2,4})*"
_TEXT = r"[Tt]h(?:is|e) (?:article|story|report|piece|post|text|analysis|interview|column|essay|commentary)"
# "This article was originally published by Global Voices", "Reprinted with permission from The Example";
# "in" stands before a month or a language as well, before a name of two words it does not.
_FIRST = re.compile(
    rf"(?:(?:{_TEXT}[^.\n]{{0,20}} (?:originally|first)|(?:\A|\n|[.!?(*] ?)(?:Originally|First)) "
    r"(?:published|appeared|posted)(?: first)? (?:by|on|at|in(?= the | [A-Z]\S* [A-Z]))"
    rf"|{_TEXT} (?:appeared|ran|was published) first (?:by|on|at|in(?= the | [A-Z]\S* [A-Z]))"
    r"|\b(?:Republished|Reprinted|Reposted|Syndicated)(?: with(?: the| kind)* permission)? (?:from|of|by))"
    rf" (?:the )?(?P<name>{_NAME})"
)
_DAYS = frozenset([*calendar.month_name, *calendar.month_abbr, *calendar.day_name]) - {""}


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """The runs of three words of a text, each number as a mere number."""
    return _short_runs(text) if len(text) <= _SHORT else _runs(text)


@lru_cache(maxsize=64)
def _short_runs(text: str) -> frozenset[tuple[str, ...]]:
    """The same of a text that is compared with many."""
    return _runs(text)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = ["0" if word[0].isdigit() else word.lower() for word in _WORD.findall(text)]
    return frozenset(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def one_text(a: str, b: str) -> bool:
    """Whether two beginnings are those of one text, told by more than a sentence that two may write alike."""
    runs_a, runs_b = _beginning(a), _beginning(b)
    return min(len(runs_a), len(runs_b)) >= SHORTEST and len(runs_a & runs_b) >= BEGUN * len(runs_a | runs_b)


@lru_cache(maxsize=2048)
def _beginning(text: str) -> frozenset[int]:
    """The runs of a beginning as numbers: beginnings are compared often, and many are kept."""
    return frozenset(map(hash, _runs(text)))


def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's runs, by which texts like it are found; short ones have none."""
    found = runs(text)
    if len(found) < SHORTEST:
        return ()
    hashes = (blake2b(" ".join(run).encode(), digest_size=_HASH).digest() for run in found)
    return tuple(sorted(int.from_bytes(value, "big", signed=True) for value in hashes)[:SKETCH])


def kinship(original: str, other: str) -> tuple[Kinship, str] | None:
    """How the other text comes from the original, and by what one sees that; None if it does not."""
    runs_a, runs_b = runs(original), runs(other)
    common = len(runs_a & runs_b)
    if min(len(runs_a), len(runs_b)) < SHORTEST:
        return None
    alike = common / len(runs_a | runs_b)
    if alike >= SAME:
        evidence = f"{alike:.0%} of the runs of three words of both texts are the same"
        if changed := _changed_numbers(original, other):
            return "later take", f"{evidence}; numbers that are others there: {', '.join(changed[:5])}"
        return "reprint", evidence
    inside = common / min(len(runs_a), len(runs_b))
    if inside >= INSIDE:
        return "excerpt", f"{inside:.0%} of the runs of three words of the shorter text stand in the other"
    return None


def _changed_numbers(original: str, other: str) -> list[str]:
    """The numbers of the other text that stand where the original has another one, in order."""
    before = _numbers_in_runs(original)
    found = {
        number: None
        for run, numbers in _numbers_in_runs(other).items()
        if run in before and not numbers & before[run]
        for number in sorted(numbers)
    }
    return list(found)


def _numbers_in_runs(text: str) -> dict[tuple[str, str], set[str]]:
    """The numbers of a text by the words on both sides of them."""
    words = _WORD.findall(text)
    found: dict[tuple[str, str], set[str]] = {}
    for before, word, after in zip(words, words[1:], words[2:]):
        if word[0].isdigit():
            found.setdefault((before.lower(), after.lower()), set()).add(word.rstrip(".,"))
    return found


def agency_of(
    text: str, authors: tuple[str, ...] = (), publisher: str | None = None
) -> tuple[str, str] | None:
    """Whose a text says it is, and by what: an agency's tag, or the outlet that it first appeared in.

    Also what an agency publishes itself is that agency's. None where nothing says so.
    """
    for author in authors:
        if author.strip() in _tags():
            return _tags()[author.strip()], f"byline {author.strip()}"
    head, tail = text[:_HEAD], text[-_TAIL:]
    for where, pattern in ((head, _dateline()), (tail, _signature())):
        match = pattern.search(where)
        if match:
            return _tags()[match["tag"]], f"tag {match[0].strip()}"
    for where in (text[:_NOTED], text[-_NOTED:]):
        match = _FIRST.search(where)
        if match and match["name"] != publisher and match["name"].split()[0] not in _DAYS:
            name = match["name"].strip(" '’")
            return _tags().get(name, name), f"says: {' '.join(match[0].split())}"
    if publisher is not None and publisher.strip() in _tags():
        return _tags()[publisher.strip()], f"published by {publisher.strip()}"
    return None


@cache
def _tags() -> dict[str, str]:
    return {tag: row["name"] for row in read_table("agencies") for tag in row["tags"].split("|")}


def _any_tag() -> str:
    return f"(?P<tag>{'|'.join(sorted(map(re.escape, _tags()), key=len, reverse=True))})"


@cache
def _dateline() -> re.Pattern[str]:
    """A dateline in capitals, the tag in brackets, a dash: "MINSK (Reuters) -", "VILNIUS, May 3 (AP) —"."""
    return re.compile(rf"\A\s*[^\n(]{{0,80}}\({_any_tag()}\)\s*[-–—:]")


@cache
def _signature() -> re.Pattern[str]:
    """The tag as the last word of a text: "(AFP)", "— Reuters", "Source: TASS"."""
    return re.compile(rf"(?:\(|[-–—]\s?|\b[Ss]ource:\s?){_any_tag()}\)?\.?\s*\Z")

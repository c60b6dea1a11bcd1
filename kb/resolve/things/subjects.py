"""What a figure counts where its own words leave it open and its article says it plainly elsewhere. Pure.

"There are 360 people on the list", under a headline that tells of the same 360 as political prisoners;
"1,500 people are recognised as political prisoners", which is how many there are and not how many there
ever were. A headline counts only for its own number: what else an article is about proves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from kb.lexicon import read_words
from kb.resolve.keys.measures import ARRESTED, RECOGNISED, Measured, begins_state, measured
from kb.resolve.keys.names import folded_name
from kb.resolve.relations.same_numbers import TELLING, significant_digits

_GROUPED = re.compile(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}\b)")  # "1,374"
_DATE = re.compile(r"\b(?:\d{1,2} \d{1,2} (?:19|20)\d\d|(?:19|20)\d\d \d{1,2} \d{1,2})\b")  # in addresses
_YEAR = re.compile(r"(?:19|20)\d\d")
_DONE = (RECOGNISED, ARRESTED)  # told in words that also say how things are: "are recognised", "are detained"
_LEVEL = 4  # words between the verb of a headline and its number: "has risen to more than 360"


@dataclass(frozen=True, slots=True)
class Context:
    """Where a figure stands: its sentence, the title and the address of its article; None where unknown."""

    low: float | None
    high: float | None
    quote: str
    title: str | None
    url: str | None


def needs_context(what: Measured, unit: str, relation: str, *, since: bool) -> bool:
    """Whether more than the figure's own words can tell what it counts."""
    if what.state in _DONE:
        return not since
    return what.state is None and relation == "value" and folded_name(unit) in _anybody()


def in_context(what: Measured, measure: str, unit: str, context: Context) -> Measured:
    """What a figure counts by its own words and where it stands; `what` where that says nothing more."""
    if what.state in _DONE:
        return measured(measure, unit, standing=True) if tells_status(context.quote) else what
    return by_headline(context) or what


def tells_status(quote: str) -> bool:
    """Whether a sentence tells what people are at a time, rather than what was ever done to them.

    >>> tells_status("As of 27 July, 58 people were recognised as political prisoners.")
    True
    >>> tells_status("By 27 July, 58 people had been recognised as political prisoners.")
    False
    """
    words = f" {folded_name(quote)} "
    if any(f" {word} " in words for word in _words("ever")) or _has_been().search(words):
        return False
    return bool(_are().search(words)) or (
        bool(_were().search(words)) and any(f" {word} " in words for word in _words("now"))
    )


def by_headline(context: Context) -> Measured | None:
    """What a headline, or that in an address, says its only number counts, where it is the figure's own."""
    if context.low is None or context.low != context.high or significant_digits(context.low) < TELLING - 1:
        return None
    for headline in (context.title, _headline_in(context.url)):
        words = folded_name(_DATE.sub(" ", _GROUPED.sub("", headline or ""))).split()
        numbers = [i for i, word in enumerate(words) if word.isdigit() and not _YEAR.fullmatch(word)]
        if len(numbers) == 1 and words[numbers[0]] == f"{context.low:.0f}":
            found = _counted(words[: numbers[0]], words[numbers[0] + 1 :])
            if found is not None:
                return found
    return None


def _counted(before: list[str], after: list[str]) -> Measured | None:
    """What the number between these words counts: "number of prisoners reaches 360", "360 prisoners held"."""
    at = after[1:] if after[:1] and after[0] in _anybody() else after
    if begins_state(at):
        found = measured(" ".join(after), "people")
        return found if found.state is not None else None
    verb = next((i for i in range(len(before) - 1, -1, -1) if before[i] in _words("level")), None)
    total = next((i for i, word in enumerate(before) if word in _words("total")), None)
    if verb is None or total is None or not total < verb >= len(before) - _LEVEL:
        return None
    found = measured(" ".join(before[total:verb]), "people")
    return found if found.state is not None else None


def _headline_in(url: str | None) -> str:
    """The words of the longest part of an address's path: headlines stand there."""
    path = (url or "").partition("://")[2].partition("?")[0].partition("#")[0].partition("/")[2]
    parts = unquote(path).split("/")
    return max((re.sub(r"[-_+.]", " ", part) for part in parts), key=len, default="")


@cache
def _anybody() -> frozenset[str]:
    return read_words("counted_people", role="any")


@cache
def _words(role: str) -> frozenset[str]:
    return read_words("counting_words", role=role)


@cache
def _has_been() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(sorted(_words('auxiliary')))}) (?:\w+ ){{0,2}}been ")


@cache
def _are() -> re.Pattern[str]:
    return re.compile(
        rf" (?:are|is|being|still|currently|remain|remains|remained) (?:\w+ ){{0,2}}?{_participles()} "
    )


@cache
def _were() -> re.Pattern[str]:
    return re.compile(rf" (?:were|was) (?:\w+ ){{0,2}}?{_participles()} ")


def _participles() -> str:
    return "(?:recognised|recognized|designated|identified|acknowledged|detained)"

"""One event, many reports: by what two reports are known to tell of one event. Pure.

What identifies an event depends on its kind (`lexicon/event_kinds.csv`, column `told_by`):

person   who it happened to or who did it: somebody resigns once a day, dies once in a life
patient  who it was done to: a person arrested on a day
victim   the same, or the place where nobody is named: five killed in a town on a day
place    the most precise place: a flood in a town on a day
country  the place of a day; of a year the country, be it that of the whole article: the 2020 protests; of an
         election what it is for, too, and the country only where it is held in all of it
pair     two of those who took part: a meeting of two people on a day
(none)   the words of the trigger with two who took part, or with one and a word of the line beside them

A report without anything of that joins reports of the same text: of public events the same kind, else the
same line. Of other texts it joins those that tell of the same place in the same words, for a time that is
open in the same way: "had killed 80 people" by a day. What is denied or only supposed is no event to be
joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from kb.lexicon import read_table
from kb.resolve.keys.countries import capital_keys, country_keys, country_of
from kb.resolve.keys.names import folded_name
from kb.resolve.keys.telling import telling_words

UNREAL = frozenset(["denied", "hypothetical", "opinion"])
PRONOUNS = frozenset(
    ["he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "this", "that"]
)


@dataclass(frozen=True, slots=True)
class Told:
    """A report as far as it tells which event it is of.

    `who` are the keys of names that took part, each with its role; `where` the keys of its place; `home`
    the name of the country that its article is about; `within` stands for the text, `sentence` is what tells
    the report.
    """

    kind: str | None
    trigger: str
    stance: str
    date: str | None
    earliest: str | None
    latest: str | None
    title: str
    who: frozenset[tuple[str, str]]
    where: frozenset[str]
    home: str | None
    within: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """By what events of a kind are told apart, and the coarsest date that tells one from the next."""

    told_by: str
    grain: str


def rule_of(told: Told) -> Rule:
    """By what the event of a report is told."""
    return _rules().get(told.kind or "", Rule("", "day"))


@cache
def _rules() -> Mapping[str, Rule]:
    return {row["kind"]: Rule(row["told_by"], row["grain"] or "day") for row in read_table("event_kinds")}


def event_keys(told: Told) -> frozenset[str]:
    """The keys of the event that a report tells of: reports that share one are of one event."""
    if told.date is None or told.stance in UNREAL:
        return frozenset()
    rule = rule_of(told)
    happening = sort_of(told) if told.kind and rule.told_by else _stem(told.trigger)
    when = "" if rule.grain == "life" else told.date
    of_a_day = told.earliest == told.latest
    found: set[str] = set()
    if rule.told_by == "country":
        found = public_places(told) if of_a_day or rule.grain == "year" else set()
    elif rule.grain == "life" or of_a_day:
        found = set(_single(rule.told_by, told))
    elif rule.told_by:
        found = set(_pairs(told.who))
    if not found:
        found, when = {_of_text(rule.told_by, told), *_of_same_words(told)}, told.date
    return frozenset(f"{happening}|{when}|{key}" for key in found)


def _of_text(told_by: str, told: Told) -> str:
    """What holds reports of one text together that name nothing: being public, else the same line."""
    public = told_by in ("place", "country")
    return told.within if public else f"{told.within}|{folded_name(told.title)}"


def _of_same_words(told: Told) -> Iterator[str]:
    """What reports of one place and open time share that are told in the same words, whatever the text."""
    title, is_open = folded_name(told.title), told.earliest is None or told.latest is None
    if is_open and " " in title and title.split()[0] not in PRONOUNS:
        yield from (f"{place}|{title}" for place in _named_places(told))


def _single(told_by: str, told: Told) -> Iterator[str]:
    """What identifies an event of a single day, or of a life."""
    if told_by in ("person", "patient", "victim"):
        yield from persons_told(told_by, told) or (_places(told) if told_by == "victim" else ())
    elif told_by == "place":
        yield from _places(told)
    elif told_by == "pair":
        yield from _pairs(told.who)
    else:
        named = {(role, key) for role, key in told.who if not key.startswith("place:")}
        yield from _pairs(named)
        yield from (f"{key} {word}" for _, key in named for word in _beside_names(told))


def persons_told(told_by: str, told: Told) -> list[str]:
    """The persons by whom an event is told: those to whom it was done, where somebody does it."""
    persons = [(role, key) for role, key in told.who if key.startswith("person:")]
    return [key for role, key in persons if told_by == "person" or role != "agent"]


def _beside_names(told: Told) -> frozenset[str]:
    """The words of the line that are neither the trigger's nor those of who took part."""
    names = {word for _, key in told.who for word in key.partition(":")[2].split()}
    stem = _stem(told.trigger).split(" ")[0]
    return frozenset(
        word for word in telling_words(told.title) - names if not (stem and word.startswith(stem))
    )


def public_places(told: Told) -> set[str]:
    """Where an event is held that concerns a whole country: the places of a day, else the country."""
    office = office_of(told) if told.kind == "election" else None
    towns = _towns(told) - capital_keys() if office else _towns(told)
    if office is None:
        towns = towns if told.earliest == told.latest else frozenset()
    elif office.scope == "part":
        return set(towns)
    elif office.name:
        towns = frozenset()
    return set(towns) or set(_countries(told))


def _pairs(who: Iterable[tuple[str, str]]) -> Iterator[str]:
    for first, second in combinations(sorted({key for _, key in who}), 2):
        yield f"{first}&{second}"


def _places(told: Told) -> Iterator[str]:
    """The place, else the places that took part; a country only where nothing smaller is named."""
    yield from _towns(told) or _named_places(told)


def _named_places(told: Told) -> frozenset[str]:
    return told.where or frozenset(key for _, key in told.who if key.startswith("place:"))


def _towns(told: Told) -> frozenset[str]:
    """The places named that are smaller than a country."""
    return _named_places(told) - country_keys()


def _countries(told: Told) -> Iterator[str]:
    """The countries of the place, of those who took part, else of the article."""
    keys = [*told.where, *(key for _, key in told.who)]
    found = {country for key in keys if (country := country_of(key))}
    if found:
        yield from found
    elif told.home and not any(key.startswith("place:") for key in keys):
        yield told.home


@dataclass(frozen=True, slots=True)
class Office:
    """What an election is for, where that is told, and whether a country holds it or a part of one."""

    name: str = ""
    scope: str = ""


def office_of(told: Told) -> Office:
    """What an election is for, by the words of its line; by a seat that its sentence speaks of."""
    offices = _offices()
    said = [offices[word] for word in folded_name(f"{told.trigger} {told.title}").split() if word in offices]
    if not said and "seat" in folded_name(told.sentence).split():
        said = [offices["seat"]]
    partly = [office for office in said if office.scope == "part"]
    return next((office for office in (*partly, *said) if office.name), said[0] if said else Office())


@cache
def _offices() -> Mapping[str, Office]:
    rows = read_table("elections")
    return {folded_name(row["word"]): Office(row["office"], row["scope"]) for row in rows}


def sort_of(told: Told) -> str:
    """The kind; of disasters with the sort that trigger or title name (a fire is no flood), of elections with
    what they are for.
    """
    if told.kind == "election":
        return f"election {office_of(told).name}".strip()
    families = _families()
    words = (
        f"{folded_name(told.trigger)} {folded_name(told.title)}".split() if told.kind == "disaster" else []
    )
    found = (families[form] for word in words for form in (word, word.removesuffix("s")) if form in families)
    return " ".join(filter(None, [told.kind, next(found, None)]))


@cache
def _families() -> Mapping[str, str]:
    return {row["word"]: row["family"] for row in read_table("event_families")}


def _stem(trigger: str) -> str:
    """A trigger without the endings of its words: "signed the treaty" and "signing" meet in "sign"."""
    words = folded_name(trigger).split()
    first = words[0] if words else ""
    for ending in ("ing", "ed", "es", "s", "d"):
        if first.endswith(ending) and len(first) - len(ending) >= 3:
            first = first.removesuffix(ending)
            break
    return " ".join([first, *words[1:]])

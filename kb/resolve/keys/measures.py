"""What a figure counts, whatever words it is told in: who or what, in which state, and which part of it.

"969 political prisoners", "people held as political prisoners" and "political prisoners behind bars"
are one measure; those released another, those ever recognised a third, the women among them a part.
Pure and table-driven; what no table knows is a measure of its own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile
from typing import Literal

from kb.lexicon import read_table, read_words
from kb.resolve.keys.names import folded_name
from kb.resolve.keys.nouns import PEOPLE, plural_head, plural_part, singular

MeasureKind = Literal["stock", "flow", "cumulative", "share", "level"]
HELD, RECOGNISED, ARRESTED = "held", "recognised", "arrested"
_DETAINED = "detained"  # arrested, or held: which it is stands in other words
_LONGEST = 5  # words of a phrase in the lexicon


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure as the lexicon reads it: `head` counted, in a `state`, `part` of it; `rest` its other words.

    `kind` is None where nobody can tell how its numbers run.
    """

    head: str
    state: str | None
    part: str | None
    rest: frozenset[str]
    unit: str
    kind: MeasureKind | None

    @property
    def key(self) -> str | None:
        """What figures of one measure share. Of persons in a state the other words are circumstances.

        None where the words say too little to tell any two measures of theirs apart.
        """
        if self.state is None and not self.rest:
            return None
        if self.state is None:
            return "|".join(("words", " ".join(sorted(self.rest)), self.unit))
        return "|".join((self.head, self.state, self.part or "", self.unit))

    @property
    def name(self) -> str:
        """The measure in words: `political prisoners held`, `women killed`."""
        if self.state is None:
            return self.head
        head = plural_head(self.head)
        counted = f"{self.part} among {head}" if self.part and head != PEOPLE else self.part
        return f"{counted or head} {self.state}"


def measured(
    measure: str,
    unit: str,
    *,
    relation: str = "value",
    since: bool = False,
    whole: Measured | None = None,
    standing: bool = False,
) -> Measured:
    """Read a figure's measure and unit.

    Args:
        measure: what is measured, in the source's words, without its place.
        unit: the noun counted, or the unit.
        relation: of the claim; a change or a ratio is never the measure itself.
        since: whether the figure is told of a time with a beginning and no end, "since 2020": then those
            called held or recognised are all who ever were.
        whole: the measure of which this is stated to be a part: "including 168 women" are women among those.
        standing: whether it is told what they are at its time: those recognised as prisoners are held, and so
            are those detained.
    """
    words = folded_name(measure).split()
    counted = list(dropwhile(_functions().__contains__, folded_name(unit).split()))
    if not _is_unit(unit) and (
        told := [word for word in counted if word in words or word not in _demonyms()]
    ):
        # "911 Kenyan clinics" in Kenya: the adjective is the figure's place, and none of its measure
        unit, counted = (" ".join(told) if len(told) < len(counted) else unit), told
    states = _of_those(words, counted) or _states([*words, "|", *counted])
    if RECOGNISED in states and (
        _is_said_held([*words, "|", *counted]) or (standing and not since and HELD in states)
    ):
        states.remove(RECOGNISED)  # "recognised as imprisoned on political grounds"
    if _DETAINED in states:
        called_so = {_DETAINED, *read_words("counted_people", role="held")}  # "300 detained journalists"
        is_status = bool(called_so & set(counted)) or (standing and not since)
        states = _told_of(states, HELD if is_status else ARRESTED)
    head, part, is_held = _head(counted or list(dropwhile(_empty_words().__contains__, words)), words)
    state = _state(states, is_held=is_held, since=since)
    if whole is not None and whole.state and part and state in (None, HELD, whole.state):
        head, state = whole.head, whole.state
    elif whole is not None and state is not None and part is None and not head and whole.head != PEOPLE:
        head = whole.head if _is_of_persons(whole.state) else head  # "3,200 prisoners, 980 of whom died"
    people = _is_of_persons(state)
    if relation != "value" or _is_unit(unit) or (state is not None and not people and not head):
        state = None  # only what is counted can be in a state; an age or a share of those killed is neither
    if state is None:
        name = " ".join(word for word in words if word not in _functions()) or unit
        rest = frozenset(singular(word) for word in words + counted) - _empty_words()
        return Measured(name, None, None, rest, _unit_key(unit, relation), _kind_of_unit(unit))
    rest = frozenset(singular(word) for word in words) - _empty_words()
    kind: MeasureKind = _row(state)["kind"]  # type: ignore[assignment]
    return Measured(head or PEOPLE, state, part, rest, PEOPLE if people else _unit_key(unit, relation), kind)


def reason(measure: str, unit: str, what: Measured, *, is_part: bool = False) -> str:
    """Why a figure told in these words is of the measure that they were read as, in a sentence.

    `is_part` tells that it is stated to be a part of another figure.
    """
    if what.key is None:
        return "its words tell it from no other measure: it stands alone until somebody joins it"
    if what.state is None:
        rest = ", ".join(f"“{word}”" for word in sorted(what.rest))
        return f"the words {rest}, counted in {what.unit}" if rest else f"counted in {what.unit}"
    words = [*folded_name(measure).split(), "|", *folded_name(unit).split()]
    named = {what.state} | ({_DETAINED} if what.state in (HELD, ARRESTED) else set())
    phrases = dict.fromkeys(phrase for phrase, state in _named_states(words) if state in named)
    told = " and ".join(f"“{phrase}”" for phrase in phrases)
    if not told:
        told = "the whole that it is a part of" if is_part else "what those counted are called"
    whom = PEOPLE if what.head == PEOPLE else f"“{what.head}”"
    return f"of {f'{what.part} among {whom}' if what.part else whom}: {what.state}, by {told}"


def begins_state(words: list[str]) -> bool:
    """Whether words begin with a phrase that names a state: "political prisoners in Latvia"."""
    found = _named_states(words[:_LONGEST])
    return bool(found) and " ".join(words).startswith(found[0][0])


def part_named(noun: str) -> str | None:
    """The part of people that a counted noun names, in one form: `women` of "168 women"."""
    last = folded_name(noun).split()[-1:]
    return plural_part(last[0]) if last and last[0] in read_words("counted_people", role="part") else None


def _state(found: Iterable[str], *, is_held: bool, since: bool) -> str | None:
    """The one state that a figure is of: what was done to those who are held goes before their being held."""
    states = [state for state in found if state != HELD]
    if RECOGNISED in states and len(states) == 1:
        return RECOGNISED
    states = [state for state in states if state != RECOGNISED]
    if states:
        return states[0]
    if HELD in found or is_held:
        return RECOGNISED if since else HELD
    return None


def _of_those(words: list[str], counted: list[str]) -> list[str]:
    """The states told of those who are called by another one: of "injured people that died" killed."""
    if len(counted) < 2 or not _states(counted[:-1]) or _states(counted[-1:]):
        return []
    at = next((i for i in range(len(words)) if words[i : i + len(counted)] == counted), None)
    if at is None:
        return []
    told = [*words[:at], "|", *words[at + len(counted) :]]
    return [state for state in _states(told) if state not in (HELD, RECOGNISED)]


def _told_of(states: Iterable[str], detained: str) -> list[str]:
    """The states with that of those detained; what else was done to them goes before it."""
    others = [state for state in states if state not in (_DETAINED, HELD)]
    return others or [detained]


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    return {
        tuple(folded_name(phrase).split()): row["state"]
        for row in read_table("measure_states")
        for phrase in row["words"].split("|")
    }


def _is_of_persons(state: str | None) -> bool:
    return state is not None and _row(state)["persons"] == "yes"


def _is_said_held(words: list[str]) -> bool:
    """Whether the words say that somebody is held, rather than calling him a prisoner."""
    nouns = read_words("counted_people", role="held")
    return HELD in _states(["|" if word in nouns else word for word in words])


@cache
def _row(state: str) -> dict[str, str]:
    return next(dict(row) for row in read_table("measure_states") if row["state"] == state)


def _states(words: list[str]) -> list[str]:
    """The states named, in order, the longest phrase at each word."""
    return [state for _, state in _named_states(words)]


def _named_states(words: list[str]) -> list[tuple[str, str]]:
    """The phrases that name a state, and which, in order, the longest phrase at each word."""
    found, i = [], 0
    while i < len(words):
        for length in range(min(_LONGEST, len(words) - i), 0, -1):
            state = _phrases().get(tuple(words[i : i + length]))
            if state:
                found.append((" ".join(words[i : i + length]), state))
                i += length - 1
                break
        i += 1
    return found


def _head(counted: list[str], words: list[str]) -> tuple[str, str | None, bool]:
    """Who or what is counted ("" for any persons), which part of them, and whether it says they are held."""
    roles = {row["word"]: row["role"] for row in read_table("counted_people")}
    noun = counted[: counted.index("of")] if "of" in counted[1:] else counted
    last = noun[-1] if noun else ""
    role = roles.get(last)
    held = _held_name(words) or _held_name(counted)
    if role == "held":
        named = words[-1] if words and words[-1] not in counted else ""  # "140 of the prisoners are women"
        part = plural_part(named) if roles.get(named) == "part" else None
        at = [i for i, word in enumerate(words) if word == last]
        of = "" if "of" in counted else next((_of_what(words[i + 1 :]) for i in at), "")
        return _counted(noun, counted) + of, part, True
    if role == "part":
        return held, plural_part(last), bool(held)
    if role == "any" or last in {word for phrase in _phrases() for word in phrase}:
        return held, None, bool(held)
    return _counted([word for word in noun if word not in _empty_words()], counted), None, False


def _counted(noun: list[str], counted: list[str]) -> str:
    """The noun in the singular with what it is of: "prisoner of conscience"."""
    of = counted[counted.index("of") :] if "of" in counted[1:] else []
    return " ".join([singular(word) for word in noun] + of)


def _of_what(after: list[str]) -> str:
    """What those held are prisoners of, where the unit leaves it out: " of conscience", " of war"."""
    of = after[1] if after[:1] == ["of"] and len(after) > 1 else ""
    return f" of {of}" if of in _grounds() else ""


def _held_name(words: list[str]) -> str:
    """The name of those held with the word before it: "political prisoner" of "as political prisoners"."""
    held = read_words("counted_people", role="held")
    for i, word in enumerate(words):
        if word in held:
            before = words[i - 1] if i and words[i - 1] not in _empty_words() | _anybody() else ""
            return f"{before} {singular(word)}{_of_what(words[i + 1 :])}".strip()
    if _is_said_held(words):
        said = f" {' '.join(words)} "
        rows = read_table("held_names")
        return next(
            (row["name"] for row in rows for why in row["words"].split("|") if f" {why} " in said), ""
        )
    return ""


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("measure_words"))


@cache
def _demonyms() -> frozenset[str]:
    rows = read_table("countries")
    return frozenset(
        folded_name(word) for row in rows for word in row["demonyms"].split("|") if " " not in word
    )


@cache
def _grounds() -> frozenset[str]:
    """What people are named prisoners of: conscience, war."""
    names = (row["name"].partition(" of ")[2] for row in read_table("held_names"))
    return frozenset(names) - {""}


@cache
def _anybody() -> frozenset[str]:
    return read_words("counted_people", role="any")


@cache
def _functions() -> frozenset[str]:
    return read_words("measure_words", role="function")


def _unit_key(unit: str, relation: str) -> str:
    key = " ".join(singular(word) for word in folded_name(unit).split()) or unit
    return key if relation == "value" else f"{relation} {key}"


@cache
def _units() -> frozenset[str]:
    return frozenset(
        row[column]
        for row in read_table("units")
        for column in ("name", "singular")
        if row["kind"] != "count"
    )


def _is_unit(unit: str) -> bool:
    """Whether the unit is one of measurement, money or share, rather than a noun that is counted."""
    return unit in _units() or unit == "share" or " per " in unit or (len(unit) == 3 and unit.isupper())


def _kind_of_unit(unit: str) -> MeasureKind | None:
    if unit in ("%", "share"):
        return "share"
    return "level" if " per " in f" {unit} " else None

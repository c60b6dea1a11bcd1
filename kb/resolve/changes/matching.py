"""What was added, dropped and changed between the facts of two readings. Pure.

Of one text, facts are told by their uid: the same words. Of two texts, a fact is the same where its
sentence stands in both; where that is gone, a fact with the same reading is the same fact reworded,
and of the others those of one measure or happening, or in like sentences, are one that changed. The
words of the older text stay where they were: nothing is moved to a sentence that looks alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from kb.resolve.changes.stated import Stated
from kb.resolve.keys.measures import measured
from kb.resolve.keys.names import folded_name
from kb.resolve.texts.takes import runs

_ALIKE = 0.4  # share of runs of three words, numbers aside, from which two sentences tell one thing
_COMMON = 20  # sentences with one run beyond which it tells nothing
_WHEN = ("date", "earliest", "latest", "date_basis")

Pair = tuple[Stated, Stated]


@dataclass(frozen=True, slots=True)
class Matched:
    """Facts of an older and a newer reading, each in order of its text."""

    kept: tuple[Pair, ...]
    changed: tuple[Pair, ...]
    dropped: tuple[Stated, ...]
    added: tuple[Stated, ...]


def fields_changed(before: Stated, after: Stated) -> tuple[str, ...]:
    """What was read otherwise; `quote` where of the same words another sentence was read."""
    fields = [name for name, value in before.reading.items() if after.reading[name] != value]
    moved = before.uid == after.uid and _sentence(before) != _sentence(after)
    return (*fields, *(["quote"] if moved else []))


def match_by_uid(before: Iterable[Stated], after: Iterable[Stated]) -> Matched:
    """Two readings of one text."""
    pairing = _Pairing(before, after)
    pairing.by(lambda fact: (fact.kind, fact.uid))
    return pairing.result(lambda before, after: not fields_changed(before, after))


def match_by_words(before: Iterable[Stated], after: Iterable[Stated]) -> Matched:
    """Readings of two texts of one article. Of a name, its first mention stands for all."""
    pairing = _Pairing(_each_name_once(before), _each_name_once(after))
    pairing.by(lambda fact: (fact.kind, _reading(fact), fact.in_quote))
    pairing.by(lambda fact: (fact.kind, fact.in_quote))
    pairing.by(lambda fact: (fact.kind, _reading(fact)))
    pairing.by_likeness()
    return pairing.result(lambda before, after: _reading(before) == _reading(after))


def _each_name_once(facts: Iterable[Stated]) -> list[Stated]:
    seen: set[tuple[str, str]] = set()
    found = []
    for fact in facts:
        if fact.kind == "name":
            name = (fact.reading["kind"], fact.reading["name"])
            if name in seen:
                continue
            seen.add(name)
        found.append(fact)
    return found


def _reading(fact: Stated) -> Hashable:
    """What was read; of a name, who it is: which mention comes first, and what it is put for, is no fact."""
    if fact.kind == "name":
        return fact.reading["kind"], fact.reading["name"]
    return tuple(fact.reading.values())


def _sentence(fact: Stated) -> tuple[int, int]:
    return fact.quote_start, fact.quote_end


class _Pairing:
    """Two lists of facts on their way into pairs: each fact is in one pair at most."""

    def __init__(self, before: Iterable[Stated], after: Iterable[Stated]) -> None:
        self._before, self._after = list(before), list(after)
        self._pairs: list[Pair] = []

    def by(self, key: Callable[[Stated], Hashable]) -> None:
        """Pair those that share a key, in order."""
        waiting: dict[Hashable, list[Stated]] = defaultdict(list)
        for fact in reversed(self._after):
            waiting[key(fact)].append(fact)
        for fact in self._before:
            if candidates := waiting.get(key(fact)):
                self._pairs.append((fact, candidates.pop()))
        self._take_away()

    def by_likeness(self) -> None:
        """Pair figures and events that tell one thing otherwise, the likest first."""
        scored = sorted(_candidates(self._before, self._after), key=lambda scored: -scored[0])
        taken: set[int] = set()
        for _, before, after in scored:
            if id(before) not in taken and id(after) not in taken:
                taken |= {id(before), id(after)}
                self._pairs.append((before, after))
        self._take_away()

    def _take_away(self) -> None:
        taken = {id(fact) for pair in self._pairs for fact in pair}
        self._before = [fact for fact in self._before if id(fact) not in taken]
        self._after = [fact for fact in self._after if id(fact) not in taken]

    def result(self, same: Callable[[Stated, Stated], bool]) -> Matched:
        """What was paired, as the same or as changed, and what is left."""
        pairs = sorted(self._pairs, key=lambda pair: (pair[1].kind, pair[1].start_char))
        return Matched(
            kept=tuple(pair for pair in pairs if same(*pair)),
            changed=tuple(pair for pair in pairs if not same(*pair)),
            dropped=tuple(self._before),
            added=tuple(self._after),
        )


def _candidates(before: Sequence[Stated], after: Sequence[Stated]) -> list[tuple[float, Stated, Stated]]:
    """Pairs of facts that may be one, with how much speaks for it."""
    found: dict[tuple[int, int], tuple[float, Stated, Stated]] = {}
    for keys, worth in ((_topic, 1.0), (_sentence_runs, 0.0)):
        by_key: dict[Hashable, list[Stated]] = defaultdict(list)
        for fact in after:
            for key in keys(fact):
                by_key[key].append(fact)
        for fact in before:
            for key in keys(fact):
                others = by_key.get(key, ())
                for other in others if len(others) <= _COMMON else ():
                    alike = _likeness(fact, other)
                    if (fact_pair := (id(fact), id(other))) not in found and (worth or alike >= _ALIKE):
                        found[fact_pair] = (alike + worth, fact, other)
    return list(found.values())


def _topic(fact: Stated) -> list[Hashable]:
    """What a figure or an event is of, whatever it says of it: the measure, the place and the time."""
    said = fact.reading
    if fact.kind == "figure":
        what = measured(said["measure"], said["unit"], relation=said["relation"]).key
        where = folded_name(said["place"] or "")
        told = what and (where or said["date"])  # the measure alone may be of anything
        return [(fact.kind, what, where, said["relation"], *(said[name] for name in _WHEN))] if told else []
    return [(fact.kind, folded_name(said["title"]), said["stance"])] if fact.kind == "event" else []


def _sentence_runs(fact: Stated) -> list[Hashable]:
    """The runs of words of the sentence; of a figure with its unit, for a sentence may hold several."""
    if fact.kind == "name":
        return []
    of = fact.reading["unit"] if fact.kind == "figure" else fact.words
    return [(fact.kind, of, run) for run in runs(fact.quote)]


def _likeness(a: Stated, b: Stated) -> float:
    """The share of the runs of two sentences that are in both, numbers aside."""
    runs_a, runs_b = runs(a.quote), runs(b.quote)
    return len(runs_a & runs_b) / (len(runs_a | runs_b) or 1)

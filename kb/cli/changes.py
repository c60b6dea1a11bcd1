"""Changes of facts on the screen: a mark, what it is of, both values, and the words that say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from kb.resolve import FactChange

_MARKS = {"added": "+", "changed": "~", "dropped": "-"}
_THROUGH = {"publisher": "", "person": ""}


def lines_of(changes: Iterable[FactChange]) -> Iterator[str]:
    """Lines for eyes: of each change what and why, then the quotes of the revisions that they stand in."""
    for change in changes:
        why = _THROUGH.get(change.through, f"  [{change.through}]")
        yield f"  {_MARKS[change.what]} {change.kind} {change.about}: {_values(change)}{why}"
        before = change.before.quote if change.before else None
        after = change.after.quote if change.after else None
        if before is not None and before != after:
            yield f"      was “{before}”"
        if after is not None:
            yield f"      {'now ' if before not in (None, after) else ''}“{after}”"


def counted(changes: Iterable[FactChange]) -> str:
    """How many appeared, changed and vanished: `+2 ~1 -3`."""
    made = Counter[str](change.what for change in changes)
    return " ".join(f"{mark}{made[what]}" for what, mark in _MARKS.items())


def _values(change: FactChange) -> str:
    values = [fact.value or "-" for fact in (change.before, change.after) if fact is not None]
    if len(set(values)) > 1:
        return " → ".join(values)
    return f"{values[0]} ({', '.join(change.fields)})" if change.fields else values[0]

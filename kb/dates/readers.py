"""The readers that the table of rules names, and the one entry: a match and its context -> a reading."""

from __future__ import annotations

from collections.abc import Callable

from kb.dates import absolute, clock, counted, durations, eras, ranges, references, relative, seasons, within
from kb.dates.reading import Context, Match, Reading

Reader = Callable[[Match, Context], Reading | None]

READERS: dict[str, Reader] = {
    name: function
    for module in (absolute, clock, counted, durations, eras, ranges, references, relative, seasons, within)
    for name, function in vars(module).items()
    if name.startswith("read_")
}


def read(reader: str, match: Match, context: Context) -> Reading | None:
    """What the words mean in their context, or None where they are no time after all."""
    return READERS[reader](match, context)

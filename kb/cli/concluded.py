"""How assessments look."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from kb.cli.layouts import HIT, QUIET
from kb.cli.show import Column, Layout
from kb.query import Assessment, Series


def told(line: Series) -> Iterator[str]:
    """What people concluded on a series, a line each, and what has changed since."""
    for one in line.assessments:
        provisional = ", provisional" if one.provisional else ""
        yield f"concluded by {one.by}, {one.date}: {one.value}{provisional} ({one.rule}); {one.uid}"
        yield from (f"  stale: {reason}" for reason in one.stale)


def _figure(row: Assessment) -> Text:
    text = Text(row.value, "strike" if row.withdrawn else HIT).append(
        f"\n{row.heading or 'series gone'}", "default"
    )
    notes = ["provisional" if row.provisional else "", "taken back" if row.withdrawn else ""]
    return text.append("".join(f"\n{note}" for note in notes if note), QUIET)


def _why(row: Assessment) -> Text:
    text = Text(row.rule).append(f"\n{len(row.used)} used, {len(row.set_aside)} set aside", QUIET)
    for reason in row.stale:
        text.append(f"\nstale: {reason}", HIT)
    return text.append(f"\n{row.note}", QUIET) if row.note else text


ASSESSMENTS: Layout[Assessment] = Layout(
    (
        Column("when", lambda row: Text(row.date or "-")),
        Column("concluded", _figure, 2),
        Column("why", _why, 3),
        Column("by", lambda row: Text(f"{row.by}\n{row.recorded_at[:16]}\n{row.uid}", QUIET), 1),
    ),
    (
        *("heading", "date", "low", "best", "high", "unit", "rule", "provisional", "stale"),
        *("used", "set_aside", "by", "recorded_at", "withdrawn", "note", "series", "uid"),
    ),
    "Nothing was concluded.",
)

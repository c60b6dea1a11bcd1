"""An event as its reports describe it together: its time, its line, its kind, its place. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kb.resolve.keys.reports import PRONOUNS

Description = Mapping[str, str | None]
_LINE = 50  # characters of a title that tells something and fits a line
_INTERVAL = ("date", "earliest", "latest", "date_basis")


def described_by(reports: Iterable[Description]) -> Description:
    """An event as its reports describe it together, in whatever order and in whatever parts they come.

    Its interval is the narrowest that a report gives it, its title the one that best makes a line, its
    place the one told in most words.
    """
    everyone = list(reports)
    interval = min(everyone, key=_precision)
    return {
        **{name: interval[name] for name in _INTERVAL},
        "title": min((report["title"] or "" for report in everyone), key=_title_order),
        "kind": min((report["kind"] for report in everyone if report["kind"]), key=_kind_order, default=None),
        "place": min((report["place"] for report in everyone if report["place"]), key=_longest, default=None),
    }


def _kind_order(kind: str) -> tuple[bool, str]:
    """Who was killed has died, too."""
    return kind == "died", kind


def _title_order(title: str) -> tuple[bool, int, str]:
    """The one that best makes a line, one that begins with a pronoun only where there is no other."""
    return title.split(" ", 1)[0].lower() in PRONOUNS, abs(len(title) - _LINE), title


def _longest(words: str) -> tuple[int, str]:
    return -len(words), words


def _precision(report: Description) -> tuple[object, ...]:
    """The narrower interval first, one with an open or unknown end last; the rest only settles ties."""
    earliest, latest = report["earliest"], report["latest"]
    days = (date.fromisoformat(latest) - date.fromisoformat(earliest)).days if earliest and latest else None
    return days is None, days or 0, *(report[name] or "" for name in _INTERVAL)

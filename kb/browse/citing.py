"""A fact as it is cited, and the bounds of a figure as a reader writes them."""

from __future__ import annotations

from typing import Any

from kb.browse.links import words_on
from kb.query import Figure

_BOUNDS = {"=": "exactly {}", "~": "about {}", ">": "more than {}", ">=": "at least {}"}
_BOUNDS |= {"<": "less than {}", "<=": "at most {}", "between": "between {} and {}"}


def cited(fact: Any) -> str:
    """How a figure, a report or a name is cited: its words, where and when they stand, a link to them."""
    parts = [
        f"“{fact.quote}”",
        fact.title,
        fact.publisher if hasattr(fact, "publisher") else None,
        fact.published,
        words_on(fact.url, fact.quote) or fact.url or getattr(fact, "cites_url", None),
    ]
    return ", ".join(part for part in parts if part)


def bounds(figure: Figure) -> str:
    """The number of a figure with its comparator in words: `at least 5`, `between 1 and 1.5`."""
    ends = [_number(end) for end in (figure.low, figure.high) if end is not None]
    form = _BOUNDS[figure.comparator]
    return form.format(*(ends if figure.comparator == "between" else ends[:1]))


def _number(value: float) -> str:
    return f"{value:,.15g}"

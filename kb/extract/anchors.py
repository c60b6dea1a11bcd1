"""What a relative time counts from: the day of publication, or the time that the text spoke of last."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.dates.periods import Period
from kb.dates.reading import Context, Match, Order, Reading
from kb.extract.document import Document
from kb.lexicon import read_table
from kb.model.values import Article

_DEICTIC = ("TODAY", "TONIGHT", "WEEKDAY")
_YEARS = ("YEAR", "YEARS", "ERA")
_NARRATIVE_SHARE = 3  # so many stated years of other times for each "today" or weekday
_NARRATIVE_YEARS = 5


@dataclass(slots=True)
class Story:
    """The running state of a text: its publication, and the time that it spoke of last."""

    document: Document
    narrative: bool
    before_christ: bool
    anchor: Period | None = None
    quarter: Period | None = None

    def context(self, tense: int, order: Order | None) -> Context:
        """What is known where the words stand."""
        return Context(
            published=self.document.published,
            anchor=self.anchor,
            tense=tense,
            narrative=self.narrative,
            order=order,
            before_christ=self.before_christ,
            quarter=self.quarter,
        )

    def told(self, reading: Reading) -> None:
        """Remember the time that was read."""
        if reading.period is None or reading.type not in ("DATE", "TIME"):
            return
        self.anchor = reading.period
        if reading.period.grain == "quarter" and self.quarter is None:
            self.quarter = reading.period


def story_of(document: Document, matches: list[tuple[str, Match]]) -> Story:
    """Whether the text tells of other times than its own: many stated years, few weekdays and "today"."""
    now = document.published.year if document.published else 0
    deictic = sum(match.has(*_DEICTIC) for _, match in matches)
    years = [token for _, match in matches for token in match.tokens if token.kind in _YEARS]
    other = sum(1 for token in years if not token.text[:4].isdigit() or abs(int(token.text[:4]) - now) > 1)
    before_christ = sum(token.kind == "ERA" and token.value == "-1" for token in years) > 2
    narrative = before_christ or (other >= _NARRATIVE_YEARS and other >= _NARRATIVE_SHARE * deictic)
    return Story(document, narrative, before_christ)


def numeric_order(article: Article) -> Order | None:
    """How the publisher's country writes 3/4/2026: by the country code of the URL, else unknown."""
    host = re.match(r"https?://([^/:]+)", article.url or "")
    if not host:
        return None
    code = host[1].rsplit(".", 1)[-1].lower()
    for row in read_table("date_orders"):
        if code in row["domains"].split():
            return "MDY" if row["order"] == "MDY" else "DMY"
    return None

"""What came of asking for a page again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from kb.read.documents.corrections import Notice
from kb.resolve import Changes, FactChange
from kb.resolve.changes.stated import Stated

Outcome = Literal["unchanged", "changed", "first", "gone", "failed"]
OUTCOMES: tuple[Outcome, ...] = ("changed", "gone", "first", "unchanged", "failed")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of asking for one page again.

    `outcome` is "changed" where the publisher changed the text, the title, the day or the authors, or
    says of a correction; "first" where the page itself was had for the first time, after what a user
    gave of it; "gone", "unchanged" or "failed". `moved_to` is where the page permanently moved since;
    `corrections` are the notices that are new; `gone_before` says that it was gone the last time.
    """

    uid: str
    url: str
    title: str | None
    outcome: Outcome
    changes: Changes | None = None
    corrections: tuple[Notice, ...] = ()
    moved_to: str | None = None
    reason: str | None = None
    gone_before: bool = False

    @property
    def is_news(self) -> bool:
        """Whether somebody should look: it changed, says that it was corrected, moved, or is gone since."""
        gone = self.outcome == "gone" and not self.gone_before
        return self.outcome == "changed" or gone or self.moved_to is not None

    @property
    def facts(self) -> tuple[FactChange, ...]:
        """The facts that the publisher changed, added or dropped."""
        facts = self.changes.facts if self.changes is not None else ()
        return tuple(change for change in facts if change.through == "publisher")


def plain_refreshed(one: Refreshed) -> dict[str, Any]:
    """What came of a page as plain data: see docs/json.md."""
    changes = one.changes
    return {
        "uid": one.uid,
        "url": one.url,
        "title": one.title,
        "outcome": one.outcome,
        "news": one.is_news,
        "moved_to": one.moved_to,
        "reason": one.reason,
        "corrections": [{"kind": notice.kind, "words": notice.words} for notice in one.corrections],
        "text_changed": changes is not None and changes.text,
        "metadata_changed": list(changes.metadata) if changes is not None else [],
        "facts": [_plain_change(change) for change in one.facts],
    }


def _plain_change(change: FactChange) -> dict[str, Any]:
    return {
        "what": change.what,
        "kind": change.kind,
        "about": change.about,
        "fields": list(change.fields),
        "before": _plain_fact(change.before),
        "after": _plain_fact(change.after),
    }


def _plain_fact(fact: Stated | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    return {"uid": fact.uid, "value": fact.value, "phrase": fact.words, "quote": fact.quote, **fact.reading}

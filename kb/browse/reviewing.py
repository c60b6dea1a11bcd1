"""The pages of those who judge facts: what waits for them, and a fact with all that was decided of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.browse.judging import FIELDS
from kb.browse.page import Asked, Page
from kb.errors import UsageError
from kb.knowledge import KnowledgeBase
from kb.query import Pending

AT_ONCE = 20  # facts of the queue on a page


def queue(base: KnowledgeBase, asked: Asked) -> Page:
    """What people judge differently, then what nobody reviewed: in conflict, uncertain, the rest."""
    kind, place, url = (asked.get(name) for name in ("kind", "place", "url"))
    given = {"kind": kind, "place": place, "url": url}
    values: dict[str, Any] = {"title": "Review", "words": asked.get("q"), "given": given, "items": ()}
    words = asked.get("q")
    try:
        # What is in conflict comes first. What people differ on may be none of what is asked for.
        uids = set(base.clashing(words, place=place, url=url, by=asked.reviewer, limit=AT_ONCE + 1))
        if len(uids) <= AT_ONCE or any((kind, place, url, words)):
            uids.update(base.waiting(words, place=place, url=url, kind=kind, limit=AT_ONCE + 1))
        found: Sequence[Pending] = ()
        if uids:
            found = base.review(
                words, kind=kind, place=place, url=url, uids=uids, by=asked.reviewer, limit=AT_ONCE + 1
            )
    except UsageError as error:
        return Page("review.html", values | {"wrong": str(error)}, status=400)
    items = [(item, fields(item)) for item in found[:AT_ONCE]]
    return Page("review.html", values | {"items": items, "more": len(found) > AT_ONCE})


def fact(base: KnowledgeBase, asked: Asked) -> Page:
    """One fact as it reads now, with what was read and decided of it, in order."""
    (item,) = base.review(uids=[asked.uid])
    values = {"item": item, "fields": fields(item), "entries": base.decided(asked.uid)}
    return Page("fact.html", {"title": f"“{item.phrase}”"} | values)


def fields(item: Pending) -> list[tuple[str, str]]:
    """What can be corrected of a fact, each with how it reads now."""
    return [(name, str(item.reading[name] or "")) for name in FIELDS[item.kind]]

"""What a form of a page asks to be decided, and the one decision that it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kb.browse.page import Asked
from kb.errors import UsageError
from kb.knowledge import KnowledgeBase

FIELDS: Mapping[str, tuple[str, ...]] = {
    "figure": ("value", "unit", "measure", "date", "place", "speaker", "stance", "voice"),
    "event": ("title", "kind", "date", "place", "stance"),
    "name": ("name", "kind"),
}
_READING: Mapping[str, tuple[str, ...]] = {
    "figure": ("value", "unit", "measure", "date", "place", "speaker"),
    "event": ("title", "event_kind", "date", "place", "who"),
    "name": ("name", "name_kind"),
}


def judge(base: KnowledgeBase, asked: Asked, by: str) -> str:
    """Append what is asked, under a name; what was decided, in words.

    Raises:
        UsageError: it cannot be decided, or nothing is asked.
        StoreError: the base cannot be written.
    """
    verdict = asked.get("verdict") or ""
    if verdict not in _VERDICTS:
        raise UsageError(f"no verdict {verdict!r}: {', '.join(_VERDICTS)}")
    return _VERDICTS[verdict](base, asked, by)


def _accept(base: KnowledgeBase, asked: Asked, by: str) -> str:
    base.accept(asked.needed("fact"), by=by, note=asked.get("note"))
    return "Accepted."


def _reject(base: KnowledgeBase, asked: Asked, by: str) -> str:
    base.reject(asked.needed("fact"), by=by, note=asked.get("note"))
    return "Rejected."


def _correct(base: KnowledgeBase, asked: Asked, by: str) -> str:
    """What stands otherwise in the form than it was shown is corrected, and nothing else."""
    fields = {name for kind in FIELDS.values() for name in kind}
    said = {name: asked.get(name) for name in sorted(fields) if name in asked.parameters}
    changed = {name: words for name, words in said.items() if words != asked.get(f"was.{name}")}
    if not changed:
        raise UsageError("nothing was changed in the form: change what reads wrong")
    base.correct(asked.needed("fact"), changed, by=by, note=asked.get("note"))
    return f"Corrected: {', '.join(changed)}."


def _undo(base: KnowledgeBase, asked: Asked, by: str) -> str:
    uid = asked.needed("answer")
    if asked.get("of") == "decision":
        base.withdraw_decision(uid, by=by)
    else:
        base.undo(uid, by=by)
    return "Taken back."


def _same(base: KnowledgeBase, asked: Asked, by: str) -> str:
    base.same(asked.needed("a"), asked.needed("b"), by=by, note=asked.get("note"))
    return "They are one now."


def _different(base: KnowledgeBase, asked: Asked, by: str) -> str:
    base.different(asked.needed("a"), asked.needed("b"), by=by, note=asked.get("note"))
    return "They are kept apart."


def _add(base: KnowledgeBase, asked: Asked, by: str) -> str:
    kind = asked.get("kind") or "figure"
    reading: dict[str, Any] = {name: asked.get(name) for name in _READING.get(kind, ())}
    if reading.get("who"):
        reading["who"] = [name.strip() for name in reading["who"].split(";") if name.strip()]
    at = asked.get("at")
    if at is not None and not (at.isascii() and at.isdigit()):
        raise UsageError(f"{at!r} is no place in a text: give the number of the first character")
    added = base.add(
        asked.needed("article"),
        asked.needed("quote"),
        kind,  # type: ignore[arg-type]  # another one is refused with those that there are
        at=None if at is None else int(at),
        by=by,
        note=asked.get("note"),
        **reading,
    )
    return f"Added: {added.kind} “{added.words}”."


_VERDICTS: Mapping[str, Callable[[KnowledgeBase, Asked, str], str]] = {
    "accept": _accept,
    "reject": _reject,
    "correct": _correct,
    "undo": _undo,
    "same": _same,
    "different": _different,
    "add": _add,
}

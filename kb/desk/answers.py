"""Many answers at once, as a script writes them: all are appended, or none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kb.desk.reviews import Reviewed, accept, correct, reject, undo
from kb.errors import UsageError
from kb.store import Store

_VERDICTS = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "undo": "withdrawn"}
_SKIP = ("skip", "skipped", None)
_WORDS = ("uid", "note", "by")


def parsed_answers(text: str, where: str) -> list[dict[str, Any]]:
    """The answers in JSON lines, or in one JSON list; `where` names the source in messages.

    Raises:
        UsageError: a line is no JSON object.
    """
    if text.lstrip().startswith("["):
        pieces = [(where, text)]
    else:
        pieces = [(f"{where}, line {i}", line) for i, line in enumerate(text.splitlines(), 1) if line.strip()]
    found: list[dict[str, Any]] = []
    for at, piece in pieces:
        try:
            value = json.loads(piece)
        except ValueError as error:
            raise UsageError(f"{at}: no JSON: {error}") from error
        rows = value if isinstance(value, list) else [value]
        for number, row in enumerate(rows, 1):
            place = f"{at}, item {number}" if isinstance(value, list) else at
            if not isinstance(row, dict):
                raise UsageError(f"{place}: no JSON object: write one with uid and verdict")
            found.append({**row, "at": place})
    return found


def answer(store: Store, answers: Iterable[Mapping[str, Any]], *, by: str | None = None) -> list[Reviewed]:
    """Append answers in order: each has a `uid`, a `verdict`, and as it needs `corrections`, `note`, `by`.

    Verdicts are accept, reject, correct, undo and skip (or accepted and so on); `alone` is for one mention
    of a name. Other keys are passed over, so that what `pending` gave can be sent back with verdicts in
    it. In one transaction: where one is wrong, none is stored.

    Raises:
        UsageError: one of them cannot be; the message says which.
        StoreError: the base cannot be written.
    """
    made: list[Reviewed] = []
    with store.transaction():
        for number, line in enumerate(answers, 1):
            try:
                found = _one(store, line, by)
            except UsageError as error:
                raise UsageError(
                    f"{line.get('at') or f'answer {number}'}: {error}; nothing is stored"
                ) from error
            if found is not None:
                made.append(found)
    return made


def _one(store: Store, line: Mapping[str, Any], by: str | None) -> Reviewed | None:
    uid, note, who = (line.get(name) for name in _WORDS)
    verdict, corrections = line.get("verdict"), line.get("corrections")
    if not isinstance(uid, str) or not all(value is None or isinstance(value, str) for value in (note, who)):
        raise UsageError("uid, note and by are strings, and uid must be there")
    if verdict in _SKIP:
        return None
    verdict = _VERDICTS.get(verdict, verdict)
    said: dict[str, Any] = {"by": who or by, "note": note}
    if verdict == "withdrawn":
        return undo(store, uid, **said)
    said["alone"] = bool(line.get("alone"))
    if verdict == "corrected":
        if not isinstance(corrections, dict):
            raise UsageError('corrections are missing: write them as {"value": "over 800", "date": "2020"}')
        texts = {name: None if value is None else str(value) for name, value in corrections.items()}
        return correct(store, uid, texts, **said)
    if corrections or verdict not in ("accepted", "rejected"):
        raise UsageError(
            f"no verdict {verdict!r}: say accept, reject, correct (with corrections), undo or skip"
        )
    return (accept if verdict == "accepted" else reject)(store, uid, **said)

"""`kb review`: looking at facts again, by keys in a terminal or by a script."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli import options
from kb.cli.decide import By, Note
from kb.errors import ReadError, UsageError

if TYPE_CHECKING:
    from kb.desk import Reviewed
    from kb.knowledge import KnowledgeBase

Kind = Annotated[str | None, typer.Option(metavar="KIND", help="Only figures, events or names: figure, ...")]
Article = Annotated[
    str | None, typer.Option("--url", metavar="URL", help="Only of the article there; its uid will do.")
]
Uids = Annotated[
    list[str] | None,
    typer.Option("--uid", metavar="UID", help="Just this fact, reviewed or not; repeatable."),
]
Second = Annotated[
    bool, typer.Option("--second", help="What others reviewed and you did not: a second look.")
]
Answers = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Append these verdicts, JSON lines; - for standard input."),
]
Undo = Annotated[
    str | None, typer.Option(metavar="UID", help="Take back an answer, or your last one on this fact.")
]


def review(
    measure: options.Measure = None,
    place: options.Place = None,
    tag: options.Tag = None,
    url: Article = None,
    kind: Kind = None,
    since: options.Since = None,
    until: options.Until = None,
    uids: Uids = None,
    second: Second = False,
    limit: options.Limit = None,
    answers: Answers = None,
    undo: Undo = None,
    by: By = None,
    note: Note = None,
    as_json: options.AsJson = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Look at facts again: accept, reject or correct them, one key an answer.

    Facts that people judge differently come first, unless yours is the last word; then those in conflict,
    uncertain ones, and the rest that nobody looked at. Every answer is kept with your name and can be taken
    back; go on later where you stopped. With --json the list of what there is to review is printed instead;
    send lines back with a verdict in them by --answers:
    {"uid": "...", "verdict": "correct", "corrections": {"value": "over 800"}, "note": "..."}

    \b
    kb review
    kb review "political prisoners" --place Belarus --by Eve
    kb review --kind event --json > events.json
    kb review --answers verdicts.jsonl --by Eve
    kb review --undo 4yqk2c7nmmdbuxko
    """
    from kb.knowledge import KnowledgeBase

    asked = {"place": place, "tag": tag, "url": url, "kind": kind, "since": since, "until": until}
    if answers is not None or undo is not None:
        _append(db, answers, undo, by, note, as_json=as_json)
        return
    if not as_json and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "kb review asks at a terminal, and this is none: list with --json, answer with --answers FILE"
        )
    with KnowledgeBase(db, read_only=as_json) as base:
        rows = base.review(
            measure,
            **asked,
            uids=uids or (),
            second=_who(by) if second else None,
            by=None if as_json and by is None else _who(by),
            limit=limit,
        )
        if as_json:
            typer.echo(rows.to_json())
        else:
            _ask(base, rows, by, note)


def _ask(base: KnowledgeBase, rows: Any, by: str | None, note: str | None) -> None:
    from kb.cli.review_keys import Sitting

    Sitting(base, rows, by=by, note=note).run()


def _append(
    db: str, answers: Path | None, undo: str | None, by: str | None, note: str | None, *, as_json: bool
) -> None:
    from kb.cli.show import show_json
    from kb.desk.answers import parsed_answers
    from kb.knowledge import KnowledgeBase
    from kb.query.answer import plain

    if answers is not None and undo is not None:
        raise UsageError("kb review takes --answers or --undo, not both")
    lines = parsed_answers(_text(answers), str(answers)) if answers is not None else []
    with KnowledgeBase(db) as base:
        made = [base.undo(undo, by=by, note=note)] if undo is not None else base.answer(lines, by=by)
    if as_json:
        show_json([plain(one) for one in made])
    for one in made if not as_json else ():
        typer.echo(f"{one.uid}  {said(one)}")
    typer.echo(f"{len(made)} appended", err=True)


def said(made: Reviewed) -> str:
    """An answer in a line: what was decided on which fact, and what was corrected."""
    what = {"withdrawn": "taken back"}.get(made.verdict, made.verdict)
    fields = ", ".join(f"{field}: {value or 'none'}" for field, value in made.corrections)
    return f"{made.fact} {what}" + (f" ({fields})" if fields else "")


def _text(path: Path) -> str:
    """The answers in a file, or on standard input."""
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from error


def _who(by: str | None) -> str:
    from kb.desk.person import person

    return person(by)


COMMANDS = (review,)

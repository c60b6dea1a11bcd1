"""`kb add`: what the extractor missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import options
from kb.cli.decide import By, Note
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.desk.given import FactKind

Where = Annotated[str, typer.Argument(metavar="URL-OR-UID", help="The article that states it.")]
Quote = Annotated[str, typer.Option(metavar="WORDS", help="The exact words of the text.")]
At = Annotated[
    int | None, typer.Option(metavar="N", help="Where they begin, if they stand there more than once.")
]
Value = Annotated[str | None, typer.Option(metavar="NUMBER", help="A figure: 'over 800', '800-900', '3.5%'.")]
Measure = Annotated[str | None, typer.Option(metavar="WORDS", help="What is measured, in a few words.")]
Unit = Annotated[str | None, typer.Option(metavar="UNIT", help="What is counted: a noun, %, EUR, km.")]
Date = Annotated[str | None, typer.Option(metavar="DATE", help="When: 2020, 2020-08-09, 2022/.., mid-1980s.")]
Speaker = Annotated[str | None, typer.Option(metavar="NAME", help="Who says so.")]
Place = Annotated[str | None, typer.Option(metavar="NAME", help="Where.")]
Stance = Annotated[str | None, typer.Option(metavar="STANCE", help="asserted (unless told), alleged, ...")]
Event = Annotated[str | None, typer.Option(metavar="TITLE", help="An event: what happened, in a few words.")]
Who = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Who took part; repeatable.")]
Name = Annotated[str | None, typer.Option(metavar="NAME", help="A name: in its fullest form.")]
Kind = Annotated[
    str | None,
    typer.Option(metavar="KIND", help="Of an event: died, protest, ...; of a name: person, place, ..."),
]


def add(
    where: Where,
    quote: Quote,
    at: At = None,
    value: Value = None,
    measure: Measure = None,
    unit: Unit = None,
    date: Date = None,
    place: Place = None,
    speaker: Speaker = None,
    stance: Stance = None,
    event: Event = None,
    who: Who = None,
    name: Name = None,
    kind: Kind = None,
    by: By = None,
    note: Note = None,
    as_json: options.AsObject = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Add a figure, an event or a name that kb missed, in the exact words of an article.

    It is a figure, unless --event or --name says otherwise. You are its reader; it stays when the text is
    read again, and is shown once where a later version finds it too. kb review --undo takes it back.

    \b
    kb add https://example.org/a --quote "over 800 political prisoners" --place Belarus --date 2026-06
    kb add https://example.org/a --quote "a dozen" --value 12 --unit people --measure "people held"
    kb add https://example.org/a --quote resigned --event "Jan Kral resigned" --kind resigned --who "Jan Kral"
    kb add https://example.org/a --quote Novak --name "Anna Novak" --kind person
    """
    from kb.cli.show import show_json
    from kb.knowledge import KnowledgeBase
    from kb.query.answer import plain

    figure = {"value": value, "unit": unit, "measure": measure, "speaker": speaker}
    told = {"date": date, "place": place, "stance": stance}
    what: FactKind = "event" if event is not None else "name" if name is not None else "figure"
    _refuse_mixed(what, figure, told, {"--event": event, "--who": who}, name, kind)
    with KnowledgeBase(db) as base:
        said: dict[str, str | list[str] | None] = {**figure, **told} if what == "figure" else {}
        if what == "event":
            said = {**told, "title": event, "event_kind": kind, "who": who}
        elif what == "name":
            said = {"name": name, "name_kind": kind}
        added = base.add(where, quote, what, at=at, by=by, note=note, **said)
    if as_json:
        show_json(plain(added))
    else:
        typer.echo(f"{added.uid}  {added.kind}: {added.words}")


def _refuse_mixed(
    what: FactKind,
    figure: dict[str, str | None],
    told: dict[str, str | None],
    event: dict[str, str | list[str] | None],
    name: str | None,
    kind: str | None,
) -> None:
    """Refuse options that belong to another kind of fact.

    Raises:
        UsageError: there are some.
    """
    wrong = [] if what == "figure" else [f"--{option}" for option, value in figure.items() if value]
    wrong += [f"--{option}" for option, value in told.items() if value] if what == "name" else []
    wrong += [option for option, value in event.items() if value] if what != "event" else []
    wrong += ["--name"] if what == "event" and name else []
    wrong += ["--kind"] if what == "figure" and kind else []
    if wrong:
        raise UsageError(
            f"{' and '.join(wrong)}: that is not said of {'an' if what == 'event' else 'a'} {what}"
        )


COMMANDS = (add,)

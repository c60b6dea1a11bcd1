"""The questions: figures, series, conflicts, timeline, entities, search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kb.cli import options
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.knowledge import KnowledgeBase


def figures(
    measure: options.Measure = None,
    place: options.Place = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Only as told by this one.")] = None,
    tag: options.Tag = None,
    primary: options.Primary = False,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = None,
    published_by: options.PublishedBy = None,
    known_by: options.KnownBy = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Figures: who published which, when, in which sentence.

    They stand in order of the time for which they hold.

    \b
    kb figures "political prisoners" --place Belarus --since 2020
    kb figures --speaker police --json
    kb figures killed --published-by 2025-03-31
    """
    from kb.cli.layouts import FIGURES
    from kb.cli.show import show

    with _open(db) as base:
        rows = base.figures(
            measure,
            place=place,
            speaker=speaker,
            tag=tag,
            primary=primary,
            since=since,
            until=until,
            limit=limit,
            published_by=published_by,
            known_by=known_by,
        )
    show(rows, FIGURES, as_json=as_json, as_table=as_table)


def timeline(
    entity: options.Entity = None,
    place: options.Place = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only of this kind: election, protest, detained, ...")
    ] = None,
    tag: options.Tag = None,
    stance: Annotated[
        list[str] | None,
        typer.Option(metavar="STANCE", help="Only as told so: asserted, alleged, planned, denied, ..."),
    ] = None,
    all_stances: Annotated[
        bool, typer.Option("--all", help="However it is told: also what is denied, supposed or an opinion.")
    ] = False,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = None,
    published_by: options.PublishedBy = None,
    known_by: options.KnownBy = None,
    plot: options.Plot = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """What happened when, by what is known of the date.

    A year stands before its months, undated events last. Shown is what is asserted, alleged or planned.

    \b
    kb timeline --since 2020 --until 2022
    kb timeline --kind detained --stance denied --stance hedged
    kb timeline --entity "European Union" --plot union.svg
    """
    from kb.cli.layouts import EVENTS
    from kb.cli.lines import draw_timeline
    from kb.cli.show import show
    from kb.query import STANCES

    with _open(db) as base:
        rows = base.timeline(
            entity=entity,
            place=place,
            kind=kind,
            tag=tag,
            stances=STANCES if all_stances else stance,
            since=since,
            until=until,
            limit=limit,
            published_by=published_by,
            known_by=known_by,
        )
    if plot is not None:
        draw_timeline(rows, plot, entity or place or kind)
    else:
        show(rows, EVENTS, as_json=as_json, as_table=as_table)


def entities(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Only those with this in a name.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only of this kind: person, organisation, place.")
    ] = None,
    tag: options.Tag = None,
    limit: options.Limit = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Who and where: persons, organisations and places.

    The most named stand first.

    \b
    kb entities --kind person
    kb entities Kolesnikova --json
    """
    from kb.cli.layouts import ENTITIES
    from kb.cli.show import show

    with _open(db) as base:
        rows = base.entities(name, kind=kind, tag=tag, limit=limit)
    show(rows, ENTITIES, as_json=as_json, as_table=as_table)


def search(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help='Words, all of them; "in quotes" next to each other.')
    ],
    tag: options.Tag = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many rows.")] = 20,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Sentences and titles that hold these words, best first.

    \b
    kb search "political prisoners"
    kb search '"easing of sanctions" EU' --limit 5
    """
    if not any(map(str.isalnum, words)):
        raise UsageError(f'{words!r} has no word to search for: kb search "political prisoners"')
    from kb.cli.layouts import HITS
    from kb.cli.show import show

    with _open(db) as base:
        rows = base.search(words, tag=tag, limit=limit)
    show(rows, HITS, as_json=as_json, as_table=as_table)


def series(
    measure: options.Measure = None,
    place: options.Place = None,
    tag: options.Tag = None,
    primary: options.Primary = False,
    relations: Annotated[
        bool,
        typer.Option("--relations", help="Also how each figure stands to the one before it, and why."),
    ] = False,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = None,
    published_by: options.PublishedBy = None,
    known_by: options.KnownBy = None,
    plot: options.Plot = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """One measure at one place over time: who gave which figure for when, and how many of them clash.

    Texts that come from one are one source, a speaker is one voice whoever quotes him; the whole and the
    subgroups of what is counted are series of their own. With --plot the first of the series found is drawn.

    \b
    kb series "political prisoners" --place Belarus
    kb series "political prisoners held" --plot held.svg
    kb series killed --place Myanmar --relations
    kb series "political prisoners" --known-by 2026-06-03T14:30:00Z
    """
    from kb.cli.lines import draw_series, show_series

    with _open(db) as base:
        rows = base.series(
            measure,
            place=place,
            tag=tag,
            primary=primary,
            relations=relations,
            since=since,
            until=until,
            limit=limit,
            published_by=published_by,
            known_by=known_by,
        )
    if plot is not None:
        draw_series(rows, plot)
    else:
        show_series(rows, as_json=as_json, as_table=as_table)


def conflicts(
    measure: options.Measure = None,
    place: options.Place = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="Only this kind: conflict, 'later take', restatement, 'quoted differently', 'other measure',"
            " parts, baseline.",
        ),
    ] = None,
    tag: options.Tag = None,
    published_by: options.PublishedBy = None,
    known_by: options.KnownBy = None,
    as_json: options.AsJson = False,
    as_table: options.AsTable = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Which figures cannot all hold, and why: for somebody to look at, nothing is dropped.

    Among them: one number told of two things, parts that do not make their whole, a multiple that does
    not fit its baseline, a speaker quoted otherwise than in the own publication.

    \b
    kb conflicts --place Belarus
    kb conflicts killed --kind "later take" --json
    """
    from kb.cli.layouts import CONFLICTS
    from kb.cli.show import show

    with _open(db) as base:
        rows = base.conflicts(
            measure, place=place, kind=kind, tag=tag, published_by=published_by, known_by=known_by
        )
    show(rows, CONFLICTS, as_json=as_json, as_table=as_table)


def _open(db: str) -> KnowledgeBase:
    from kb.knowledge import KnowledgeBase

    return KnowledgeBase(db, read_only=True)


COMMANDS = (figures, series, conflicts, timeline, entities, search)

"""`kb reextract`: stored articles read again by the present kb."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli import options
from kb.cli.loading import INTERRUPTED
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.reread import Reread

Articles = Annotated[
    list[str] | None, typer.Argument(metavar="URL", help="Just these articles, by URL or uid.")
]
All = Annotated[bool, typer.Option("--all", help="All articles, whatever version of kb read them.")]
Older = Annotated[
    bool,
    typer.Option("--older-version", help="Those that another version read: so it is if nothing is said."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell; keep nothing.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print JSON: `articles`, each with its changes, and their `total`.")
]


def reextract(
    articles: Articles = None,
    everything: All = False,
    older: Older = False,
    dry_run: DryRun = False,
    jobs: options.Jobs = 1,
    as_json: AsJson = False,
    db: options.Database = options.DEFAULT_DATABASE,
) -> None:
    """Read what is stored again by this version of kb: what appears, what changes, what vanishes.

    The new reading counts from then on, the old one stays. What people decided keeps holding, and what
    they added stays. Nothing is fetched: pages are read from the bytes that were kept. Each article is
    done for good when it is told: after an interrupt, run the same again for the rest.

    \b
    kb reextract --dry-run
    kb reextract --jobs 2
    kb reextract https://example.org/a --json
    """
    from kb.cli.show import show_json
    from kb.knowledge import KnowledgeBase

    if articles and (everything or older):
        raise UsageError("name articles, or say --all or --older-version, not both")
    if everything and older:
        raise UsageError("--all or --older-version, not both")
    done: list[Reread] = []
    interrupted = False
    with KnowledgeBase(db) as base:
        steps = base.reextract(*articles or (), everything=everything, dry_run=dry_run, jobs=jobs)
        try:
            with contextlib.closing(steps):
                for one in steps:
                    typer.echo(f"{_line(one)}", err=True)
                    if not as_json:
                        _show(one)
                    done.append(one)
        except KeyboardInterrupt:
            interrupted = True
            said = "kb: interrupted; what was told of so far is done: run this again for the rest"
            typer.echo(said, err=True)
    if as_json:
        show_json({"articles": [_plain(one) for one in done], "total": total(done)})
    else:
        typer.echo("interrupted" if interrupted and not done else _summary(done, dry_run=dry_run))
    if interrupted:
        raise typer.Exit(INTERRUPTED)
    raise typer.Exit(int(any(one.outcome == "failed" for one in done)))


def total(done: Iterable[Reread]) -> dict[str, dict[str, int]]:
    """How many articles ended how, and how many facts of each kind were added, changed and dropped."""
    from kb.reread import OUTCOMES

    outcomes, facts = Counter[str](), {what: Counter[str]() for what in ("added", "changed", "dropped")}
    for one in done:
        outcomes[one.outcome] += 1
        for change in one.changes.facts if one.changes else ():
            facts[change.what][change.kind] += 1
    kinds = ("figure", "event", "name")
    counts = {what: {kind: made[kind] for kind in kinds} for what, made in facts.items()}
    return {"outcomes": {name: outcomes[name] for name in OUTCOMES}, **counts}


def _line(one: Reread) -> str:
    from kb.cli.changes import counted

    said = f"{one.outcome:<9}  {counted(one.changes.facts) if one.changes else ''}  {one.source}"
    return f"{said}: {one.reason}" if one.reason else said


def _show(one: Reread) -> None:
    from kb.cli.changes import lines_of

    if one.changes and one.changes.facts:
        typer.echo("\n".join([one.source, *lines_of(one.changes.facts)]))


def _summary(done: list[Reread], *, dry_run: bool) -> str:
    if not done:
        return "nothing to read again: this version of kb read all there is; --all reads it all the same"
    counts = total(done)
    outcomes = ", ".join(f"{number} {name}" for name, number in counts.pop("outcomes").items() if number)
    facts = "; ".join(
        f"{what} {', '.join(f'{number} {kind}s' for kind, number in made.items() if number) or 'nothing'}"
        for what, made in counts.items()
    )
    return f"{outcomes}: {facts}{' (dry run: nothing is kept)' if dry_run else ''}"


def _plain(one: Reread) -> dict[str, Any]:
    from kb.query.answer import plain

    changes = one.changes
    return {
        "uid": one.uid,
        "source": one.source,
        "outcome": one.outcome,
        "reason": one.reason,
        "kind": changes.kind if changes else None,
        "before": changes.before.version if changes else None,
        "after": changes.after.version if changes else None,
        "kept": changes.kept if changes else None,
        "facts": [plain(change) for change in changes.facts] if changes else [],
    }


COMMANDS = (reextract,)

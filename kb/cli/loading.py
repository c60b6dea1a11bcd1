"""What `kb load` tells while it runs: a line for each source, how far it is, a report at the end."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, get_args

import typer

from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.pipeline import Loaded, Tally

INTERRUPTED = 128 + signal.SIGINT


def follow(
    steps: Generator[Loaded, None, None], sources: Sequence[str], *, failures: Path | None, as_json: bool
) -> int:
    """Tell of each source when it is in, and of all of them at the end. The exit code.

    Raises:
        UsageError: the failures cannot be written where the user says.
    """
    from kb.cli.show import show_json
    from kb.pipeline import Tally

    tally, failed, written = Tally(), list[dict[str, Any]](), set[str]()
    code = 0
    with _failures(failures, sources) as file, contextlib.closing(steps), _bar(sources) as tell:
        try:
            for step in steps:
                tally.add(step)
                tell(step)
                if step.reason is not None:
                    failed.append({"source": step.source, "reason": step.reason})
                    _write(file, step, written)
        except KeyboardInterrupt:
            code = INTERRUPTED
    if code:
        said = "kb: interrupted; what was told of so far is in, whole: run this again for the rest"
        typer.echo(said, err=True)
    if as_json:
        show_json({**_counts(tally), "interrupted": bool(code), "failures": failed})
    else:
        typer.echo(str(tally))
    return code or int(not tally.outcomes.total() or bool(failed))


def _counts(tally: Tally) -> dict[str, Any]:
    from kb.pipeline import OUTCOMES
    from kb.resolve import Kinship

    counts: dict[str, Any] = {outcome: tally.outcomes[outcome] for outcome in OUTCOMES}
    origins = get_args(Kinship)
    return counts | {f"{kind}s".replace(" ", "_"): tally.origins[kind] for kind in origins}


@contextlib.contextmanager
def _failures(path: Path | None, sources: Sequence[str]) -> Iterator[TextIO | None]:
    """The file for what fails, written as it comes."""
    if path is None:
        yield None
        return
    if any(Path(source).absolute() == path.absolute() for source in sources):
        raise UsageError(f"{path} is loaded itself: write what fails into another file")
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error
    with file:
        yield file


def _write(file: TextIO | None, step: Loaded, written: set[str]) -> None:
    """The row by which what failed can be loaded again, once: a crawl may fail at many of its records."""
    row = json.dumps(step.again, sort_keys=True)
    if file is not None and step.again and row not in written:
        written.add(row)
        file.write(json.dumps({**step.again, "reason": step.reason}, ensure_ascii=False) + "\n")
        file.flush()


@contextlib.contextmanager
def _bar(sources: Sequence[str]) -> Iterator[Callable[[Loaded], None]]:
    """What tells of a step: a line on standard error, above a bar where that is a terminal.

    The bar has the time left: each file or address is a part of it, and of one that holds many articles
    what was read of it. What comes from a pipe has no size.
    """
    if not sys.stderr.isatty():
        yield lambda step: typer.echo(str(step), err=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from kb.gather import places

    number = places(sources)
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("load", total=number if number > 1 else None, rate="")
        told = 0
        places_told = dict[str, int]()

        def tell(step: Loaded) -> None:
            nonlocal told
            told += 1
            console.print(str(step))
            before = places_told.setdefault(step.place, len(places_told))
            if number > 1 or step.part is not None:
                progress.update(task, total=number, completed=before + (step.part or 0.0))
            elapsed = progress.tasks[0].elapsed or 0.0
            rate = f", {told / elapsed:.1f}/s" if elapsed else ""
            progress.update(task, rate=f"{told} article{'s' * (told > 1)}{rate}")

        yield tell

"""A sitting of review in a terminal: a fact at a time, a key an answer; every answer is stored at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click
import typer
from rich.table import Table
from rich.text import Text

from kb.cli.layouts import HIT, QUIET, source_of
from kb.cli.show import screen
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.desk import Reviewed
    from kb.knowledge import KnowledgeBase
    from kb.query import Pending

_HELP = """
  a  accept: it reads right
  r  reject: the text does not state this
  c  correct: choose a field by its letter, type the right reading (empty: the source does not say)
  s  skip: look at it another time
  n  note: why, kept with the next answer
  u  undo your last answer of this sitting, and answer it again
  q  quit: what was answered is stored; kb review goes on where you stopped
"""
_KEYS = "a accept  r reject  c correct  s skip  n note  u undo  q quit  ? help"
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "figure": {
        "v": "value",
        "c": "comparator",
        "u": "unit",
        "m": "measure",
        "d": "date",
        "p": "place",
        "s": "speaker",
        "t": "stance",
    },
    "event": {"t": "title", "k": "kind", "d": "date", "p": "place", "s": "stance"},
    "name": {"n": "name", "k": "kind", "e": "entity"},
}
_SHOWN: Mapping[str, Sequence[str]] = {
    "figure": ("value", "measure", "place", "date", "speaker", "stance", "subject", "baseline"),
    "event": ("title", "kind", "date", "place", "stance", "participants"),
    "name": ("name", "kind", "mentions"),
}
_QUIT = ("q", "Q", "\x04")  # the last is the end of input
_DONE = ("\r", "\n", "\x1b")


class Sitting:
    """Facts one after the other, and what was answered so far."""

    def __init__(
        self, base: KnowledgeBase, items: Sequence[Pending], *, by: str | None, note: str | None
    ) -> None:
        self._base = base
        self._items = items
        self._by = by
        self._note = note
        self._next_note = note
        self._at = 0
        self._made: list[tuple[int, Reviewed]] = []
        self._screen = screen()

    def run(self) -> None:
        """Ask until all is answered or somebody quits, and tell what was done."""
        if not self._items:
            typer.echo("Nothing to review: nothing in the database fits, or all of it was reviewed.")
            return
        try:
            while self._at < len(self._items):
                item = self._fresh(self._items[self._at])
                if item is None:
                    self._at += 1
                elif not self._ask(item):
                    break
        except (KeyboardInterrupt, EOFError):
            typer.echo("")
        self._tell()

    def _fresh(self, item: Pending) -> Pending | None:
        """The fact as it reads by now; None if another answer, here or elsewhere, has settled it."""
        try:
            (now,) = self._base.review(uids=[item.uid])
        except UsageError:
            return None
        return now if now.status == item.status else None

    def _ask(self, item: Pending) -> bool:
        """Show a fact and do what the key says, until it is done with; False to quit."""
        self._show(item)
        actions: Mapping[str, Callable[[Pending], bool]] = {
            "a": self._accept,
            "r": self._reject,
            "c": self._correct,
            "s": self._skip,
            "n": self._take_note,
            "u": self._undo,
            "?": self._help,
        }
        while True:
            typer.echo(f"{_KEYS}: ", nl=False)
            key = click.getchar()
            typer.echo(key if key.isprintable() else "")
            if key in _QUIT:
                return False
            action = actions.get(key.lower())
            if action is None:
                typer.echo(f"no key {key!r}: press ? for help" if key.isprintable() else "press ? for help")
                continue
            try:
                if action(item):
                    return True
            except UsageError as error:
                typer.echo(f"{error}")

    def _show(self, item: Pending) -> None:
        typer.echo("")
        why = "; ".join((item.why, *item.reasons))
        self._screen.print(Text(f"{self._at + 1} of {len(self._items)}: {item.kind}, {why}", QUIET))
        quote = Text(item.quote)
        start = item.quote.find(item.phrase)
        if start >= 0:
            quote = Text.assemble(
                item.quote[:start],
                (f"[[{item.phrase}]]", HIT),
                item.quote[start + len(item.phrase) :],
            )
        self._screen.print(quote)
        self._screen.print(Text(source_of(item), QUIET))
        table = Table.grid(padding=(0, 2))
        for name in _SHOWN[item.kind]:
            value = item.reading[name]
            if value is not None or name in _FIELDS[item.kind].values():
                before = item.extracted.get(name, value)
                was = (
                    f"   (read as {before if before is not None else 'not said'})" if before != value else ""
                )
                table.add_row(Text(name, QUIET), Text(str("-" if value is None else value)), Text(was, QUIET))
        self._screen.print(table)

    def _accept(self, item: Pending) -> bool:
        return self._keep(self._base.accept(item.uid, by=self._by, note=self._next_note))

    def _reject(self, item: Pending) -> bool:
        return self._keep(self._base.reject(item.uid, by=self._by, note=self._next_note))

    def _correct(self, item: Pending) -> bool:
        """Ask for fields and their right readings, until Enter; nothing entered is nothing corrected."""
        fields = _FIELDS[item.kind]
        said: dict[str, str | None] = {}
        while True:
            listed = "  ".join(f"{key} {name}" for key, name in fields.items())
            typer.echo(f"  correct which? {listed}  Enter done: ", nl=False)
            key = click.getchar()
            name = fields.get(key.lower())
            typer.echo(name or "")
            if key in _DONE:
                break
            if name is not None:
                said[name] = typer.prompt(f"  {name}", default="", show_default=False)
        if not said:
            return False
        return self._keep(self._base.correct(item.uid, said, by=self._by, note=self._next_note))

    def _skip(self, _item: Pending) -> bool:
        self._at += 1
        return True

    def _take_note(self, _item: Pending) -> bool:
        self._next_note = typer.prompt("  note", default="", show_default=False) or self._note
        return False

    def _undo(self, _item: Pending) -> bool:
        if not self._made:
            raise UsageError(
                "nothing was answered in this sitting; kb review --undo UID takes back older answers"
            )
        at, made = self._made.pop()
        self._base.undo(made.uid, by=self._by)
        typer.echo(f"  taken back: {made.verdict} {made.fact}")
        self._at = at
        return True

    def _help(self, _item: Pending) -> bool:
        typer.echo(_HELP)
        return False

    def _keep(self, made: Reviewed) -> bool:
        self._made.append((self._at, made))
        self._next_note = self._note
        self._at += 1
        return True

    def _tell(self) -> None:
        done = Counter(made.verdict for _, made in self._made)
        said = ", ".join(f"{count} {verdict}" for verdict, count in done.items()) or "nothing answered"
        left = len(self._items) - self._at
        typer.echo(f"{said}; {left} left to look at" if left else said)

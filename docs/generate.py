"""`python -m docs.generate`: write the parts of the documentation that follow from the program.

commands.md from the commands' own help, schema.md from a new base, the tables' docstrings and
`kb/model/columns.csv`, the output in the sessions of README.md and desk.md by running them. A test
compares all that.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from inspect import cleandoc
from pathlib import Path
from typing import Any

from typer.main import get_command

from kb.cli import app
from kb.model import tables
from kb.store import Store

HERE = Path(__file__).parent
ROOT = HERE.parent
SESSION = re.compile(r"```console\n\$ (.+)\n[^`]*```")
PUBLIC = ("figures", "timeline", "reports", "mentions", "conflicts")
GROUPS = ("evidence", "facts", "things", "decisions")
COMMANDS_HEAD = """# Commands

Where the output is no terminal but a file or a pipe, questions print tab-separated lines; `--table` prints a
table all the same. Progress and failures go to standard error. Exit codes: 0 done, 1 something failed,
2 wrong usage, 3 a publisher changed something (`kb refresh`), 130 interrupted.

Made from the commands' own help by `python -m docs.generate`.
"""
SCHEMA_HEAD = """# Tables and views

A base is one SQLite file; open it with any SQL browser. The five views hold one readable row a fact and
need no join. The tables below them are public too: their names and columns stay.

Made from the schema by `python -m docs.generate`.
"""


def commands() -> str:
    """docs/commands.md."""
    return "\n".join([COMMANDS_HEAD, *described(get_command(app), "")])


def described(group: Any, before: str) -> Iterator[str]:
    """The commands of a group, those of groups in it among them."""
    for name, one in group.commands.items():
        if hasattr(one, "commands"):
            yield f"## kb {before}{name}\n\n{cleandoc(one.help)}\n"
            yield from described(one, f"{before}{name} ")
        else:
            yield command(before + name, one)


def command(name: str, one: Any) -> str:
    """A command with its arguments and options."""
    usage = [f"kb {name}"]
    lines = []
    for parameter in one.params:
        if parameter.param_type_name == "argument":
            said = parameter.metavar.strip("[]") + ("..." if parameter.nargs == -1 else "")
            usage.append(said if parameter.required else f"[{said}]")
        else:
            said = f"{parameter.opts[0]} {parameter.metavar or ''}".strip()
        lines.append(f"| `{said}` | {parameter.help} |")
    about, _, examples = cleandoc(one.help).partition("\b\n")
    table = "| | |\n|---|---|\n" + "\n".join(lines)
    return f"## {' '.join(usage)}\n\n{about}```\n{examples}\n```\n\n{table}\n"


def readme() -> str:
    """README.md with its sessions run anew."""
    return with_sessions(ROOT / "README.md")


def desk() -> str:
    """docs/desk.md with its sessions run anew."""
    return with_sessions(HERE / "desk.md")


def with_sessions(path: Path) -> str:
    """A document with its sessions run in a folder that holds nothing but `data/` and `samples/`."""
    written = path.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").symlink_to(ROOT / "data")
        (Path(folder) / "samples").symlink_to(HERE / "samples")
        return SESSION.sub(
            lambda session: f"```console\n$ {session[1]}\n{output_of(session[1], folder)}```", written
        )


def output_of(line: str, folder: str) -> str:
    """What a command line prints, as on a terminal of 96 columns."""
    program, *arguments = shlex.split(line)
    assert program == "kb", line
    environment = os.environ | {"COLUMNS": "96", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kb", *arguments]
    ran = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        text=True,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return "\n".join(line.rstrip() for line in ran.stdout.splitlines()).strip() + "\n"


def schema() -> str:
    """docs/schema.md."""
    meanings, columns = column_meanings(), columns_of_a_base()
    about = {name: meanings[name, ""] for name in columns if (name, "") in meanings}
    about |= {str(row.__tablename__): (row.__doc__ or "") for row in rows()}
    others = sorted(columns.keys() - about.keys() - {"search"})
    if others:
        sys.exit(f"kb/model/columns.csv does not say what a row is of {', '.join(others)}")
    about["search"] = "The full-text index (FTS5) over `passage`."
    order = dict.fromkeys((*PUBLIC, *(str(row.__tablename__) for row in rows()), *sorted(columns)))
    return "\n".join([SCHEMA_HEAD, *(section(name, about[name], columns[name], meanings) for name in order)])


def section(name: str, about: str, columns: list[str], meanings: dict[tuple[str, str], str]) -> str:
    """A table or view with its columns."""
    lines = []
    for column in columns:
        meaning = meanings.get((name, column)) or meanings.get(("*", column))
        if meaning is None:
            sys.exit(f"kb/model/columns.csv does not say what {name}.{column} means")
        lines.append(f"| `{column}` | {meaning} |")
    return f"## {name}\n\n{cleandoc(about)}\n\n| column | meaning |\n|---|---|\n" + "\n".join(lines) + "\n"


def column_meanings() -> dict[tuple[str, str], str]:
    """(table or view, column) -> what it means."""
    text = files("kb.model").joinpath("columns.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {(row["where"], row["column"]): row["meaning"] for row in csv.DictReader(lines)}


def columns_of_a_base() -> dict[str, list[str]]:
    """Every table and view of a new base with its columns, but for what Alembic and FTS5 keep."""
    names = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "new.db") as store:
        everything = [name for (name,) in store.driver.execute(names)]
        found = [name for name in everything if not name.startswith(("search_", "alembic_"))]
        return {
            name: [row[1] for row in store.driver.execute(f"PRAGMA table_xinfo([{name}])")] for name in found
        }


def rows() -> list[type[tables.Row]]:
    """The classes of all tables: evidence, facts, things, decisions."""
    found = [getattr(tables, name) for name in tables.__all__ if name.endswith("Row") and name != "Row"]
    return sorted(found, key=lambda row: GROUPS.index(row.__module__.rpartition(".")[2]))


if __name__ == "__main__":
    (ROOT / "README.md").write_text(readme(), encoding="utf-8")
    (HERE / "desk.md").write_text(desk(), encoding="utf-8")
    (HERE / "commands.md").write_text(commands(), encoding="utf-8")
    (HERE / "schema.md").write_text(schema(), encoding="utf-8")

"""The SQL files of the schema, as statements: the search index, the triggers and the views."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

FILES = ("sqlite.sql", "views.sql")
_CREATE = re.compile(r"CREATE (?:VIRTUAL )?(TABLE|TRIGGER|VIEW) (\w+)")


def statements(name: str) -> Iterator[str]:
    """The statements of one of the files in order, without the comments between them."""
    return split(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def split(sql: str) -> Iterator[str]:
    """The statements of an SQL text in order, without the comments between them."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        if not statement and (line.startswith("--") or not line.strip()):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def made(statement: str) -> tuple[str, str]:
    """What a CREATE statement makes: table, trigger or view, and its name."""
    found = _CREATE.match(statement)
    assert found is not None, statement
    return found[1].lower(), found[2]


@cache
def defined() -> Mapping[tuple[str, str], str]:
    """What the files make: (table, trigger or view; name) -> its SQL on one line."""
    return {made(statement): one_line(statement) for name in FILES for statement in statements(name)}


def one_line(sql: str) -> str:
    """SQL as it compares: without line breaks, indentation and a last semicolon."""
    return " ".join(sql.split()).removesuffix(";")

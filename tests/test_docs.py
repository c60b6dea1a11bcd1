"""The documentation says what the program does: it is made from it, or compared with it, or run."""

from __future__ import annotations

import contextlib
import io
import json
import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from docs import generate
from tests.command import Command
from tests.conftest import ARTICLES, ROOT

FIELD = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
COUNTS = re.compile(
    r"(?<= \()\d+ figures, \d+ events, \d+ names(?=\))"
)  # any rule of extraction may change them
FILES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.mark.parametrize("name", ["docs/commands.md", "docs/schema.md", "docs/desk.md", "README.md"])
def test_generated_documents_are_up_to_date(name: str) -> None:
    written = (ROOT / name).read_text(encoding="utf-8")
    made = getattr(generate, Path(name).stem.lower())()
    assert COUNTS.sub("", written) == COUNTS.sub("", made), "run python -m docs.generate"


def test_the_example_in_python_runs(demo: Path, tmp_path: Path) -> None:
    shutil.copy(demo, tmp_path / "demo.db")
    (tmp_path / "data").symlink_to(ROOT / "data")
    (program,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    with contextlib.chdir(tmp_path), contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(program, {})
    assert "political prisoners" in printed.getvalue()


def test_the_example_in_sql_runs(demo: Path) -> None:
    (query,) = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    connection = sqlite3.connect(demo)
    assert connection.execute(query).fetchall()
    connection.close()


def test_no_column_is_described_that_is_not_there() -> None:
    columns = generate.columns_of_a_base()
    everywhere = {column for names in columns.values() for column in names}
    for where, column in generate.column_meanings():
        assert where == "*" or where in columns, where
        assert not column or column in (everywhere if where == "*" else columns[where]), (where, column)


def test_the_json_is_described(kb: Command) -> None:
    parts = re.split(
        r"^## (\w+)$", (ROOT / "docs" / "json.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    described = {name: FIELD.findall(part) for name, part in zip(parts[1::2], parts[2::2], strict=True)}
    facts: dict[str, Any] = {}
    for path in sorted(ARTICLES.glob("*-*")):
        for name, found in json.loads(kb("extract", path, "--json").out).items():
            facts.setdefault(name, found)
            facts[name] = facts[name] or found
    assert described.keys() == facts.keys()
    for name, found in facts.items():
        assert set(described[name]) == set(found if isinstance(found, dict) else found[0]), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)\)", path.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (path.parent / target).exists(), target

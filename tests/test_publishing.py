"""What leaves a base can be verified, read by others, and loaded again: the same texts give the same uids."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.export.tables import TABLES, columns
from kb.query import Figure
from kb.store import Store
from tests.conftest import ARTICLES, ROOT
from tests.test_any_sequence import picture

DOCUMENT = ROOT / "docs" / "publishing.md"
DAY = re.compile(r"-?\d{4,}-\d\d-\d\d")


@pytest.fixture(scope="module")
def release(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("publishing") / "release"
    with KnowledgeBase(demo, read_only=True) as base:
        base.export(folder, texts=True)
    return folder


def test_a_figure_is_verified_with_the_release_and_the_page(release: Path, tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "release").symlink_to(release)
    shutil.copy(ARTICLES / "03-statement-prisoner-count.txt", tmp_path / "page.txt")
    with contextlib.chdir(tmp_path), contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(program, {})
    assert "969 political prisoners" in printed.getvalue()
    with (tmp_path / "page.txt").open("a", encoding="utf-8") as page:
        page.write(" ")
    with contextlib.chdir(tmp_path), pytest.raises(AssertionError):
        exec(program, {})


def test_what_a_release_was_made_of_loaded_again_gives_the_same(
    demo: Path, release: Path, tmp_path: Path
) -> None:
    with KnowledgeBase(tmp_path / "again.db") as again:
        again.load(release / "articles.jsonl")
    with Store.open(demo, read_only=True) as before, Store.open(tmp_path / "again.db") as after:
        assert picture(after) == picture(before)


def test_jsonl_read_again_is_what_was_asked(demo: Path, tmp_path: Path) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        base.export(tmp_path / "figures.jsonl")
        asked = {figure.uid: figure for figure in base.figures()}
    lines = (tmp_path / "figures.jsonl").read_text(encoding="utf-8").splitlines()
    written = {line["uid"]: line for line in map(json.loads, lines)}
    assert written.keys() == asked.keys()
    shared = {"measure", "comparator", "low", "high", "unit", "date", "place", "phrase", "quote"}
    assert shared <= set(Figure.__dataclass_fields__)
    for uid, figure in asked.items():
        assert {name: written[uid][name] for name in shared} == {n: getattr(figure, n) for n in shared}


@pytest.mark.parametrize("table", TABLES)
def test_the_csv_is_what_readers_of_r_take(release: Path, table: str) -> None:
    content = (release / f"{table}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\0" not in content
    with io.StringIO(content.decode("utf-8"), newline="") as file:
        lines = list(csv.DictReader(file))
    days = [column.name for column in columns()[table] if column.type == "date"]
    for line in lines:
        assert not any("\n" in cell or "\r" in cell for cell in line.values())
        assert all(DAY.fullmatch(line[day]) for day in days if line[day])

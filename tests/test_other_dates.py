"""Where reports of one event tell other dates, the timeline says so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import KnowledgeBase
from tests.command import Command


@pytest.fixture
def base(tmp_path: Path) -> Path:
    for name, text in {
        "a": "The poet Ada Marlowe died on May 3, 2024, in Porto.",
        "b": "The death of the poet Ada Marlowe on May 4, 2024, was mourned in Porto.",
        "c": "The poet Bela Marlowe died on May 3, 2024, in Porto.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "kb.db"
    with KnowledgeBase(path) as opened:
        opened.load(*(tmp_path / f"{name}.txt" for name in "abc"))
    return path


def test_other_dates_are_shown(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kb = Command(capsys)
    told = [line.split("\t") for line in kb("timeline", "--kind", "died", "--db", base).out.splitlines()]
    columns = told[0]
    rows = sorted((row[columns.index("date")], row[columns.index("other_dates")]) for row in told[1:])
    assert rows == [("2024-05-03", ""), ("2024-05-03", "2024-05-04")]
    assert "or 2024-05-04" in kb("timeline", "--kind", "died", "--table", "--db", base).out
    (dates,) = (
        {report["date"] for report in event["reports"]}
        for event in json.loads(kb("timeline", "--kind", "died", "--json", "--db", base).out)
        if len(event["reports"]) == 2
    )
    assert dates == {"2024-05-03", "2024-05-04"}

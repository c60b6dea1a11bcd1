"""Time expressions of made-up sentences: span, interval and value, one case a line of `intervals.csv`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kb.extract.document import analyse
from kb.extract.times import find_times
from kb.model.values import Article

CASES = Path(__file__).parent / "cases" / "intervals.csv"


def cases() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def parameters() -> list[object]:
    return [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["known_miss"], strict=True)] if case["known_miss"] else [],
        )
        for case in cases()
    ]


@pytest.mark.parametrize("case", parameters())
def test_interval(case: dict[str, str]) -> None:
    article = Article(case["sentence"], published=case["published"] or None, url=case["url"] or None)
    times = find_times(analyse(article))
    if not case["words"]:
        assert [(time.span.words, time.value) for time in times] == []
        return
    found = {time.span.words: time for time in times}
    assert case["words"] in found, [time.span.words for time in times]
    time = found[case["words"]]
    interval = "-" if time.interval is None else time.interval.date or "?"
    assert interval == case["edtf"]
    if case["value"]:
        assert time.value == case["value"]


def test_there_are_enough_cases() -> None:
    rows = cases()
    assert len(rows) >= 250
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["why"] for row in rows)

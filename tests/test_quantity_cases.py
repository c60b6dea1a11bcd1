"""One sentence, one figure: the table of cases, read by the whole chain of the grammar and the parse."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from kb.extract.document import analyse
from kb.extract.quantities import find_quantities
from kb.extract.times import find_times
from kb.model.values import Article, Quantity

CASES = Path(__file__).parent / "cases" / "quantities.csv"


def rows() -> list[dict[str, str]]:
    lines = [line for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


@cache
def quantities(text: str) -> tuple[Quantity, ...]:
    document = analyse(Article(text))
    return find_quantities(document, find_times(document))


def bound(cell: str) -> float | None:
    return float(cell) if cell else None


def parameters() -> list[object]:
    return [
        pytest.param(
            row, id=row["id"], marks=[pytest.mark.xfail(strict=True, reason=row["why"])] * bool(row["miss"])
        )
        for row in rows()
    ]


@pytest.mark.parametrize("row", parameters())
def test_figure_of_sentence(row: dict[str, str]) -> None:
    found = quantities(row["text"])
    if not row["comparator"]:
        assert found == ()
        return
    read = [(q.span.words, q.comparator, q.low, q.high, q.unit, q.relation, q.direction or "") for q in found]
    expected = (
        row["phrase"],
        row["comparator"],
        bound(row["low"]),
        bound(row["high"]),
        row["unit"],
        row["relation"],
        row["direction"],
    )
    assert expected in read


def test_table_is_large_and_its_ids_differ() -> None:
    table = rows()
    assert len(table) >= 400
    assert len({row["id"] for row in table}) == len(table)


def test_a_sentence_gives_no_more_than_its_figures() -> None:
    """The table lists every figure of its sentences: nothing else may be read from them."""
    listed: dict[str, set[str]] = {}
    for row in rows():
        listed.setdefault(row["text"], set()).add(row["phrase"] if not row["miss"] else "*")
    for text, phrases in listed.items():
        if "*" not in phrases:
            assert {q.span.words for q in quantities(text)} == phrases - {""}, text

"""Counts that grow: up to which day a sentence tells them, and how the tolls of outlets stand together."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.resolve.relations.counting import SETTLED, Counts, counts_of, known_on
from tests.case_tables import cases

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize("case", cases("counting"))
def test_how_a_sentence_counts(case: dict[str, str]) -> None:
    assert counts_of(case["sentence"], of_its_day=bool(case["today"])) == case["counts"]


@pytest.mark.parametrize("case", cases("tolls"))
def test_a_week_of_tolls(case: dict[str, str], tmp_path: Path) -> None:
    quotes = []
    for number, source in enumerate(case["told"].split(" | ")):
        publisher, day, words = source.split("; ", 2)
        url = f"https://example.org/{number}"
        quotes.append({"quote": words, "published": day, "publisher": publisher, "url": url})
    file = tmp_path / "quotes.jsonl"
    file.write_text("\n".join(map(json.dumps, quotes)), encoding="utf-8")
    with KnowledgeBase(tmp_path / "kb.db") as base:
        base.load(file)
        related = [one for line in base.series(relations=True) for one in line.relations]
        numbers = {figure.uid: f"{figure.low:.0f}" for figure in base.figures()}
        told = {(one.kind, *(numbers[uid] for uid in one.uids)) for one in related if one.kind != "agree"}
        assert {pair[1:] for pair in told if pair[0] == "update"} == pairs(case["updates"])
        assert {pair for pair in told if pair[0] != "update"} == pairs(case["conflicts"])
        assert len(base.conflicts()) == len(pairs(case["conflicts"]))
        assert base.check() == []


def pairs(said: str) -> set[tuple[str, ...]]:
    return {tuple(pair.split()) for pair in said.split(" | ") if pair}


@given(DAYS, DAYS, DAYS, st.sampled_from(["up to", "within", "after"]))
def test_a_count_is_told_up_to_a_day_between_its_time_and_its_publication(
    a: dt.date, b: dt.date, published: dt.date, counts: Counts
) -> None:
    first, last = sorted((a, b))
    day = known_on(counts, first, last, published.isoformat())
    assert day is not None
    assert first <= day <= last + SETTLED
    assert day in (last, published, last + SETTLED)
    assert counts != "within" or first == last or day <= last
    assert known_on(counts, None, None, published.isoformat()) is None
    assert known_on(counts, first, last, None) == last


@given(st.text(max_size=80))
def test_any_sentence_counts_somehow(quote: str) -> None:
    assert counts_of(quote) in ("up to", "within", "after", "more")

"""What does not fit together, told of sentences in a base: each kind on both sides of its border."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.resolve.relations.multiples import baseline_of, multiple_range
from kb.resolve.relations.pairs import Told
from kb.resolve.relations.same_numbers import is_telling, significant_digits
from kb.resolve.relations.wholes import Part, misfits
from tests.case_tables import cases


def source(said: str, number: int) -> dict[str, str]:
    """A row of quotes: `publisher; day; words`, each of a page of its own."""
    publisher, day, words = said.split("; ", 2)
    return {
        "quote": words,
        "published": day,
        "publisher": publisher,
        "url": f"https://example.org/{number}",
    }


def loaded(folder: Path, *said: str) -> Path:
    """A base of such rows."""
    file = folder / "quotes.jsonl"
    rows = [json.dumps(source(words, number)) for number, words in enumerate(said)]
    file.write_text("\n".join(rows), encoding="utf-8")
    path = folder / "kb.db"
    with KnowledgeBase(path) as base:
        base.load(file)
    return path


@pytest.mark.parametrize("case", cases("conflict_kinds"))
def test_kind(case: dict[str, str], tmp_path: Path) -> None:
    path = loaded(tmp_path, *filter(None, (case["a"], case["b"], case["c"])))
    with KnowledgeBase(path, read_only=True) as base:
        found = base.conflicts()
        assert {conflict.kind for conflict in found} == {case["kind"]} - {""}
        for conflict in found:
            assert all(f"“{figure.phrase}”" in conflict.explanation for figure in conflict.figures)
            assert len({figure.uid for figure in conflict.figures}) == len(conflict.figures) > 1
        assert base.check() == []


def test_a_rejected_figure_clashes_with_nothing(tmp_path: Path) -> None:
    path = loaded(
        tmp_path,
        "A; 2026-03-03; On March 2, 2026, Belarus held 969 political prisoners.",
        "B; 2026-03-05; By March 5, 2026, 969 people in Belarus had been recognised as political prisoners.",
    )
    with KnowledgeBase(path) as base:
        (conflict,) = base.conflicts()
        base.reject(conflict.figures[0].uid, by="Ann")
        assert not base.conflicts()
        assert base.check() == []


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_zeros_at_an_end_say_nothing(number: float) -> None:
    assert significant_digits(number) == significant_digits(-number)
    assert 0 <= significant_digits(number) <= 15
    assert not is_telling(0.0)


@given(st.integers(1, 10**6), st.integers(1, 50))
def test_a_multiple_of_a_number_allows_that_number(base: int, times: int) -> None:
    low, high = baseline_of((base * times, base * times), multiple_range("=", float(times), float(times)))
    assert low <= base <= high


@given(st.lists(st.integers(0, 500), min_size=1, max_size=4), st.integers(0, 3000))
def test_some_parts_of_a_whole_clash_only_where_they_are_more(numbers: list[int], whole: int) -> None:
    some = [Part(told(number), None, listed=False) for number in numbers]
    found = [what for what, _ in misfits(told(whole), some)]
    assert found == ["more"] * sum(number > whole for number in numbers)


def told(number: float) -> Told:
    return Told("", "=", number, number, None, None, False, None, "", "", None, None, "")


@pytest.mark.parametrize(
    ("url", "primary"),
    [
        ("https://www.lantern-watch.example.org/969", True),
        ("https://lw.example.org/969", False),  # two letters are anybody's
        ("https://news.example.org/lanternwatch", False),
    ],
)
def test_a_site_called_as_the_speaker_is_its_own_publication(url: str, primary: bool, tmp_path: Path) -> None:
    own = {
        "url": url,
        "published": "2026-03-03",
        "quote": "On March 2, 2026, Belarus held 969 political prisoners.",
    }
    told = "On March 2, 2026, Belarus held 1,010 political prisoners, Lantern Watch said."
    file = tmp_path / "quotes.jsonl"
    rows = [own, source(f"The Example; 2026-03-03; {told}", 1)]
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with KnowledgeBase(tmp_path / "kb.db") as base:
        base.load(file)
        assert [clash.kind for clash in base.conflicts()] == ["quoted differently" if primary else "conflict"]
        assert len([one for line in base.series(primary=True) for one in line.figures]) == primary

"""Answers in Python: slices, data frames, what a terminal and a notebook show, and use from threads."""

from __future__ import annotations

import dataclasses
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.errors import StoreError, UsageError
from kb.query import Answer


@dataclasses.dataclass(frozen=True)
class Told:
    uid: str
    measure: str
    earliest: dt.date | None
    quote: str
    url: str | None


ROWS = (
    Told(
        "a1",
        "prisoners",
        dt.date(2020, 8, 9),
        "Over 800 <b>prisoners</b> are held.",
        "https://example.org/a?b=1&c=2",
    ),
    Told("a2", "prisoners", None, "Nobody counts them.", "javascript:alert(1)"),
    Told("a3", "prisoners", dt.date(1066, 10, 14), "Many were held.", None),
)


def test_a_slice_is_an_answer_and_a_row_is_a_row() -> None:
    answer = Answer(ROWS)
    assert isinstance(answer[:2], Answer)
    assert answer[0] is ROWS[0]
    assert answer[1:].to_dicts()[1]["earliest"] == "1066-10-14"


def test_data_frames_keep_days_and_columns() -> None:
    frame = Answer(ROWS).to_pandas()
    assert list(frame.columns) == ["uid", "measure", "earliest", "quote", "url"]
    assert str(frame.earliest.dtype) == "datetime64[s]"
    assert frame.earliest.dt.year.tolist()[::2] == [2020, 1066]
    assert frame.earliest.isna().tolist() == [False, True, False]
    polar = Answer(ROWS).to_polars()
    assert polar["earliest"].to_list() == [row.earliest for row in ROWS]


@dataclasses.dataclass(frozen=True)
class Decided:
    uid: str
    recorded_at: str
    retrieved_at: str | None = None


def test_moments_are_as_rfc_3339_has_them() -> None:
    answer = Answer([Decided("a1", "2026-06-03 10:15:00.250000", "2026-06-03T09:00:00Z"), Decided("a2", "")])
    said = answer.to_dicts()[0]
    assert said["recorded_at"] == "2026-06-03T10:15:00.250000Z"
    assert said["retrieved_at"] == "2026-06-03T09:00:00Z"
    assert dt.datetime.fromisoformat(said["recorded_at"]).tzinfo is dt.UTC
    assert answer.to_pandas().recorded_at.tolist()[0] == said["recorded_at"]


def test_an_empty_answer_has_its_columns() -> None:
    assert list(Answer([], Told).to_pandas().columns) == ["uid", "measure", "earliest", "quote", "url"]
    assert Answer([], Told).to_polars().columns == ["uid", "measure", "earliest", "quote", "url"]
    assert repr(Answer([], Told)) == "<Answer: 0 x Told>"


def test_repr_shows_the_first_rows_and_counts_the_others() -> None:
    said = repr(Answer(ROWS * 10))
    assert said.startswith("<Answer: 30 x Told>\nuid  measure")
    assert said.endswith("... and 10 more")
    assert len(said.splitlines()) == 1 + 1 + 20 + 1


def test_html_shows_words_as_words_and_links_to_web_addresses_alone() -> None:
    html = Answer(ROWS)._repr_html_()
    assert "&lt;b&gt;prisoners&lt;/b&gt;" in html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert 'href="javascript' not in html


def test_threads_ask_and_write_at_a_time(tmp_path: Path) -> None:
    quotes = tmp_path / "quotes.csv"
    quotes.write_text(
        "url,published,quote\n"
        "https://example.org/q,2026-01-05,The ministry said 412 people were detained in Tarvo.\n",
        encoding="utf-8",
    )
    with KnowledgeBase(tmp_path / "kb.db") as base:
        base.load(quotes)
        (tarvo,) = base.entities("Tarvo")

        def ask(number: int) -> int:
            if number % 10 == 0:
                tables = tmp_path / f"names{number}.csv"
                tables.write_text(
                    f"name,spelling,kind,source\nTarvo,Tarvo{number},place,a map\n", encoding="utf-8"
                )
                base.add_names(tables)
            return len(base.figures("detained"))

        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(ask, range(40))) == {1}
        assert len(base.names()) == 4
        assert base.check() == []
        assert base.entities("Tarvo")[0].uid == tarvo.uid
    with pytest.raises(StoreError, match="closed"):
        base.figures()


def test_notebooks_show_the_quotes_of_series_and_conflicts(demo: Path) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        for answer in (base.series("political prisoners"), base.conflicts()):
            html = answer._repr_html_()
            figure = answer[0].figures[-1]
            assert escape(figure.quote) in html
            assert f'<a href="{escape(str(figure.url))}"' in html
        assert (
            "<table>" in base.measures()._repr_html_()
        )  # which has a number of figures, and none of its own
        assert base.figures("no such thing")._repr_html_() == "<p>&lt;Answer: 0 x Figure&gt;</p>"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("DELETE FROM review", "asks nothing"),
        ("ATTACH 'other.db' AS other", "asks nothing"),
        ("VACUUM INTO 'other.db'", "asks nothing"),
        ("PRAGMA foreign_keys = OFF", "asks nothing"),
        ("/* SELECT */ -- SELECT\n DROP TABLE review", "asks nothing"),
        (" ; ", "asks nothing"),
        ("WITH a AS (SELECT 1) DELETE FROM review", "would write"),
        ("SELECT :word AS word", "no value for :word"),
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_what_is_no_question_is_told(
    base_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, told: str, read_only: bool
) -> None:
    monkeypatch.chdir(base_path.parent)
    with KnowledgeBase(base_path, read_only=read_only) as base:
        before = base.sql("SELECT count(*) AS number FROM review")
        with pytest.raises(UsageError, match=told):
            base.sql(query)
        assert base.sql("-- first\n/* then */ SELECT count(*) AS number FROM review") == before
    assert not (base_path.parent / "other.db").exists()


def test_wrong_types_are_told(demo: Path) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        for wrong in (5, ["Belarus"], b"Belarus"):
            with pytest.raises(UsageError, match="give a string"):
                base.figures(wrong)  # type: ignore[arg-type]
            with pytest.raises(UsageError, match="give a string"):
                base.timeline(place=wrong)  # type: ignore[arg-type]
        assert base.timeline(stances="asserted") == base.timeline(stances=["asserted"])
    with pytest.raises(UsageError, match="no path"):
        KnowledgeBase(None)  # type: ignore[arg-type]

"""Counts that real pages published, loaded as quotes: values, dates and speakers, series, and what clashes.

The quotes are others' and no part of the project; where `../shared` is absent these tests are skipped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb import KnowledgeBase
from kb.dates.edtf import interval_of
from tests.regold import ROOT

BENCH = ROOT.parent / "shared" / "bench"
FILES = ("figures_belarus.jsonl", "figures_myanmar.jsonl")
# What is counted, in the series that its figures must be in, where their quote or its address says so.
SERIES = {
    "political_prisoners_held": "political prisoners held",
    "political_prisoners_ever_since_2020": "political prisoners recognised",
    "arrests_since_2020": "people arrested",
    "released_in_event": "political prisoners released",
    "killed": "people killed",
    "killed_estimate": "people killed",
    "injured": "people injured",
    "missing": "people missing",
}
# Rows of whose quote and address neither says what the page around it does: "prisoners".
UNSAID = {1300.0}

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="../shared with its quotes is not there")

Row = dict[str, Any]


def rows() -> list[Row]:
    """The English rows of both files."""
    read = (json.loads(line) for name in FILES for line in (BENCH / name).read_text("utf-8").splitlines())
    return [row for row in read if row["lang"] == "en"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of the quotes, each once, without the answers."""
    folder = tmp_path_factory.mktemp("counts")
    given = {json.dumps({k: v for k, v in row.items() if k != "key"}): None for row in rows()}
    (folder / "quotes.jsonl").write_text("\n".join(given), encoding="utf-8")
    with KnowledgeBase(folder / "kb.db") as made:
        made.load(folder / "quotes.jsonl")
        assert made.check() == []
    return folder / "kb.db"


@pytest.fixture(scope="module")
def found(base: Path) -> list[tuple[Row, Row | None]]:
    """Each row with the figure of its number, or None."""
    with KnowledgeBase(base, read_only=True) as opened:
        figures = opened.sql("""
            SELECT figures.*, measure.name AS series FROM figures
            LEFT JOIN measure ON measure.uid = figures.measure_uid""")
    pairs: list[tuple[Row, Row | None]] = []
    for row in rows():
        key = row["key"]
        mine = (
            figure
            for figure in figures
            if figure["cites_url"] == row["url"]
            and figure["quote"][:40] in row["quote"]
            and (figure["low"], figure["high"]) == (key["low"], key["high"])
        )
        pairs.append((row, next(mine, None)))
    return pairs


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_values_and_comparators(found: list[tuple[Row, Row | None]]) -> None:
    right = [figure is not None and figure["comparator"] == row["key"]["comparator"] for row, figure in found]
    assert share(right) >= 0.95


def test_dates_that_quote_and_publication_state(found: list[tuple[Row, Row | None]]) -> None:
    """What the annotator inferred (`~`), and what neither quote nor day of publication state, is aside."""
    stated = [
        (row["key"]["as_of"], figure)
        for row, figure in found
        if row["key"]["as_of"] and "~" not in row["key"]["as_of"] and row["published"] and figure is not None
    ]
    assert len(stated) > 20
    assert share([_holds(day, figure) for day, figure in stated]) >= 0.9


def _holds(day: str, figure: Row) -> bool:
    """Whether the figure's time is that day, or one since which it is counted up to then."""
    if not figure["date"]:
        return False
    since = figure["date"].endswith("/..") and figure["earliest"] <= day
    told = interval_of(day)
    return bool(since or (figure["earliest"], figure["latest"]) == (str(told.earliest), str(told.latest)))


def test_speakers_that_the_quote_names(found: list[tuple[Row, Row | None]]) -> None:
    named = [(row["key"]["speaker"], figure) for row, figure in found if row["key"]["speaker_in_quote"]]
    assert len(named) > 20
    assert share([figure is not None and _is_one(who, figure["speaker"]) for who, figure in named]) >= 0.85


def _is_one(key: str, speaker: str | None) -> bool:
    """Whether the words name the same: a common word, or the long name of an acronym."""
    said = {word.strip("«»,").lower() for word in (speaker or "").split()} - {"the", "of"}
    initials = "".join(word[0] for word in (speaker or "").split() if word[0].isupper()).lower()
    wanted = {word.lower() for word in key.replace("-", " ").split()} - {"via", "/", "of"}
    return bool(wanted & {part for word in said for part in word.split("-")}) or initials in wanted


def test_series(found: list[tuple[Row, Row | None]]) -> None:
    wrong = {
        (row["key"]["low"], figure and figure["series"])
        for row, figure in found
        if row["key"]["low"] not in UNSAID
        and (figure is None or figure["series"] != SERIES[row["key"]["metric"]])
    }
    assert not wrong


def test_places(base: Path) -> None:
    """One series holds the quake's killed, one its injured, one its missing; estimates are marked."""
    with KnowledgeBase(base, read_only=True) as opened:
        lines = {line.measure: line for line in opened.series("people ", place="Myanmar")}
        assert lines.keys() == {"people killed", "people injured", "people missing"}
        estimates = [f.low for line in lines.values() for f in line.figures if f.said_status == "estimate"]
        assert estimates == [10000.0]


def test_counts_of_belarus_are_in_one_series_each(base: Path) -> None:
    """Those held, those ever recognised, those released and those arrested: each in one series, apart."""
    wanted: dict[str, set[float]] = {}
    for row in rows():
        name, low = SERIES[row["key"]["metric"]], row["key"]["low"]
        if name.startswith(("political prisoners", "people arrested")) and low not in UNSAID:
            wanted.setdefault(name, set()).add(low)
    with KnowledgeBase(base, read_only=True) as opened:
        for name, numbers in wanted.items():
            (line,) = (line for line in opened.series(name) if line.measure == name)
            assert line.place == "Belarus"
            assert {figure.low for figure in line.figures} >= numbers


def test_what_may_count_the_same_is_told(base: Path) -> None:
    """Who asks for political prisoners is told of prisoners of whom a quote says no more."""
    with KnowledgeBase(base, read_only=True) as opened:
        (line,) = (line for line in opened.series("political prisoners held") if line.near)
        assert [other.heading for other in line.near] == ["prisoners held in Belarus"]
        assert len(opened.candidates(kind="measure")) == 1


def test_clashes(base: Path) -> None:
    """The two texts of one agency on April 3 are takes of one; nothing else clashes, the rest are updates."""
    with KnowledgeBase(base, read_only=True) as opened:
        told = {
            (conflict.kind, *sorted(figure.low or 0.0 for figure in conflict.figures))
            for conflict in opened.conflicts()
        }
        assert told == {
            ("later take", 3085.0, 3145.0),
            ("later take", 4589.0, 4715.0),
            ("later take", 221.0, 341.0),
        }
        (killed,) = opened.series("people killed", place="Myanmar", relations=True)
        steps = [related for related in killed.relations if related.kind == "update"]
        assert len(steps) >= 3

"""Whose a figure is: chains, voices, a speaker's own publication; what a series is told of beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import KnowledgeBase
from tests.case_tables import CASES

TOLD = (
    ("Harbour Post", "https://post.example.org/fire", "LISBURY (Reuters) - ", ""),
    ("Coast Daily", "https://coast.example.org/2026/fire", "", " (Reuters)"),
    ("The Plain", "https://plain.example.org/x", "", ""),
)


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base of one agency's story in three outlets, and another telling of the same fire."""
    folder = tmp_path_factory.mktemp("wire")
    story = (CASES / "wire" / "harbour.txt").read_text(encoding="utf-8").strip()
    retold = (CASES / "wire" / "harbour_retold.txt").read_text(encoding="utf-8").strip()
    with KnowledgeBase(folder / "kb.db") as base:
        for day, (publisher, url, before, after) in enumerate(TOLD, 3):
            file = folder / f"{day}.txt"
            file.write_text(before + story + after, encoding="utf-8")
            base.load(file, url=url, published=f"2026-03-0{day}", publisher=publisher)
        (folder / "other.txt").write_text(retold, encoding="utf-8")
        base.load(folder / "other.txt", url="https://other.example.org/", published="2026-03-04")
    return folder / "kb.db"


def test_one_agencys_text_is_one_source(wire: Path) -> None:
    with KnowledgeBase(wire, read_only=True) as base:
        tonnes = next(line for line in base.series() if any(f.low == 9000 for f in line.figures))
        assert len(tonnes.figures) == 3
        assert (tonnes.sources, tonnes.voices) == (1, 1)
        chain = "Reuters -> Harbour Post, Coast Daily, The Plain"
        assert {figure.chain for figure in tonnes.figures} == {chain}
        assert {row["chain"] for row in base.figures("barley").to_dicts()} >= {chain}


def quotes(folder: Path, *rows: tuple[str | None, str, str, str]) -> Path:
    """A base of quotes: publisher, address, day, words."""
    file = folder / "quotes.jsonl"
    names = ("publisher", "url", "published", "quote")
    said = [{name: value for name, value in zip(names, row, strict=True) if value} for row in rows]
    file.write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
    with KnowledgeBase(folder / "kb.db") as base:
        base.load(file)
        assert base.check() == []
    return folder / "kb.db"


HELD = "On March 2, 2026, Belarus held 969 political prisoners, {} said."
A, B, C = ("https://a.example.org/", "https://b.example.org/", "https://c.example.org/")


def test_a_speaker_is_one_voice(tmp_path: Path) -> None:
    outlets = [(f"Paper {n}", f"https://p{n}.example.org/", "2026-03-03") for n in range(5)]
    rows = [(*outlet, HELD.format("Lantern Watch")) for outlet in outlets]
    own = ("Lantern Watch", "https://lantern.example.org/", "2026-03-02", HELD.format("Lantern Watch"))
    with KnowledgeBase(quotes(tmp_path, *rows, own), read_only=True) as base:
        (line,) = base.series("political prisoners")
        assert (len(line.figures), line.sources, line.voices) == (6, 6, 1)
        assert [figure.publisher for figure in line.figures if figure.primary] == ["Lantern Watch"]
        assert [figure.publisher for figure in base.figures(primary=True)] == ["Lantern Watch"]
        (primary,) = base.series(primary=True)
        assert len(primary.figures) == 1


def test_quotes_of_one_page_are_one_source(tmp_path: Path) -> None:
    page = "https://a.example.org/page"
    path = quotes(
        tmp_path,
        (None, page, "2026-03-03", HELD.format("Lantern Watch")),
        (None, page, "2026-03-03", "On March 1, 2026, Belarus held 968 political prisoners."),
        (None, B, "2026-03-03", HELD.format("Lantern Watch")),
    )
    with KnowledgeBase(path, read_only=True) as base:
        (line,) = base.series("political prisoners")
        assert (len(line.figures), line.sources) == (3, 2)


def test_subgroups_are_linked_to_their_whole(tmp_path: Path) -> None:
    path = quotes(
        tmp_path,
        (
            None,
            A,
            "2026-03-03",
            "On March 2, 2026, Belarus held 969 political prisoners, including 168 women.",
        ),
        (None, B, "2026-03-09", "A fire in Riga killed 21 people on March 5, 2026, including 12 children."),
    )
    with KnowledgeBase(path, read_only=True) as base:
        lines = {line.measure: line for line in base.series()}
        held, killed = lines["political prisoners held"], lines["people killed"]
        assert [part.heading for part in held.parts] == ["women among political prisoners held in Belarus"]
        whole = lines["women among political prisoners held"].part_of
        assert whole is not None
        assert (whole.uid, whole.figures) == (held.uid, 1)
        assert [part.heading for part in killed.parts] == ["children killed in Riga"]


def test_a_multiple_bounds_what_nobody_counted(tmp_path: Path) -> None:
    said = (
        "On June 3, 2026, Belarus held more than 800 political prisoners."
        " That is three times the number that Russia held in June 2014."
    )
    with KnowledgeBase(quotes(tmp_path, (None, A, "2026-06-03", said))) as base:
        line = next(line for line in base.series("political prisoners held") if line.implied)
        (bound,) = line.implied
        assert (bound.value, bound.place, bound.date) == ("more than 228", "Russia", "2014-06")
        (other,) = base.series("political prisoners", place="Russia")
        assert (other.heading, other.figures) == ("political prisoners held in Russia", ())
        assert other.implied == line.implied
        assert base.series(uid=other.uid)[0] == other
        assert len(base.series(place="Russia", since="2014", until="2014")) == 1
        assert not base.series(place="Russia", since="2015")
        assert not base.series(place="Russia", primary=True)


def test_a_multiple_is_told_where_its_baseline_has_figures(tmp_path: Path) -> None:
    said = (
        "On June 3, 2026, Belarus held more than 800 political prisoners."
        " That is three times the number that Russia held in June 2014."
    )
    russia = (None, B, "2020-01-02", "On January 1, 2020, Russia held 300 political prisoners.")
    with KnowledgeBase(quotes(tmp_path, (None, A, "2026-06-03", said), russia), read_only=True) as base:
        (line,) = base.series("political prisoners", place="Russia")
        assert [figure.low for figure in line.figures] == [300]
        assert [bound.value for bound in line.implied] == ["more than 228"]


def test_steps_of_a_series_are_explained(tmp_path: Path) -> None:
    path = quotes(
        tmp_path,
        (None, A, "2026-01-03", "On January 2, 2026, Belarus held 1,010 political prisoners."),
        (None, B, "2026-03-03", "On March 2, 2026, Belarus held 969 political prisoners."),
        (None, C, "2026-03-03", "On March 2, 2026, Belarus held over 900 political prisoners."),
    )
    with KnowledgeBase(path, read_only=True) as base:
        (line,) = base.series("political prisoners", relations=True)
        assert sorted(related.kind for related in line.relations) == ["agree", "update"]
        assert all(related.explanation.count("“") == 2 for related in line.relations)
        assert base.series("political prisoners")[0].relations == ()


def test_a_place_in_the_address_of_a_quote(tmp_path: Path) -> None:
    path = quotes(
        tmp_path,
        (None, A, "2026-03-03", "On March 2, 2026, Belarus held 969 political prisoners."),
        (
            None,
            B + "belarus-frees-more-prisoners",
            "2026-03-05",
            "By then, 940 political prisoners were still behind bars.",
        ),
    )
    with KnowledgeBase(path, read_only=True) as base:
        (line,) = base.series("political prisoners held")
        assert len(line.figures) == 2

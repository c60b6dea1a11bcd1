"""An excerpt that leaves out where: its figure is in the series of the text that says so, and told why."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest

from kb import KnowledgeBase

PAGE = "https://lantern.example.org/reports/17"
PAGES = {"page.txt": PAGE, "other.txt": "https://copy.example.org/"}
CUT = "As of May 3, 2026, at least 412 people were recognised as political prisoners, the centre said."
TEXT = f"""The Lantern Centre published its monthly report on Latvia on Monday.

{CUT} Courts in Latvia sentenced 31 of them in April, and the prison of Daugavpils is full.
"""
OTHER = TEXT.replace("Latvia", "Estonia").replace("Daugavpils", "Narva")
MORE = "On May 1, 2026, Latvia held 400 political prisoners, said the Lantern Centre."


def sources(folder: Path) -> tuple[Path, Path, Path]:
    """A page, a quote of it without a place, and a quote of another page."""
    page, cut, more = folder / "page.txt", folder / "cut.jsonl", folder / "more.jsonl"
    page.write_text(TEXT, encoding="utf-8")
    cut.write_text(f'{{"url": "{PAGE}", "published": "2026-05-04", "quote": "{CUT}"}}', encoding="utf-8")
    said = f'{{"url": "https://b.example.org/", "published": "2026-05-02", "quote": "{MORE}"}}'
    more.write_text(said, encoding="utf-8")
    return page, cut, more


def load(base: KnowledgeBase, path: Path) -> None:
    """Load one of the sources; it must leave a base that holds."""
    if path.suffix == ".txt":
        base.load(path, url=PAGES[path.name], published="2026-05-04")
    else:
        base.load(path)
    assert base.check() == []


def where(base: KnowledgeBase) -> dict[str, str | None]:
    """The kinds of source that tell of 412 people, with the place of the series that each is in."""
    found: dict[str, str | None] = {}
    for line in base.series("political prisoners"):
        found |= {figure.source_kind: line.place for figure in line.figures if figure.low == 412}
    return found


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=lambda order: "".join(map(str, order)))
def test_the_order_does_not_matter(tmp_path: Path, order: tuple[int, ...]) -> None:
    given = sources(tmp_path)
    with KnowledgeBase(tmp_path / "kb.db") as base:
        for one in order:
            load(base, given[one])
        assert where(base) == {"page": "Latvia", "quote": "Latvia"}
        line = next(line for line in base.series("political prisoners", relations=True) if line.lent)
        assert {figure.place for figure in line.figures} == {"Latvia", None}
        (lent,) = line.lent
        assert "Latvia" in lent.explanation
        assert CUT in lent.explanation
        counted = base.measure(uid_of(base, "quote")).figures
        told = next(one for one in counted if one.figure.source_kind == "quote" and one.figure.place is None)
        assert told.why.endswith("in Latvia, as another telling of the same sentence says")


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    """A base with the page and its excerpt."""
    opened = KnowledgeBase(tmp_path / "kb.db")
    for path in sources(tmp_path)[:2]:
        load(opened, path)
    return opened


def uid_of(base: KnowledgeBase, kind: str) -> str:
    return next(row.uid for row in base.figures() if row.low == 412 and row.source_kind == kind)


def test_a_withdrawal_of_the_page_undoes_it(base: KnowledgeBase) -> None:
    with base:
        (page,) = base.sql("SELECT uid FROM article WHERE kind = 'page'")
        base.withdraw(page["uid"], reason="asked to", by="Kim")
        assert base.check() == []
        assert where(base) == {"quote": None}


def test_corrections_go_before_it(base: KnowledgeBase) -> None:
    with base:
        base.correct(uid_of(base, "page"), {"place": "Estonia"}, by="Kim")
        assert base.check() == []
        assert where(base) == {"page": "Estonia", "quote": "Estonia"}
        base.correct(uid_of(base, "quote"), {"place": None}, by="Kim")
        assert base.check() == []
        assert where(base) == {"page": "Estonia", "quote": None}


def test_another_number_lends_nothing(base: KnowledgeBase) -> None:
    with base:
        base.correct(uid_of(base, "quote"), {"value": "at least 421"}, by="Kim")
        assert base.check() == []
        assert where(base) == {"page": "Latvia"}
        (moved,) = (line for line in base.series() if any(figure.low == 421 for figure in line.figures))
        assert moved.place is None


def test_a_rejected_figure_lends_nothing(base: KnowledgeBase) -> None:
    with base:
        base.reject(uid_of(base, "page"), by="Kim")
        assert base.check() == []
        assert where(base) == {"quote": None}


def test_two_places_lend_none(base: KnowledgeBase, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(OTHER, encoding="utf-8")
    with base:
        load(base, other)
        assert where(base)["quote"] is None


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_in_whatever_order_the_base_holds(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    other = tmp_path / "other.txt"
    other.write_text(OTHER, encoding="utf-8")
    waiting = [*sources(tmp_path), other]
    chance.shuffle(waiting)
    with KnowledgeBase(tmp_path / "kb.db") as base:
        for _ in range(14):
            figures = [row for row in base.figures() if row.low == 412]
            step = chance.randrange(4) if figures else 0
            if step == 0 and waiting:
                load(base, waiting.pop())
            elif step == 1:
                place = chance.choice(("Latvia", "Estonia", None))
                base.correct(chance.choice(figures).uid, {"place": place}, by="Kim")
            elif step == 2:
                chance.choice((base.reject, base.accept))(chance.choice(figures).uid, by="Kim")
            elif step == 3 and chance.random() < 0.3:
                article = chance.choice(base.sql("SELECT uid FROM article"))["uid"]
                base.withdraw(article, reason="asked to", by="Kim")
            assert base.check() == []

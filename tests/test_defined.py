"""Measures: listed, explained, defined in words that follow their figures, joined and parted by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.errors import UsageError
from kb.resolve.keys.measures import measured, reason
from tests.command import Command


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def base(tmp_path: Path) -> KnowledgeBase:
    """A base of two articles that count one thing in other words."""
    for name, text in {
        "a": "The museum in Brno counted 40 old clocks in 2024. In 2024, 12 thieves were arrested in Brno.",
        "b": "The museum in Brno counted 45 antique timepieces in 2024.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    opened = KnowledgeBase(tmp_path / "kb.db")
    opened.load(tmp_path / "a.txt", tmp_path / "b.txt")
    return opened


def test_a_definition_follows_its_figures(base: KnowledgeBase) -> None:
    clocks, timepieces = (base.measures(words)[0] for words in ("clocks", "timepieces"))
    made = base.define(clocks.name, "anything that  tells the time", by="Eve")
    (measure,) = base.measures("clocks")
    assert (measure.definition, measure.defined_by) == ("anything that tells the time", "Eve")
    assert base.series("clocks")[0].definition == measure.definition
    assert base.series("clocks")[0].measure_uid == measure.uid == clocks.uid
    joined = base.same(clocks.name, timepieces.name, by="Eve")
    assert {line.definition for line in base.series() if len(line.figures) == 2} == {measure.definition}
    later = base.define(timepieces.uid, "clocks and watches", by="Ann")
    assert base.measure(clocks.uid).measure.definition == "clocks and watches"
    assert not base.check()
    base.withdraw_definition(later.uid)
    assert base.measure(timepieces.uid).measure.definition == measure.definition
    base.withdraw_decision(joined.uid)
    assert base.measure(timepieces.uid).measure.definition is None
    base.withdraw_definition(made.uid)
    assert base.measure(clocks.uid).measure.definition is None
    assert not base.check()
    with pytest.raises(UsageError, match="no definition that stands"):
        base.withdraw_definition(made.uid)


def test_why_a_figure_is_of_a_measure(base: KnowledgeBase) -> None:
    clocks, timepieces = (base.measures(words)[0] for words in ("clocks", "timepieces"))
    made = base.same(clocks.uid, timepieces.uid, by="Eve", note="a test")
    shown = base.measure(clocks.uid)
    assert shown.measure.figures == len(shown.figures) == 2
    assert all(made.uid in counted.decisions[0] for counted in shown.figures)
    assert any("“clock”" in counted.why and "a test" in counted.decisions[0] for counted in shown.figures)
    (arrested,) = base.measures(kind="cumulative")
    (counted,) = base.measure(arrested.uid).figures
    assert counted.why.endswith("arrested, by “arrested”")


@pytest.mark.parametrize(
    ("measure", "unit", "why"),
    [
        ("people behind bars", "people", "of people: held, by “behind bars”"),
        ("women killed", "women", "of women among people: killed, by “killed”"),
        ("detainees released", "detainees", "of “detainee”: released, by “released”"),
        ("rainfall", "mm", "the words “mm”, “rainfall”, counted in mm"),
    ],
)
def test_reasons(measure: str, unit: str, why: str) -> None:
    assert reason(measure, unit, measured(measure, unit)) == why


def test_commands(kb: Command, base: KnowledgeBase, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    (row,) = json.loads(kb("measures", "list", "clocks", "--json", "--db", path).out)
    assert kb("measures", "define", row["uid"], "all clocks", "--by", "Eve", "--db", path).code == 0
    assert "all clocks" in kb("series", "clocks", "--table", "--db", path).out
    shown = kb("measures", "show", row["uid"], "--table", "--db", path).out
    assert "all clocks (says Eve" in shown
    assert kb("measures", "show", "clocks", "--db", path).out.count("\n") == 2
    assert json.loads(kb("measures", "show", "clocks", "--json", "--db", path).out)["measure"]["figures"] == 1
    (row,) = json.loads(kb("measures", "list", "clocks", "--json", "--db", path).out)
    assert kb("measures", "undefine", row["definition_uid"], "--db", path).code == 0
    made = kb("measures", "define", "clocks", "sundials too", "--db", path)
    assert made.out.endswith(f"  {row['name']}: sundials too\n")
    assert kb("measures", "undefine", "clocks", "--db", path).out.startswith(f"{row['name']}: no longer")
    assert "nobody defined" in kb("measures", "undefine", "clocks", "--db", path).err
    for wrong in (
        ("define", "nothing like it", "x"),
        ("define", row["uid"], " "),
        ("undefine", "nothing"),
        ("show", "nothing like it"),
        ("list", "--kind", "nonsense"),
    ):
        assert kb("measures", *wrong, "--db", path).code == 2


def test_kinds_and_stances_of_a_timeline(kb: Command, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    text = "Anna Novak was arrested on May 3, 2024. Petr Svoboda was not arrested on May 4, 2024."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert kb("load", tmp_path / "a.txt", "--db", path).code == 0
    ran = kb("timeline", "--kind", "nonsense", "--db", path)
    assert ran.code == 2
    assert "detained" in ran.err
    assert kb("timeline", "--stance", "nonsense", "--db", path).code == 2
    asserted, denied, everything = (
        {event["title"] for event in json.loads(kb("timeline", "--json", *more, "--db", path).out)}
        for more in ((), ("--stance", "denied"), ("--all",))
    )
    assert denied
    assert not asserted & denied
    assert asserted | denied <= everything

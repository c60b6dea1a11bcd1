"""One's own figure for a series and a time: never a source, found again, stale when its figures change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.errors import UsageError
from kb.query import Assessment, Series
from tests.command import Command

HELD = "political prisoners held"
NEWS = "There were 1,020 political prisoners in Belarus on February 28, 2026, Example Watch said."
RULE = "one group names everyone, the other counts house arrest"


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


def held(base: KnowledgeBase) -> Series:
    return base.series(HELD, place="Belarus")[0]


def of_the_day(base: KnowledgeBase) -> list[str]:
    return sorted(figure.uid for figure in held(base).figures if figure.date in ("2026-02-28", "2026-02"))


def concluded(base: KnowledgeBase) -> Assessment:
    base.assess(HELD, place="Belarus", date="2026-02-28", low=969, best=1000, high=1180, rule=RULE, by="ana")
    return base.assessments()[0]


def test_it_is_shown_beside_the_series_and_counts_nowhere(base_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        before = held(base)
        made = concluded(base)
        after = held(base)
        assert after.assessments == (made,)
        assert (made.series, made.heading, made.value) == (
            after.uid,
            "political prisoners held in Belarus",
            "1,000 (969-1,180) political prisoners",
        )
        assert (after.figures, after.sources, after.voices) == (before.figures, before.sources, before.voices)
        assert (list(made.used), made.set_aside, made.stale) == (of_the_day(base), (), ())
        assert (
            base.compare("On February 28, 2026, Belarus held 1,000 political prisoners.")[0].verdict != "same"
        )
        assert base.check() == []


def test_what_is_not_used_is_set_aside(base_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        first, *others = of_the_day(base)
        made = base.assess(held(base).uid, date="2026-02-28", best=969, rule=RULE, used=[first])
        assert (made.used, made.set_aside) == ((first,), tuple(others))
        made = base.assess(first, date="2026-02-28", best=969, rule=RULE, set_aside=[first])
        assert (made.used, made.set_aside) == (tuple(others), (first,))


def test_a_new_figure_of_that_time_makes_it_stale(base_path: Path, tmp_path: Path) -> None:
    news = tmp_path / "news.txt"
    with KnowledgeBase(base_path) as base:
        concluded(base)
        news.write_text(NEWS.replace("2026", "2019"), encoding="utf-8")
        base.load(news, published="2026-03-01")
        assert base.assessments()[0].stale == ()
        news.write_text(NEWS, encoding="utf-8")
        base.load(news, published="2026-03-01")
        (reason,) = base.assessments()[0].stale
        assert "1,020 political prisoners" in reason
        assert "came in since" in reason


def test_a_review_makes_it_stale(base_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        base.accept(of_the_day(base)[0], by="bo")
        made = concluded(base)
        assert made.stale == ()
        base.reject(made.used[0], by="bo")
        (reason,) = base.assessments()[0].stale
        assert "a review by bo (rejected)" in reason


def test_a_withdrawn_source_makes_it_stale(base_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        made = concluded(base)
        base.withdraw("https://ledger.example.org/statements/2026-03-02", reason="asked to", by="bo")
        assert any("gone from the base" in reason for reason in base.assessments()[0].stale)
        assert held(base).assessments[0].uid == made.uid


def test_it_finds_its_series_when_that_gets_another_uid(base_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        made = concluded(base)
        counted = {line.measure: line for line in base.series(place="Belarus")}
        other = counted["people held"]
        base.same(other.figures[0].uid, made.used[0], by="bo")
        line = next(
            line for line in base.series(place="Belarus") if made.used[0] in [f.uid for f in line.figures]
        )
        assert len(line.figures) > len(other.figures)
        assert [one.uid for one in line.assessments] == [made.uid]
        assert base.assessments()[0].series == line.uid


def test_it_can_be_taken_back(base_path: Path) -> None:
    with KnowledgeBase(base_path) as base:
        made = concluded(base)
        base.withdraw_assessment(made.uid, by="bo")
        assert held(base).assessments == ()
        assert [one.withdrawn for one in base.assessments()] == [True]
        with pytest.raises(UsageError, match="no assessment that stands"):
            base.withdraw_assessment(made.uid)
        assert concluded(base).uid != made.uid


@pytest.mark.parametrize(
    ("series", "values", "message"),
    [
        ("unicorns", {"best": 1}, "no series"),
        ("people", {"best": 1}, "fits .* series"),
        (HELD, {}, "has a value"),
        (HELD, {"low": 2, "best": 1}, "comes before"),
        (HELD, {"best": 1, "date": "someday"}, "someday"),
        (HELD, {"best": 1, "date": "1999"}, "nothing of the series"),
        (HELD, {"best": 1, "rule": " "}, "rule or a reason"),
        (HELD, {"best": 1, "used": ["nobody"]}, "no figure of the series"),
    ],
)
def test_what_cannot_be_concluded_is_told(
    base_path: Path, series: str, values: dict[str, object], message: str
) -> None:
    said: dict[str, object] = {
        "date": "2026-02-28",
        "rule": RULE,
        "place": "Belarus" if series == HELD else None,
    }
    with KnowledgeBase(base_path) as base, pytest.raises(UsageError, match=message):
        base.assess(series, **(said | values))  # type: ignore[arg-type]


def test_the_command_concludes_lists_draws_and_takes_back(
    kb: Command, base_path: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "held.svg"
    said = ("--place", "Belarus", "--date", "2026-02-28", "--low", 969, "--high", 1180, "--reason", RULE)
    ran = kb("assess", HELD, *said, "--provisional", "--by", "ana", "--db", base_path)
    assert ran.code == 0
    uid = ran.out.split()[0]
    (row,) = json.loads(kb("assess", "--list", "--json", "--db", base_path).out)
    assert (row["uid"], row["best"], row["provisional"], row["by"]) == (uid, None, True, "ana")
    table = kb("series", HELD, "--place", "Belarus", "--table", "--db", base_path).out
    assert (
        f"concluded by ana, 2026-02-28: 969-1,180 political prisoners, provisional ({RULE}); {uid}" in table
    )
    assert kb("series", HELD, "--place", "Belarus", "--plot", picture, "--db", base_path).code == 0
    assert "Diamond: concluded." in picture.read_text(encoding="utf-8")
    assert "taken back" in kb("assess", "--withdraw", uid, "--db", base_path).out
    assert kb("assess", HELD, "--db", base_path).code == 2
    assert kb("assess", "--db", base_path).code == 2


@pytest.mark.parametrize("best", ["nan", "inf", "-inf"])
def test_a_value_is_a_finite_number(kb: Command, base_path: Path, best: str) -> None:
    said = ("--place", "Belarus", "--date", "2026-02-28", "--rule", RULE, f"--best={best}")
    ran = kb("assess", HELD, *said, "--db", base_path)
    assert (ran.code, "finite number" in ran.err) == (2, True)
    assert json.loads(kb("assess", "--list", "--json", "--db", base_path).out) == []

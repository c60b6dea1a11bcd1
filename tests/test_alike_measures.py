"""Measures that may be one: told as candidates and beside the series, until somebody decides."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.errors import UsageError
from tests.command import Command

A, B, C = ("https://a.example.org/1", "https://b.example.org/2", "https://c.example.org/3")
POLITICAL = (A, "2026-03-03", "On March 2, 2026, Latvia held more than 900 political prisoners.")
PLAIN = (B, "2026-03-20", "On March 19, 2026, Latvia held 1,100 prisoners.")


def told(folder: Path, *rows: tuple[str, str, str]) -> KnowledgeBase:
    """A base of quotes: address, day, words."""
    file = folder / "quotes.jsonl"
    names = ("url", "published", "quote")
    lines = (json.dumps(dict(zip(names, row, strict=True))) for row in rows)
    file.write_text("\n".join(lines), encoding="utf-8")
    base = KnowledgeBase(folder / "kb.db")
    base.load(file)
    return base


def pairs(base: KnowledgeBase) -> list[tuple[str, str | None]]:
    return [(pair.a, pair.b) for pair in base.candidates(kind="measure")]


def test_two_measures_that_may_be_one_are_told_until_it_is_decided(tmp_path: Path) -> None:
    headings = ("prisoners held in Latvia", "political prisoners held in Latvia")
    with told(tmp_path, POLITICAL, PLAIN) as base:
        assert pairs(base) == [headings]
        (pair,) = base.candidates(kind="measure")
        assert pair.why is not None
        assert POLITICAL[2] in pair.why
        assert PLAIN[2] in pair.why
        (line,) = base.series("political prisoners", place="Latvia")
        (near,) = line.near
        assert (near.heading, near.figures) == (headings[0], 1)
        assert pair.uid_b is not None
        made = base.different(pair.uid_a, pair.uid_b, by="Kim")
        assert pairs(base) == []
        assert base.series("political prisoners")[0].near == ()
        base.withdraw_decision(made.uid, by="Kim")
        assert pairs(base) == [headings]
        base.same(pair.uid_a, pair.uid_b, by="Kim")
        assert pairs(base) == []
        (line,) = base.series("held", place="Latvia")
        assert (len(line.figures), line.near) == (2, ())


@pytest.mark.parametrize(
    "other",
    [
        (B, "2026-03-20", "On March 19, 2026, Latvia held 310 prisoners."),
        (B, "2026-03-20", "On March 19, 2026, Latvia held 9,400 prisoners."),
        (B, "2026-03-20", "On March 19, 2026, Estonia held 1,100 prisoners."),
        (B, "2025-03-20", "On March 19, 2025, Latvia held 1,100 prisoners."),
        (B, "2026-03-20", "On March 19, 2026, Latvia released 1,100 prisoners."),
    ],
    ids=["less", "more", "elsewhere", "long before", "another state"],
)
def test_what_cannot_be_one_is_no_candidate(tmp_path: Path, other: tuple[str, str, str]) -> None:
    with told(tmp_path, POLITICAL, other) as base:
        assert pairs(base) == []
        assert base.series("political prisoners")[0].near == ()


def test_people_are_a_whole_unless_they_are_held(tmp_path: Path) -> None:
    held = (C, "2026-03-20", "By March 19, 2026, 1,100 people were in prison in Latvia.")
    killed = (
        (A, "2026-03-03", "On March 2, 2026, at least 40 bus drivers were killed in Estonia."),
        (B, "2026-03-03", "On March 2, 2026, 45 people were killed in Estonia."),
    )
    with told(tmp_path, POLITICAL, held, *killed) as base:
        assert pairs(base) == [("people held in Latvia", "political prisoners held in Latvia")]


def test_what_one_text_tells_apart_is_no_candidate(tmp_path: Path) -> None:
    both = "On March 2, 2026, Latvia held 950 political prisoners and 5,200 prisoners in all."
    with told(tmp_path, (C, "2026-03-03", both), POLITICAL, PLAIN) as base:
        assert pairs(base) == []


def test_the_order_does_not_matter(tmp_path: Path) -> None:
    rows = (POLITICAL, PLAIN, (C, "2026-03-28", "On March 27, 2026, Latvia held about 1,000 prisoners."))
    answers = []
    for number, order in enumerate(permutations(rows)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with told(folder, *order) as base:
            answers.append([(pair.a, pair.b, pair.score, pair.why) for pair in base.candidates()])
    assert all(answer == answers[0] for answer in answers)


def test_the_commands_tell_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = Command(capsys)
    with told(tmp_path, POLITICAL, PLAIN) as base, pytest.raises(UsageError, match="weather"):
        base.candidates(kind="weather")
    at = ("--db", tmp_path / "kb.db")
    piped = run("series", "political prisoners", *at)
    assert "may count the same: prisoners held in Latvia (1 figure)" in piped.err
    assert "may count the same" not in piped.out
    assert "may count the same" in run("series", "political prisoners", *at, "--table").out
    (line,) = json.loads(run("series", "political prisoners", *at, "--json").out)
    assert [near["heading"] for near in line["near"]] == ["prisoners held in Latvia"]
    (pair,) = json.loads(run("candidates", "--kind", "measure", *at, "--json").out)
    assert pair["kind"] == "measure"
    assert run("candidates", "--kind", "weather", *at).code == 2

"""Decisions on who and what is one: by name or uid, seen at once, taken back without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.errors import UsageError
from tests.command import Command


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A base of two articles that name Anna Novak and Petr Novak, and count the same thing in other words."""
    for name, text in {
        "a": "Anna Novak opened the museum in Brno on May 3, 2024. The museum counted 40 old clocks in 2024.",
        "b": "Petr Novak left Brno on May 4, 2024. The museum counted 45 antique timepieces in 2024.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "kb.db"
    with KnowledgeBase(path) as base:
        base.load(tmp_path / "a.txt", tmp_path / "b.txt")
    return path


def picture(base: KnowledgeBase) -> list[dict[str, object]]:
    return base.entities().to_dicts() + base.series().to_dicts()


def test_same_joins_and_its_withdrawal_parts(two: Path) -> None:
    with KnowledgeBase(two) as base:
        before = picture(base)
        made = base.same("Anna Novak", "Petr Novak", by="Eve", note="a test")
        (joined,) = base.entities("Novak")
        assert set(joined.forms) == {"Anna Novak", "Petr Novak"}
        assert [(d.verdict, {d.a, d.b}, d.by, d.withdrawn) for d in base.decisions()] == [
            ("same", {"Anna Novak", "Petr Novak"}, "Eve", False)
        ]
        assert not base.check()
        base.withdraw_decision(made.uid, by="Eve")
        assert picture(base) == before
        assert base.decisions()[0].withdrawn
        assert not base.check()


def test_measures_are_joined_into_one_series(two: Path) -> None:
    with KnowledgeBase(two) as base:
        clocks, timepieces = base.figures("clocks")[0], base.figures("timepieces")[0]
        assert len(base.series("clocks")[0].figures) == 1
        made = base.same(clocks.uid, timepieces.uid)
        (line,) = [line for line in base.series() if len(line.figures) == 2]
        assert {figure.uid for figure in line.figures} == {clocks.uid, timepieces.uid}
        assert not base.check()
        base.withdraw_decision(made.uid)
        assert all(len(line.figures) == 1 for line in base.series())
        assert not base.check()


def test_different_keeps_apart(two: Path) -> None:
    with KnowledgeBase(two) as base:
        brno = base.entities("Brno")
        assert len(brno) == 1
        assert brno[0].articles == 2
        uids = [row["uid"] for row in mentions(two, "Brno")]
        base.different(uids[0], uids[-1])
        assert len(base.entities("Brno")) == 2
        assert not base.check()


def test_a_publisher_is_joined_and_parted_by_uid_and_by_name(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as base:
        for name, publisher in (("a", "Lumen"), ("b", "Lumen Weekly")):
            (tmp_path / f"{name}.txt").write_text(f"The mayor opened bridge {name}.", encoding="utf-8")
            base.load(tmp_path / f"{name}.txt", publisher=publisher)
        one, other = base.entities("Lumen")
        assert (one.quote, one.mentions, one.published) == (None, 0, 1)
        base.same(one.uid, other.name)
        (joined,) = base.entities("Lumen")
        assert (joined.published, joined.forms) == (2, ("Lumen", "Lumen Weekly"))
        assert not base.candidates()
        assert not base.check()


def test_candidates_until_somebody_decides(tmp_path: Path) -> None:
    for name, text in {
        "a": "Jana Novakova opened the museum in Brno with Petr Svoboda on May 3, 2024.",
        "b": "The museum in Brno was closed by J. Nováková and Petr Svoboda on May 4, 2024.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    with KnowledgeBase(tmp_path / "kb.db") as base:
        base.load(tmp_path / "a.txt", tmp_path / "b.txt")
        (pair,) = base.candidates()
        assert {pair.a, pair.b} == {"Jana Novakova", "J. Nováková"}
        assert "Petr Svoboda" in pair.company
        base.different(pair.uid_a, str(pair.uid_b))
        assert not base.candidates()


def mentions(path: Path, name: str) -> list[dict[str, str]]:
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT uid, article_uid FROM mentions WHERE mention = ? ORDER BY article_uid", (name,)
        )
        return [{"uid": uid, "article": article} for uid, article in rows]
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("Anna Novak", "Nobody Known", "nothing has the uid or the name"),
        ("Anna Novak", "Anna Novak", "are one already"),
    ],
)
def test_what_cannot_be_decided(two: Path, a: str, b: str, said: str) -> None:
    with KnowledgeBase(two) as base:
        with pytest.raises(UsageError, match=said):
            base.same(a, b)
        assert not base.decisions()


def test_only_things_of_one_kind(two: Path) -> None:
    with KnowledgeBase(two) as base:
        figure = base.figures()[0]
        with pytest.raises(UsageError, match="only things of one kind"):
            base.same("Anna Novak", figure.uid)


def test_a_person_and_a_place_only_on_purpose(kb: Command, two: Path) -> None:
    refused = kb("same", "Anna Novak", "Brno", "--db", two)
    assert (refused.code, "'Brno'" in refused.err, "--across-kinds" in refused.err) == (2, True, True)
    with KnowledgeBase(two, read_only=True) as base:
        assert not base.decisions()
    assert kb("different", "Anna Novak", "Brno", "--db", two).code == 0
    assert kb("same", "Anna Novak", "Brno", "--across-kinds", "--db", two).code == 0
    with KnowledgeBase(two, read_only=True) as base:
        (joined,) = base.entities("Brno")
        assert set(joined.forms) == {"Anna Novak", "Brno"}
        assert not base.check()


def test_the_commands(kb: Command, two: Path) -> None:
    made = kb("same", "Anna Novak", "Petr Novak", "--by", "Eve", "--note", "a test", "--db", two)
    assert made.code == 0
    uid = made.out.split()[0]
    assert made.out == f"{uid}  entity: Anna Novak is the same as Petr Novak\n"
    assert f"kb same --withdraw {uid} takes it back" in made.err
    again = kb("different", "Anna Novak", "Petr Novak", "--db", two)
    assert (again.code, "one already: kb candidates --decided" in again.err) == (2, True)
    gone = kb("different", "--withdraw", uid, "--db", two)
    assert gone.code == 0
    assert "Anna Novak no longer decided about with Petr Novak" in gone.out
    assert "taken back already" in kb("same", "--withdraw", uid, "--db", two).err
    assert kb("same", "Anna Novak", "--db", two).code == 2
    assert kb("same", "--withdraw", "unknown", "--db", two).code == 2


def test_listed_spellings_join_until_they_are_taken_back(kb: Command, two: Path, tmp_path: Path) -> None:
    file = tmp_path / "spellings.csv"
    file.write_text("name,spelling,source\nAnna Novak,Petr Novak,a test\n", encoding="utf-8")
    with KnowledgeBase(two) as base:
        before = picture(base)
        (alias,) = base.add_names(file, by="Eve")
        assert not base.add_names(file), "a line that is listed already is passed over"
        (joined,) = base.entities("Novak")
        assert set(joined.forms) == {"Anna Novak", "Petr Novak"}
        assert not base.check()
    assert "Petr Novak" in kb("names", "list", "--db", two).out
    assert kb("names", "remove", alias.uid, "--db", two).code == 0
    assert kb("names", "add", file, "--db", two).code == 0
    assert kb("names", "remove", "Petr Novak", "--db", two).code == 0
    assert "kb names list shows them" in kb("names", "remove", "Petr Novak", "--db", two).err
    with KnowledgeBase(two) as base:
        assert picture(base) == before
        assert not base.names()
        assert not base.check()


def test_listed_spellings_join_what_comes_later(tmp_path: Path) -> None:
    (tmp_path / "spellings.csv").write_text("name,spelling\nAnna Novak,Hanna Nowakowa\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("Anna Novak opened the museum on May 3, 2024.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Hanna Nowakowa left on May 4, 2024.", encoding="utf-8")
    with KnowledgeBase(tmp_path / "kb.db") as base:
        base.add_names(tmp_path / "spellings.csv")
        base.load(tmp_path / "a.txt", tmp_path / "b.txt")
        assert len(base.entities(kind="person")) == 1
        assert not base.check()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("name\nAnna\n", "has no column spelling"),
        ("name,spelling\nAnna,\n", "line 2: it needs both"),
        ("name,spelling,kind\nAnna,Ana,animal\n", "no kind 'animal'"),
    ],
)
def test_lists_that_cannot_be_read(kb: Command, two: Path, tmp_path: Path, lines: str, said: str) -> None:
    file = tmp_path / "spellings.csv"
    file.write_text(lines, encoding="utf-8")
    ran = kb("names", "add", file, "--db", two)
    assert ran.code == 1
    assert said in ran.err
    assert "No spellings" not in kb("names", "list", "--db", two, "--table").err

"""Reviews: what people accept, reject and correct, what follows from it, and all of it taken back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.errors import UsageError
from kb.extract import extract
from kb.resolve import regroup
from kb.store import Store
from kb.store.lookup import stored_article
from tests.command import Command

ARTICLES = {
    "a": "Anna Novak opened the museum in Brno on May 3, 2024. The museum counted 40 old clocks in 2024."
    " Jan Kral resigned on May 5, 2024.",
    "b": "Petr Novak left Brno on May 4, 2024. The museum in Brno counted 45 old clocks in 2024."
    " Jan Kral resigned on May 5, 2024. He met Anna Novak on May 6, 2024.",
}


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviews")
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    with KnowledgeBase(folder / "kb.db") as base:
        for name in ARTICLES:
            base.load(folder / f"{name}.txt", url=f"https://example.org/{name}")
    return folder / "kb.db"


@pytest.fixture
def path(loaded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(loaded, tmp_path / "kb.db"))


def picture(base: KnowledgeBase) -> list[list[dict[str, object]]]:
    """All that the questions answer, uids too."""
    return [rows.to_dicts() for rows in (base.figures(), base.series(), base.timeline(), base.entities())]


def test_what_is_rejected_shows_and_counts_nowhere(path: Path) -> None:
    with KnowledgeBase(path) as base:
        before = picture(base)
        clash = base.conflicts()[0]
        made = base.reject(clash.figures[0].uid, by="Eve", note="of another house")
        assert base.figures()[0].status == "rejected"
        assert not base.conflicts()
        assert [len(line.figures) for line in base.series()] == [1]
        assert not base.check()
        base.undo(made.uid, by="Bob")
        assert picture(base) == before
        assert not base.check()


def test_a_rejected_report_falls_out_of_its_event(path: Path) -> None:
    with KnowledgeBase(path) as base:
        (event,) = base.timeline(kind="resigned")
        assert len(event.reports) == 2
        base.reject(event.reports[0].uid, by="Eve")
        (event,) = base.timeline(kind="resigned")
        assert len(event.reports) == 1
        base.reject(event.reports[0].uid, by="Eve")
        assert not base.timeline(kind="resigned")
        assert {row["status"] for row in base.sql("SELECT status FROM reports WHERE kind = 'resigned'")} == {
            "rejected"
        }
        assert not base.check()


def test_a_rejected_name_is_nobody_in_its_article(path: Path) -> None:
    with KnowledgeBase(path) as base:
        before = picture(base)
        named = base.review(kind="name", url="https://example.org/a")
        (anna,) = [item for item in named if item.reading["name"] == "Anna Novak"]
        base.reject(anna.uid, by="Eve")
        (left,) = base.entities("Anna Novak")
        assert left.articles == 1
        assert not base.check()
        base.undo(anna.uid, by="Eve")
        assert picture(base) == before


def test_a_corrected_value_joins_as_corrected_and_keeps_what_was_read(path: Path) -> None:
    with KnowledgeBase(path) as base:
        before = picture(base)
        figure = base.figures()[0]
        base.correct(figure.uid, {"value": "more than 800", "unit": "km", "date": "May 2023"}, by="Eve")
        corrected = base.figures("clocks", until="2023")[0]
        assert (corrected.value, corrected.date, corrected.status) == (
            "> 800 kilometres",
            "2023-05",
            "corrected",
        )
        (row,) = base.sql("SELECT * FROM figures WHERE uid = :uid", uid=figure.uid)
        assert (row["extracted_low"], row["extracted_date"]) == (40.0, "2024")
        assert len(base.series()) == 2
        assert not base.check()
        base.undo(figure.uid, by="Eve")
        assert picture(base) == before


def test_a_corrected_place_finds_the_place_of_that_name(path: Path) -> None:
    with KnowledgeBase(path) as base:
        (line,) = base.series()
        base.correct(line.figures[0].uid, {"place": "Prague"}, by="Eve")
        assert {line.place for line in base.series()} == {"Prague", "Brno"}
        base.correct(line.figures[0].uid, {"place": "Brno"}, by="Eve")
        (line,) = base.series()
        assert len(line.figures) == 2
        assert not base.check()


def test_the_place_that_a_person_names_may_come_later(path: Path, tmp_path: Path) -> None:
    with KnowledgeBase(path) as base:
        for figure in base.figures():
            base.correct(figure.uid, {"place": "Prague"}, by="Eve")
        assert len(base.series()) == 1
        (tmp_path / "c.txt").write_text("Jan Kral left Prague on May 9, 2024.", encoding="utf-8")
        base.load(tmp_path / "c.txt")
        assert not base.check()
        mention = next(item for item in base.review(kind="name") if item.reading["name"] == "Prague")
        base.reject(mention.uid, by="Eve")
        assert not base.check()


def test_the_date_of_an_event_is_what_its_reports_are_corrected_to(path: Path) -> None:
    with KnowledgeBase(path) as base:
        before = picture(base)
        (event,) = base.timeline(kind="resigned")
        for report in event.reports:
            base.correct(report.uid, {"date": "2024-05-07", "title": "Jan Kral steps down"}, by="Eve")
        (event,) = base.timeline(kind="resigned")
        assert (event.date, event.title, len(event.reports)) == ("2024-05-07", "Jan Kral steps down", 2)
        assert event.status == "corrected"
        assert not base.check()
        for report in event.reports:
            base.undo(report.uid, by="Eve")
        assert picture(base) == before


def test_a_denied_event_leaves_the_timeline(path: Path) -> None:
    with KnowledgeBase(path) as base:
        (event,) = base.timeline(kind="resigned")
        for report in event.reports:
            base.correct(report.uid, {"stance": "denied"}, by="Eve")
        assert not base.timeline(kind="resigned")
        assert not base.check()


def test_a_name_is_corrected_to_somebody_who_is_known(path: Path) -> None:
    with KnowledgeBase(path) as base:
        anna = base.entities("Anna Novak")[0]
        base.correct(anna.uid, {"entity": "Petr Novak"}, by="Eve")
        assert not base.check()
        (petr,) = base.entities("Petr")
        assert set(petr.forms) == {"Anna Novak", "Petr Novak"}
        base.undo(anna.uid, by="Eve")
        assert len(base.entities("Novak")) == 2


def test_a_second_person_double_checks(path: Path) -> None:
    with KnowledgeBase(path) as base:
        uid = base.figures()[0].uid
        base.accept(uid, by="Eve")
        base.accept(uid, by="Eve")
        assert base.figures()[0].status == "accepted"
        assert [item.uid for item in base.review(second="Bob")] == [uid]
        assert not base.review(second="Eve")
        base.accept(uid, by="Bob")
        assert base.figures()[0].status == "double-checked"
        assert [entry.by for entry in base.decided(uid) if entry.kind == "review"] == ["Eve", "Eve", "Bob"]


def test_decisions_hold_when_the_text_is_read_again(path: Path, tmp_path: Path) -> None:
    with KnowledgeBase(path) as base:
        one, other = base.figures()
        base.reject(one.uid, by="Eve")
        base.correct(other.uid, {"value": "46"}, by="Eve")
        before = [(figure.uid, figure.value, figure.status) for figure in base.figures()]
    with Store.open(path) as store:  # a newer extractor, and what is said of the article later
        run = store.start_run("kb", "next")
        for revision in (1, 2):
            from kb.store.facts import insert_facts

            facts = extract(stored_article(store.connection, revision))
            with store.transaction() as connection:
                insert_facts(connection, facts, revision, run)
                regroup(connection, revision)
    (tmp_path / "a.txt").write_text(ARTICLES["a"], encoding="utf-8")
    with KnowledgeBase(path) as base:
        base.load(tmp_path / "a.txt", url="https://example.org/a", title="Clocks")
        assert [(figure.uid, figure.value, figure.status) for figure in base.figures()] == before
        assert not base.check()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"value": "many thanks"}, "is no figure"),
        ({"comparator": "about"}, "no comparator"),
        ({"comparator": "between"}, "give the value too"),
        ({"date": "the other day"}, "no date"),
        ({"date": "2024-02-31"}, "no date"),
        ({"unit": "2 million EUR"}, "unit"),
        ({"measure": " "}, "cannot be empty"),
        ({"stance": "sure"}, "no stance"),
        ({"colour": "red"}, "no field 'colour': a figure has value"),
        ({}, "no field to correct"),
    ],
)
def test_what_cannot_be_a_reading(path: Path, said: dict[str, str | None], message: str) -> None:
    with KnowledgeBase(path) as base:
        with pytest.raises(UsageError, match=message):
            base.correct(base.figures()[0].uid, said)
        assert base.figures()[0].status == "machine"


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ({"value": "800-900"}, ("between", 800.0, 900.0)),
        ({"value": "fewer than 12"}, ("<", None, 12.0)),
        ({"comparator": ">="}, (">=", 40.0, None)),
        ({"comparator": "<"}, ("<", None, 40.0)),
        ({"value": "about 3.5 million", "comparator": "="}, ("=", 3.5e6, 3.5e6)),
    ],
)
def test_a_value_with_its_comparator(
    path: Path, said: dict[str, str | None], bounds: tuple[str, float | None, float | None]
) -> None:
    with KnowledgeBase(path) as base:
        uid = base.figures()[0].uid
        base.correct(uid, said)
        (row,) = base.sql("SELECT comparator, low, high FROM figures WHERE uid = :uid", uid=uid)
        assert tuple(row.values()) == bounds
        assert not base.check()


def test_what_cannot_be_undone(path: Path) -> None:
    with KnowledgeBase(path) as base:
        uid = base.figures()[0].uid
        made = base.accept(uid, by="Eve")
        with pytest.raises(UsageError, match="nothing that Bob said"):
            base.undo(uid, by="Bob")
        base.undo(made.uid, by="Bob")
        with pytest.raises(UsageError, match="stands"):
            base.undo(made.uid, by="Eve")
        with pytest.raises(UsageError, match="no review and no reviewed fact"):
            base.undo("unknown")
        with pytest.raises(UsageError, match="no fact has the uid"):
            base.accept("unknown")


def test_conflicts_come_first_then_what_is_uncertain(path: Path) -> None:
    with KnowledgeBase(path) as base:
        why = [item.why for item in base.review()]
        assert why == sorted(why, key=["conflict", "uncertain", "new"].index)
        assert why[:2] == ["conflict", "conflict"]
        assert {item.kind for item in base.review("clocks")} == {"figure"}
        assert {item.url for item in base.review(url="https://example.org/b")} == {"https://example.org/b"}
        assert {item.uid for item in base.review(kind="event", since="2024-05-06")} <= {
            report.uid for event in base.timeline(since="2024-05-06") for report in event.reports
        }


def test_a_script_lists_and_answers(kb: Command, path: Path, tmp_path: Path) -> None:
    items = json.loads(kb("review", "--json", "--kind", "figure", "--db", path).out)
    answers = tmp_path / "answers.jsonl"
    said = [items[0] | {"verdict": "accept"}, items[1] | {"verdict": "correct", "corrections": {"value": 46}}]
    answers.write_text("\n".join(map(json.dumps, said)) + "\n", encoding="utf-8")
    ran = kb("review", "--answers", answers, "--by", "Eve", "--db", path)
    assert (ran.code, len(ran.out.splitlines())) == (0, 2)
    assert json.loads(kb("review", "--json", "--kind", "figure", "--db", path).out) == []
    answers.write_text(json.dumps([said[0], {"uid": "unknown", "verdict": "reject"}]), encoding="utf-8")
    ran = kb("review", "--answers", answers, "--db", path)
    assert ran.code == 2
    assert "item 2: no fact has the uid 'unknown'" in ran.err
    uid = items[0]["uid"]
    assert "corrected" not in kb("history", uid, "--db", path).out
    assert kb("review", "--undo", uid, "--by", "Eve", "--db", path).code == 0
    assert len(json.loads(kb("review", "--json", "--kind", "figure", "--db", path).out)) == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ('{"uid": "x"', "line 1: no JSON"),
        ('"x"', "no JSON object"),
        ('{"verdict": "accept"}', "uid must be there"),
        ('{"uid": "UID", "verdict": "maybe"}', "no verdict 'maybe'"),
        ('{"uid": "UID", "verdict": "correct"}', "corrections are missing"),
    ],
)
def test_answers_that_cannot_be(kb: Command, path: Path, tmp_path: Path, answer: str, message: str) -> None:
    with KnowledgeBase(path) as base:
        uid = base.figures()[0].uid
    (tmp_path / "answers.jsonl").write_text(answer.replace("UID", uid), encoding="utf-8")
    ran = kb("review", "--answers", tmp_path / "answers.jsonl", "--db", path)
    assert ran.code == 2
    assert message in ran.err


def test_review_asks_only_at_a_terminal(kb: Command, path: Path) -> None:
    ran = kb("review", "--db", path)
    assert ran.code == 2
    assert "--answers" in ran.err

"""Facts added by hand: the words must be there, they stay when the text is read again, and are shown once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.desk import Added
from kb.desk.wording import quoted
from kb.errors import UsageError
from kb.extract import extract
from kb.model.uids import fact_uid, text_sha256
from kb.model.values import Claim, Span
from kb.resolve import regroup
from kb.store import Store
from kb.store.facts import insert_facts
from kb.store.lookup import stored_article
from tests.command import Command

URL = "https://example.org/a"
TEXT = (
    "Anna Novak opened the museum in Brno on May 3, 2024. The museum counted 40 old clocks in 2024. Nobody"
    " knew of the dozen spare wheels kept by the watchmakers. Jan Kral resigned on May 5, 2024. Jan Kral"
    " sang."
)


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("additions")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    with KnowledgeBase(folder / "kb.db") as base:
        base.load(folder / "a.txt", url=URL)
    return folder / "kb.db"


@pytest.fixture
def path(loaded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(loaded, tmp_path / "kb.db"))


@pytest.fixture
def base(path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(path) as opened:
        yield opened


def add_wheels(base: KnowledgeBase, by: str = "Eve", *, value: str = "12 spare wheels") -> Added:
    return base.add(URL, "dozen spare wheels", value=value, place="Brno", date="2024", by=by)


def picture(base: KnowledgeBase) -> list[list[dict[str, object]]]:
    return [rows.to_dicts() for rows in (base.figures(), base.series(), base.timeline(), base.entities())]


def read_again(path: Path, version: str, *claims: Claim) -> None:
    """A newer extractor reads the newest text, and finds these claims too."""
    with Store.open(path) as store, store.transaction() as connection:
        revision = connection.exec_driver_sql("SELECT max(id) FROM revision").scalar_one()
        facts = extract(stored_article(connection, revision))
        facts = replace(facts, claims=(*facts.claims, *claims))
        insert_facts(connection, facts, revision, store.start_run("kb", version))
        regroup(connection, revision)


def found(words: str, low: float) -> Claim:
    """A claim on words of the text, as an extractor would find it."""
    start = TEXT.index(words)
    phrase = Span(start, start + len(words), words)
    sentence = Span(95, 160, TEXT[95:160])
    return Claim(phrase, sentence, "=", low, low, "wheels", "wheels kept")


def test_a_figure_in_its_series_until_it_is_taken_back(base: KnowledgeBase) -> None:
    before = picture(base)
    made = add_wheels(base)
    start = TEXT.index("dozen")
    assert made.uid == fact_uid(text_sha256(TEXT), "claim", start, start + len("dozen spare wheels"))
    (figure,) = base.figures("wheels")
    assert (figure.value, figure.place, figure.status, figure.start_char) == (
        "12 spare wheels",
        "Brno",
        "accepted",
        start,
    )
    assert figure.quote == "Nobody knew of the dozen spare wheels kept by the watchmakers."
    assert {line.place for line in base.series()} == {"Brno"}
    assert [entry.kind for entry in base.decided(made.uid)] == ["addition", "review"]
    assert not base.check()
    base.accept(made.uid, by="Bob")
    assert base.figures("wheels")[0].status == "double-checked"
    base.undo(made.uid, by="Bob")
    base.undo(made.uid, by="Eve")
    assert picture(base) == before
    assert not base.check()


def test_a_figure_reads_itself_from_its_words(base: KnowledgeBase) -> None:
    uid = base.figures()[0].uid
    base.reject(uid, by="Eve")
    with pytest.raises(UsageError, match=f"as {uid} .rejected."):
        base.add(URL, "40 old clocks")
    made = base.add(URL, "The museum counted 40 old clocks in 2024", value="40", unit="clocks", by="Eve")
    assert made.words == "40"
    assert not base.check()


def test_an_event_and_a_name(base: KnowledgeBase) -> None:
    made = base.add(
        URL, "sang", "event", title="Jan Kral sings", date="2024-05-06", who=["Jan Kral"], by="Eve"
    )
    (event,) = base.timeline(entity="Jan Kral", since="2024-05-06")
    assert (event.title, event.participants, event.status) == ("Jan Kral sings", "Jan Kral", "accepted")
    base.add(URL, "watchmakers", "name", name="Guild of Watchmakers", name_kind="organisation", by="Eve")
    assert base.entities("Guild of Watchmakers", kind="organisation")
    assert not base.check()
    base.reject(made.uid, by="Bob")
    assert not base.timeline(entity="Jan Kral", since="2024-05-06")


def test_an_event_of_a_kind_joins_that_of_another_article(base: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Jan Kral stood down. It was on May 5, 2024.", encoding="utf-8")
    base.load(tmp_path / "b.txt", url="https://example.org/b")
    base.add(
        "https://example.org/b",
        "stood down",
        "event",
        title="Kral goes",
        event_kind="resigned",
        date="2024-05-05",
        who=["Jan Kral"],
    )
    (event,) = base.timeline(kind="resigned")
    assert len(event.reports) == 2
    assert not base.check()


@pytest.mark.parametrize("phrase", ["dozen spare wheels", "the dozen spare wheels", "dozen"])
def test_what_a_newer_version_finds_too_is_shown_once(path: Path, phrase: str) -> None:
    with KnowledgeBase(path) as base:
        made = add_wheels(base)
        before = picture(base)
    read_again(path, "next", found(phrase, 12.0))
    with KnowledgeBase(path) as base:
        assert picture(base) == before
        assert not base.check()
        base.undo(made.uid, by="Eve")
        (figure,) = base.figures("wheels")
        assert (figure.unit, figure.status) == ("wheels", "machine")
        assert not base.check()


def test_another_number_in_the_same_words_stays(path: Path) -> None:
    with KnowledgeBase(path) as base:
        add_wheels(base)
    read_again(path, "next", found("dozen", 13.0))
    with KnowledgeBase(path) as base:
        assert len(base.figures("wheels")) == 2
        assert not base.check()


def test_an_addition_stays_as_long_as_its_text_does(path: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(TEXT, encoding="utf-8")
    with KnowledgeBase(path) as base:
        add_wheels(base)
        base.add(URL, "sang", "event", title="Jan Kral sings", date="2024-05-06", who=["Jan Kral"], by="Eve")
        base.load(source, url=URL, title="Wheels", published="2024-06-01")
        assert base.figures("wheels")[0].title == "Wheels"
        assert base.timeline(since="2024-05-06", entity="Jan Kral")[0].participants == "Jan Kral"
        assert not base.check()
        source.write_text(TEXT.replace("dozen", "thirteen"), encoding="utf-8")
        base.load(source, url=URL)
        assert not any(figure.status == "accepted" for figure in base.figures("wheels"))
        assert not base.check()


def test_it_can_be_added_again(base: KnowledgeBase) -> None:
    made = add_wheels(base)
    with pytest.raises(UsageError, match="read there already"):
        add_wheels(base, "Bob")
    base.undo(made.uid, by="Eve")
    again = add_wheels(base, "Bob", value="13 wheels")
    assert again.uid == made.uid
    (figure,) = base.figures("wheels")
    assert figure.value == "13 wheels"
    assert not base.check()


def test_white_space_is_not_what_is_quoted() -> None:
    assert quoted("a\ndozen\u00a0 wheels", "dozen wheels", "it") == Span(2, 15, "dozen\u00a0 wheels")


@pytest.mark.parametrize(
    ("quote", "kind", "said", "message"),
    [
        ("old watches", "figure", {}, "does not say “old watches”"),
        ("Jan Kral", "name", {"name_kind": "person"}, "2 times, quote more words or choose: --at 158"),
        ("Anna Novak", "name", {"name_kind": "person"}, "read there already, as"),
        ("watchmakers", "name", {}, "Give a kind"),
        ("watchmakers", "figure", {}, "give it with --value"),
        ("dozen", "figure", {"value": "12"}, "Give a --unit"),
        ("May 3, 2024. The museum counted 40 old", "figure", {"unit": "clocks"}, "read there already"),
        (" ", "event", {}, "the quote is empty"),
        ("sang", "event", {"event_kind": "singing"}, "no kind 'singing'"),
        ("sang", "song", {}, "no kind 'song'"),
    ],
)
def test_what_cannot_be_added(
    base: KnowledgeBase, quote: str, kind: str, said: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message.replace(".", r"\.")):
        base.add(URL, quote, kind, **said)  # type: ignore[arg-type]
    assert not base.sql("SELECT * FROM run WHERE person IS NOT NULL")


def test_the_command(kb: Command, path: Path) -> None:
    said = ("--value", "12", "--unit", "wheels", "--by", "Eve", "--db", path)
    made = kb("add", URL, "--quote", "dozen spare wheels", *said)
    assert made.code == 0
    assert "dozen spare wheels" in made.out
    assert kb("add", "https://example.org/none", "--quote", "dozen", "--db", path).code == 2
    wrong = kb("add", URL, "--quote", "sang", "--event", "Song", "--value", "1", "--db", path)
    assert "--value: that is not said of an event" in wrong.err
    assert kb("review", "--undo", made.out.split()[0], "--by", "Eve", "--db", path).code == 0
    assert "wheels" not in kb("figures", "--db", path).out

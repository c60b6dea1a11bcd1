"""What people contradict each other on: told from their decisions, gone when one is taken back or anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.check import check
from kb.desk import accept, correct, decide, reject, undo, withdraw_decision
from kb.desk.assessments import Conclusion, assess, withdraw_assessment
from kb.desk.definitions import define
from kb.desk.names import add_names, remove_name
from kb.desk.tags import tag, untag
from kb.merge import merge
from kb.merge.decisions import bring_decisions
from kb.model.values import Article
from kb.query import candidates
from kb.resolve import opposed
from kb.store import Store
from tests.browsing import Browser
from tests.command import Command
from tests.store_facts import empty_base
from tests.test_any_sequence import SENTENCES, URLS, put
from tests.test_merge import together

FIRST = f"{SENTENCES[0]} {SENTENCES[4]} {SENTENCES[8]}"
Answer = Callable[[Store, str], object]


def says(by: str, what: str, **fields: str | None) -> Answer:
    """What a person answers on a fact."""

    def answer(store: Store, fact: str) -> object:
        if what == "corrects":
            return correct(store, fact, fields, by=by)
        return {"accepts": accept, "rejects": reject, "undoes": undo}[what](store, fact, by=by)

    return answer


def stores(folder: Path, number: int) -> Iterator[Store]:
    for one in range(number):
        (folder / str(one)).mkdir()
        yield empty_base(folder / str(one))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (one,) = stores(tmp_path, 1)
    put(one, Article(FIRST, url=URLS[0], title="Boats"))
    with one:
        yield one


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two bases that have one article in common and one each of their own, about the same."""
    one, other = stores(tmp_path, 2)
    for number, base in enumerate((one, other), 1):
        put(base, Article(FIRST, url=URLS[0]))
        put(base, Article(f"{'It rained. ' * number}{FIRST}", url=URLS[number]))
    with one, other:
        yield one, other


def disputed(store: Store) -> list[str]:
    return [f"{one.kind}: {one.said}" for one in candidates(store, disputed=True)]


def fact(store: Store, view: str = "figures", which: str = "min") -> str:
    return str(store.connection.exec_driver_sql(f"SELECT {which}(uid) FROM {view}").scalar_one())


AGREE: tuple[tuple[Answer, ...], ...] = (
    (says("Anna", "accepts"), says("Boris", "accepts")),
    (says("Anna", "rejects"), says("Boris", "rejects")),
    (says("Anna", "corrects", value="over 60"), says("Boris", "accepts")),
    (says("Anna", "corrects", value="over 60"), says("Boris", "corrects", value="over 60")),
    (says("Anna", "corrects", value="over 60"), says("Boris", "corrects", place="Ostrava")),
    (says("Anna", "rejects"), says("Anna", "accepts"), says("Boris", "accepts")),
    (says("Anna", "accepts"), says("Boris", "corrects", value="over 60"), says("Anna", "accepts")),
    (says("Anna", "accepts"), says("Boris", "rejects"), says("Boris", "undoes")),
    (says("Anna", "corrects", value="over 60"), says("Boris", "corrects", value="9"), says("Anna", "undoes")),
)
DIFFER: tuple[tuple[tuple[Answer, ...], str], ...] = (
    ((says("Anna", "accepts"), says("Boris", "rejects")), "Anna: accepted; Boris: rejected"),
    ((says("Boris", "rejects"), says("Anna", "accepts")), "Boris: rejected; Anna: accepted"),
    (
        (says("Anna", "accepts"), says("Boris", "corrects", place="Ostrava")),
        "Anna: accepted as extracted; Boris: corrected place: Ostrava",
    ),
    (
        (says("Anna", "corrects", place="Ostrava"), says("Boris", "corrects", place=None, speaker=None)),
        "Anna: corrected place: Ostrava; Boris: corrected place: not said",
    ),
    (
        (
            says("Anna", "corrects", date="2021"),
            says("Boris", "corrects", date="2022"),
            says("Cyril", "accepts"),
        ),
        "Anna: corrected date: 2021; Boris: corrected date: 2022; Cyril: accepted",
    ),
    (
        (says("Anna", "corrects", value="over 60"), says("Boris", "corrects", value="about 60")),
        "Anna: corrected value: > 60; Boris: corrected value: ~60",
    ),
    (
        (says("Anna", "corrects", value="9"), says("Boris", "rejects"), says("Anna", "corrects", value="8")),
        "Boris: rejected; Anna: corrected",
    ),
)


@pytest.mark.parametrize("answers", AGREE)
def test_people_who_agree(store: Store, answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        answer(store, fact(store))
    assert disputed(store) == []


@pytest.mark.parametrize(("answers", "said"), DIFFER, ids=[said for _, said in DIFFER])
def test_people_who_differ_on_a_fact(store: Store, answers: tuple[Answer, ...], said: str) -> None:
    for answer in answers:
        answer(store, fact(store))
    assert disputed(store) == [f"figure: {said}"]


def test_answers_on_a_name_are_one_dispute_and_come_first_in_the_queue(store: Store) -> None:
    put(
        store,
        Article("Anna Novak said about 40 boats lay in Brno. Anna Novak opened the harbour.", url=URLS[1]),
    )
    query = "SELECT uid FROM mentions WHERE url = ? AND entity = 'Anna Novak' ORDER BY start_char"
    first, second = store.connection.exec_driver_sql(query, (URLS[1],)).scalars().all()
    accept(store, second, by="Anna")
    reject(store, first, by="Boris")
    (one,) = candidates(store, disputed=True)
    assert (one.a, one.b, one.kind, one.said) == (
        "Anna Novak",
        None,
        "name",
        "Anna: accepted; Boris: rejected",
    )
    with KnowledgeBase(store.path) as base:
        waiting, *_ = base.review()
        assert (waiting.uid, waiting.why, waiting.reasons[0]) == (
            *(first, "disputed"),
            "people differ: Anna: accepted; Boris: rejected",
        )
        assert base.review(by="Anna")[0] == waiting
        assert first not in {one.uid for one in base.review(by="Boris")}  # who waits for the others
        assert base.clashing(by="Anna", limit=5)[0] == first
        assert first not in base.clashing(by="Boris", limit=5)


@pytest.mark.parametrize(
    ("view", "thing", "kind"),
    [
        ("mentions", "entity_uid", "person"),
        ("reports", "event_uid", "event"),
        ("figures", "measure", "measure"),
    ],
)
def test_two_things_that_are_one_for_one_and_two_for_the_other(
    pair: tuple[Store, Store], view: str, thing: str, kind: str
) -> None:
    """Each names the things by other facts of theirs, as people do who keep a base each."""

    def ends(store: Store, url: str) -> list[str]:
        person = "AND entity IN ('Anna Novak', 'Petr Svoboda')" if view == "mentions" else ""
        query = (
            f"SELECT min(uid) FROM {view} WHERE url = ? {person} GROUP BY {thing} ORDER BY min(start_char)"
        )
        return list(store.connection.exec_driver_sql(query, (url,)).scalars())[:2]

    one, other = pair
    if kind == "event":  # a year alone makes one of no two texts: both name it by its text
        for store in pair:
            put(store, Article(SENTENCES[6], url=URLS[3]))
        a, b = c, d = ends(one, URLS[0])[0], ends(one, URLS[3])[0]
    else:
        (a, b), (c, d) = ends(one, URLS[1]), ends(other, URLS[2])
        assert not {a, b} & {c, d}
    decide(one, a, b, "same", by="Anna", note=None)
    apart = decide(other, c, d, "different", by="Boris", note=None)
    merge(one, other.path)
    assert disputed(one) == [f"{kind}: Anna: same; Boris: different"]
    assert check(one) == []
    things = one.connection.exec_driver_sql(
        f"SELECT count(DISTINCT {thing}) FROM {view} WHERE uid IN (?, ?, ?, ?)", (a, b, c, d)
    )
    assert things.scalar_one() == 2  # the last word counts, and parts nothing else
    decide(one, c, d, "same", by="Boris", note=None)
    assert disputed(one) == []
    decide(one, a, b, "different", by="Anna", note=None)
    assert disputed(one) == [f"{kind}: Boris: same; Anna: different"]
    withdraw_decision(one, apart.uid, by="Boris", note=None)
    assert disputed(one) == [f"{kind}: Boris: same; Anna: different"]
    assert check(one) == []


def test_two_that_differ_and_are_joined_through_a_third(store: Store) -> None:
    put(store, Article(SENTENCES[5], url=URLS[1]))
    query = "SELECT min(uid) FROM mentions WHERE entity = ?"
    names = ("Anna Novak", "Petr Svoboda", "Anna Nováková")
    anna, petr, other = (store.connection.exec_driver_sql(query, (name,)).scalar_one() for name in names)
    decide(store, anna, petr, "same", by="Anna", note=None)
    decide(store, petr, other, "same", by="Cyril", note=None)
    apart = decide(store, anna, other, "different", by="Boris", note=None)
    assert disputed(store) == ["person: Anna: same; Cyril: same; Boris: different"]
    withdraw_decision(store, apart.uid, by="Anna", note=None)
    assert disputed(store) == []


def test_namesakes_are_no_dispute(pair: tuple[Store, Store]) -> None:
    one, other = pair
    merge(one, other.path)
    query = "SELECT min(uid) FROM mentions WHERE entity = ? GROUP BY article_uid ORDER BY 1"
    first, second, _ = one.connection.exec_driver_sql(query, ("Anna Novak",)).scalars()
    petr, *_ = one.connection.exec_driver_sql(query, ("Petr Svoboda",)).scalars()
    decide(one, first, second, "different", by="Anna", note=None)
    decide(one, first, petr, "same", by="Anna", note=None)
    decide(one, second, petr, "different", by="Boris", note=None)
    assert disputed(one) == []
    assert check(one) == []


def test_tags_that_one_puts_and_another_takes_off(pair: tuple[Store, Store]) -> None:
    one, other = pair
    tag(one, "Harbour", [URLS[0]], by="Anna")
    merge(other, one.path)
    untag(other, "harbour", [URLS[0]], by="Anna")
    assert disputed(other) == []
    tag(other, "harbour", [URLS[0]], by="Anna")
    untag(other, "harbour", [URLS[0]], by="Boris")
    tag(one, "harbour", [fact(one)], by="Cyril")
    merge(one, other.path)
    assert disputed(one) == []
    made = tag(one, "harbour", [URLS[0]], by="Cyril")
    assert len(made) == 1
    assert disputed(one) == ["article: Boris: not under harbour; Cyril: filed under harbour"]
    tag(other, "harbour", [URLS[0]], by="Dora")
    merge(one, other.path)
    assert len(untag(one, "harbour", [URLS[0]], by="Cyril")) == 2  # all that stand
    assert disputed(one) == []


def test_definitions_of_one_measure(pair: tuple[Store, Store]) -> None:
    one, other = pair
    define(one, "boats", "whatever swims", by="Anna")
    define(other, "boats", "ships with a deck", by="Boris")
    merge(one, other.path)
    assert disputed(one) == ["measure: Anna: whatever swims; Boris: ships with a deck"]
    define(one, "boats", "ships with a deck", by="Anna")
    assert disputed(one) == []


@pytest.mark.parametrize("later", ["Anna", "Boris"])
def test_who_accepts_the_machine_in_one_base_differs_from_who_corrects_it_in_another(
    pair: tuple[Store, Store], later: str
) -> None:
    one, other = pair
    figure = fact(one, "figures WHERE url = '" + URLS[0] + "'")
    answers = {"Anna": lambda: correct(one, figure, {"value": "over 60"}, by="Anna")}
    answers["Boris"] = lambda: accept(other, figure, by="Boris")
    for who in sorted(answers, key=lambda who: who == later):
        answers[who]()
    said = {"Anna": "Anna: corrected value: > 60", "Boris": "Boris: accepted as extracted"}
    for here, there in ((one, other), (other, one)):
        with together((here, there)) as whole:
            told = "; ".join(said[who] for who in sorted(said, key=lambda who: who == later))
            assert disputed(whole) == [f"figure: {told}"]
            query = "SELECT DISTINCT low, status FROM figures WHERE uid = ?"
            read = whole.connection.exec_driver_sql(query, (figure,)).fetchall()
            assert read == [(60.0, "corrected")]
            accept(whole, figure, by="Boris")  # who sees the correction now
            assert disputed(whole) == []
            (status,) = {row[1] for row in whole.connection.exec_driver_sql(query, (figure,))}
            assert status == "double-checked"


def test_who_accepts_a_correction_does_not_accept_the_machine_once_it_is_taken_back(store: Store) -> None:
    correct(store, fact(store), {"value": "over 60"}, by="Anna")
    accept(store, fact(store), by="Boris")
    undo(store, fact(store), by="Anna")
    query = "SELECT status, low FROM figures WHERE uid = ?"
    assert store.connection.exec_driver_sql(query, (fact(store),)).fetchone() == ("machine", 14.0)
    accept(store, fact(store), by="Boris")
    assert store.connection.exec_driver_sql(query, (fact(store),)).fetchone() == ("accepted", 14.0)


def test_assessments_of_one_series_and_time(pair: tuple[Store, Store]) -> None:
    one, other = pair
    for base, by, best in ((one, "Anna", 40.0), (other, "Boris", 45.0), (other, "Cyril", 45.0)):
        assess(base, fact(base), Conclusion("2024", f"{by}'s rule", best=best), by=by)
    assess(other, fact(other), Conclusion("2023", "none", best=2.0, used=[fact(other)]), by="Cyril")
    shown = []
    for here, there in ((one, other), (other, one)):
        with together((here, there)) as whole:
            shown.append([str(told) for told in opposed(whole.connection)])
            (told,) = candidates(whole, disputed=True)
            assert (told.kind, told.said) == (
                "series",
                "Anna: 40 for 2024; Boris: 45 for 2024; Cyril: 45 for 2024",
            )
            again = assess(
                whole, fact(whole), Conclusion("2024", "agreed", low=40, best=45, high=50), by="Anna"
            )
            assert disputed(whole) == [
                "series: Boris: 45 for 2024; Cyril: 45 for 2024; Anna: 45 (40 to 50) for 2024"
            ]
            withdraw_assessment(whole, again.uid, by="Anna")
            assess(whole, fact(whole), Conclusion("2024", "so be it", best=45), by="Anna")
            assert disputed(whole) == []
    assert shown[0] == shown[1]


def lists(store: Store, folder: Path, name: str, spelling: str, by: str) -> None:
    """A person lists a spelling of a name."""
    (folder / "names.csv").write_text(f"name,spelling\n{name},{spelling}\n", encoding="utf-8")
    add_names(store, folder / "names.csv", by=by)


def test_spellings_that_two_list_for_two_names(pair: tuple[Store, Store], tmp_path: Path) -> None:
    one, other = pair
    lists(one, tmp_path, "Anna Novak", "A. N.", "Anna")
    lists(other, tmp_path, "Alena Nowak", "A. N.", "Boris")
    for here, there in ((one, other), (other, one)):
        with together((here, there)) as whole:
            assert disputed(whole) == ["spelling: Anna: A. N. is Anna Novak; Boris: A. N. is Alena Nowak"]
            lists(whole, tmp_path, "Anna Novak", "Alena Nowak", "Cyril")  # who makes the two one
            assert disputed(whole) == []
            assert check(whole) == []


def test_a_spelling_that_two_list_and_one_takes_back(pair: tuple[Store, Store], tmp_path: Path) -> None:
    one, other = pair
    lists(one, tmp_path, "Anna Novak", "A. N.", "Anna")
    lists(other, tmp_path, "Anna Novak", "A. N.", "Boris")
    remove_name(other, "A. N.", by="Cyril")
    for here, there in ((one, other), (other, one)):
        with together((here, there)) as whole:
            assert disputed(whole) == ["spelling: Anna: A. N. is Anna Novak; Cyril: A. N. is not Anna Novak"]


def test_what_does_not_show_is_not_asked_about(pair: tuple[Store, Store]) -> None:
    one, other = pair
    gone = other.connection.exec_driver_sql(
        "SELECT min(uid) FROM figures WHERE url = ?", (URLS[2],)
    ).scalar_one()
    accept(other, gone, by="Anna")
    reject(other, gone, by="Boris")
    bring_decisions(one, other.connection)
    assert disputed(one) == []
    merge(one, other.path)
    assert disputed(one) == ["figure: Anna: accepted; Boris: rejected"]


def test_the_command_and_the_page(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    figure = fact(store)
    accept(store, figure, by="Anna")
    reject(store, figure, by="Boris")
    store.close()
    kb = Command(capsys)
    (found,) = json.loads(kb("candidates", "--disputed", "--json", "--db", store.path).out)
    assert (found["uid_a"], found["uid_b"], found["said"]) == (
        figure,
        None,
        "Anna: accepted; Boris: rejected",
    )
    shown = kb("candidates", "--table", "--db", store.path)
    assert "Boris: rejected" in shown.out
    assert kb("candidates", "--decided", "--disputed", "--db", store.path).code == 2
    page = Browser(store.path).get(f"/-/kb/{store.path.stem}/candidates")
    assert page.status_code == 200
    assert "Boris: rejected" in page.text
    assert f"/fact/{figure}" in page.text
    everything = Browser(store.path).get(f"/-/kb/{store.path.stem}/candidates?names=all")
    assert (everything.status_code, "Look for them" in everything.text) == (200, False)


def test_figures_in_conflict_are_found_by_what_is_asked_for(demo: Path) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        figures = {figure.uid: figure for clash in base.conflicts() for figure in clash.figures}
        assert set(base.clashing(limit=100)) == set(figures)
        one = next(figure for figure in figures.values() if figure.place)
        word, place, url = str(one.measure).split()[0], str(one.place), str(one.url)
        for asked in ((word, None, None), (None, place, None), (None, None, url), (word, place, url)):
            said, where, source = asked
            uids = base.clashing(said, place=where, url=source, limit=100)
            assert one.uid in uids
            assert {item.uid for item in base.review(said, place=where, url=source, uids=figures)} == set(
                uids
            )
        assert not base.clashing(word, place="Atlantis", limit=100)
        assert len(base.clashing(limit=1)) == 1

"""Facts go in and come out the same, in one transaction, each tied to its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kb.check import check
from kb.errors import IntegrityError
from kb.model.plain import folded
from kb.model.values import (
    Article,
    Baseline,
    Claim,
    Entity,
    Facts,
    Interval,
    Mention,
    Reference,
    Report,
    Span,
)
from kb.resolve import regroup
from kb.store import Store
from kb.store.spans import SECTION
from tests.store_facts import empty_base, facts

ARTICLE = Article("Ann of Łódź  saw\n12 cats.", title="Cats", url="https://example.org/cats")
ANN, LODZ = Span(0, 3, "Ann"), Span(7, 11, "Łódź")
SENTENCE = Span(0, len(ARTICLE.text), ARTICLE.text)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with empty_base(tmp_path) as opened:
        yield opened


def rows(store: Store, query: str, *values: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in store.connection.exec_driver_sql(query, values).mappings()]


def span_of(store: Store, key: int | None) -> Span | None:
    if key is None:
        return None
    (row,) = rows(store, "SELECT start_char, end_char, words FROM span WHERE id = ?", key)
    return Span(**row)


def stored_interval(row: dict[str, Any], prefix: str = "") -> Interval | None:
    basis = row[f"{prefix}date_basis"]
    days = (row[f"{prefix}{end}"] for end in ("earliest", "latest"))
    earliest, latest = (dt.date.fromisoformat(day) if day else None for day in days)
    return Interval(row[f"{prefix}date"], earliest, latest, basis) if basis else None


def stored_reference(store: Store, row: dict[str, Any], prefix: str) -> Reference | None:
    if row[prefix] is None:
        return None
    return Reference(row[prefix], span_of(store, row[f"{prefix}_span_id"]))


def stored_claims(store: Store) -> list[Claim]:
    found = []
    for row in rows(store, "SELECT * FROM claim ORDER BY id"):
        phrase, sentence = span_of(store, row["phrase_span_id"]), span_of(store, row["sentence_span_id"])
        assert phrase
        assert sentence
        names = ("comparator", "low", "high", "unit", "measure", "subject", "relation", "direction", "voice")
        baseline = row["baseline"] and Baseline(
            row["baseline"], stored_reference(store, row, "baseline_place"), stored_interval(row, "baseline_")
        )
        found.append(
            Claim(
                phrase,
                sentence,
                **{name: row[name] for name in (*names, "stance", "status")},
                place=stored_reference(store, row, "place"),
                baseline=baseline,
                interval=stored_interval(row),
                speaker=stored_reference(store, row, "speaker"),
            )
        )
    return found


@given(facts())
@settings(max_examples=60, deadline=None)
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, given_facts: Facts) -> None:
    with empty_base(tmp_path_factory.mktemp("base")) as store:
        run = store.start_run("kb", "1")
        with store.transaction() as connection:
            outcome = store.add(given_facts, run)
            assert outcome.revision_id is not None
            regroup(connection, outcome.revision_id)
        assert stored_claims(store) == list(given_facts.claims)
        (stored,) = rows(store, "SELECT * FROM revision")
        article = given_facts.article
        assert [stored[name] for name in ("text", "title", "published", "url")] == [
            getattr(article, name) for name in ("text", "title", "published", "url")
        ]
        reports = rows(store, "SELECT * FROM report ORDER BY id")
        assert [stored_interval(row) for row in reports] == [
            report.interval for report in given_facts.reports
        ]
        spans = [mention.span for entity in given_facts.entities for mention in entity.mentions]
        mentions = rows(store, "SELECT * FROM mention ORDER BY id")
        assert [span_of(store, row["span_id"]) for row in mentions] == spans
        assert len({row["chain"] for row in mentions}) == len(given_facts.entities)
        assert check(store) == []
        assert store.known(article).unchanged


def test_a_fact_whose_words_are_not_there_stores_nothing(store: Store) -> None:
    run = store.start_run("kb", "1")
    moved = Mention(Span(1, 4, "Ann"))
    with pytest.raises(IntegrityError, match="the words of a span must stand in its revision"):
        store.add(Facts(ARTICLE, (SENTENCE,), entities=(Entity("Ann", "person", (moved,)),)), run)
    assert not rows(store, "SELECT * FROM article")
    assert not rows(store, "SELECT * FROM span")
    assert not rows(store, "SELECT * FROM passage")


def test_spans_of_a_long_text_are_proven_within_sections(store: Store) -> None:
    text = "Łódź saw 12 cats. " * 6_000
    ends = (SECTION, 2 * SECTION, len(text))
    offsets = [(end - 5 + i, end - 5 + i + n) for end in ends for i in range(10) for n in (1, 3, 5, SECTION)]
    offsets += [(0, SECTION), (SECTION, 2 * SECTION), (0, len(text))]
    spans = [Span(start, end, text[start:end]) for start, end in offsets if end <= len(text)]
    entity = Entity("Łódź", "place", tuple(map(Mention, spans)))
    store.add(Facts(Article(text), entities=(entity,)), store.start_run("kb", "1"))
    stored = rows(store, "SELECT start_char, end_char, words, within_id FROM span")
    assert {(row["start_char"], row["end_char"]) for row in stored} >= {
        (s.start_char, s.end_char) for s in spans
    }
    assert all(text[row["start_char"] : row["end_char"]] == row["words"] for row in stored)
    assert {row["within_id"] is None for row in stored} == {True, False}
    assert [str(problem) for problem in check(store) if problem.table != "groups"] == []


def test_references_find_their_mentions(store: Store) -> None:
    run = store.start_run("kb", "1")
    entities = (
        Entity("Ann Bell", "person", (Mention(ANN),)),
        Entity("Łódź", "place", (Mention(LODZ, "the city council"),)),
    )
    claim = Claim(
        Span(17, 24, "12 cats"),
        SENTENCE,
        "=",
        12.0,
        12.0,
        "cats",
        "cats",
        place=Reference("Łódź", Span(4, 11, "of Łódź")),
        speaker=Reference("Ann Bell", None),
    )
    store.add(Facts(ARTICLE, (SENTENCE,), (), entities, (claim, replace(claim, part_of=0))), run)
    first, second = rows(store, "SELECT * FROM claim ORDER BY id")
    ann, lodz = rows(store, "SELECT * FROM mention ORDER BY id")
    assert (first["speaker_mention_id"], first["place_mention_id"]) == (ann["id"], lodz["id"])
    assert second["part_of_id"] == first["id"]
    assert first["uid"] != second["uid"]
    assert lodz["stands_for"] == "the city council"
    assert rows(store, "SELECT quote FROM mentions")[0]["quote"] == "Ann of Łódź saw 12 cats."


@given(facts())
@settings(max_examples=30, deadline=None)
def test_views_show_words_on_one_line(tmp_path_factory: pytest.TempPathFactory, given_facts: Facts) -> None:
    with empty_base(tmp_path_factory.mktemp("base")) as store:
        store.add(given_facts, store.start_run("kb", "1"))
        for words, shown in store.connection.exec_driver_sql("SELECT words, folded FROM span"):
            assert shown == folded(words)


@pytest.mark.parametrize(
    ("change", "check_name"),
    [
        ({"low": None}, "comparator_bounds"),
        ({"high": 13.0}, "comparator_bounds"),
        ({"comparator": ">"}, "comparator_bounds"),
        ({"comparator": "!"}, "comparator_bounds"),
        ({"comparator": "between", "high": 3.0}, "comparator_bounds"),
        ({"relation": "change", "low": -1.0, "high": -1.0}, "change_is_positive"),
        ({"stance": "sure"}, "stance"),
        ({"direction": "sideways"}, "direction"),
        ({"interval": Interval(None, dt.date(2020, 1, 1), None)}, "interval_date"),
    ],
)
def test_a_wrong_reading_is_refused(store: Store, change: dict[str, Any], check_name: str) -> None:
    claim = Claim(Span(17, 24, "12 cats"), SENTENCE, "=", 12.0, 12.0, "cats", "cats")
    run = store.start_run("kb", "1")
    with pytest.raises(IntegrityError, match=f"ck_claim_{check_name}"):
        store.add(Facts(ARTICLE, claims=(replace(claim, **change),)), run)


def test_the_same_text_has_the_same_uids_in_every_base(tmp_path: Path) -> None:
    report = Report(Span(13, 16, "saw"), SENTENCE, "Ann saw cats", None, Interval("2020", None, None))
    read = Facts(ARTICLE, (SENTENCE,), (), (Entity("Ann", "person", (Mention(ANN),)),), (), (report,))
    other = Facts(Article("Something else.", url="https://example.org/else"))
    uids = []
    for name, order in (("a", (read, other)), ("b", (other, read))):
        with Store.open(tmp_path / f"{name}.db") as store:
            run = store.start_run("kb", "1")
            for each in order:
                store.add(each, run)
            tables = ("article", "revision", "mention", "report")
            uids.append({row["uid"] for table in tables for row in rows(store, f"SELECT uid FROM {table}")})
    assert uids[0] == uids[1]

"""Dated events of single sentences (`cases/events.csv`), and what holds for every text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.extract import extract
from kb.lexicon import read_table
from kb.model.values import Article, Report
from tests.case_tables import cases

WORDS = ["On", "Monday", ",", "police", "arrested", "12", "people", "in", "Minsk", "2014", "protests", "the"]
WORDS += ["since", "until", "was", "of", "after", "and", "said", "\n\n", ".", "it", "to", "end", "7 p.m."]


def reports(text: str, published: str | None = "2020-01-10") -> tuple[Report, ...]:
    return extract(Article(text, published=published)).reports


@pytest.mark.parametrize("case", cases("events"))
def test_events(case: dict[str, str]) -> None:
    found = reports(case["sentence"], case["published"] or None)
    assert ";".join(f"{r.trigger.words}={r.interval.date or ''}" for r in found) == case["events"], case[
        "why"
    ]


@pytest.mark.parametrize("case", cases("titles"))
def test_titles(case: dict[str, str]) -> None:
    titles = {report.trigger.words: report.title for report in reports(case["text"])}
    assert titles.get(case["trigger"]) == case["title"], case["why"]


def test_the_target_of_an_attack_is_no_plan() -> None:
    (report,) = reports("The firm was the target of an attack in 2006.")
    assert report.stance == "asserted"


def test_a_participle_joined_to_a_passive_has_its_subject_as_patient() -> None:
    told = reports("Anna Kovacs was detained on May 3, 2021, and released on May 5, 2021.")
    assert [[p.role for p in report.participants] for report in told] == [["patient"], ["patient"]]


def test_participants_and_place() -> None:
    (report,) = reports("President Emmanuel Macron met Olaf Scholz in Berlin on Tuesday.")
    assert {p.reference.name: p.role for p in report.participants} == {
        "Emmanuel Macron": "agent",
        "Olaf Scholz": "patient",
        "Berlin": "place",
    }
    assert report.place is not None
    assert report.place.name == "Berlin"
    assert report.kind == "meeting"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("US senator Ann Lee resigned on Monday.", {"US": "other", "Ann Lee": "agent"}),
        ("Ann Lee, Bo Hill's lawyer, resigned on Monday.", {"Ann Lee": "agent", "Bo Hill": "other"}),
        ("Ann Lee and Bo Hill resigned on Monday.", {"Ann Lee": "agent", "Bo Hill": "agent"}),
        ("Sudan's army took Khartoum on Monday.", {"Sudan": "agent", "Khartoum": "patient"}),
    ],
)
def test_what_only_tells_who_somebody_is_does_nothing(text: str, roles: dict[str, str]) -> None:
    (report,) = reports(text)
    assert {p.reference.name: p.role for p in report.participants} == roles


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("The 2006 bombings hit Lagos Cathedral.", "bombings", "Lagos Cathedral"),
        ("In 2006, Oslo was the target of an attack.", "attack", "Oslo"),
        ("Mayor Ann Lind suspended the strike of 2006.", "strike", "Ann Lind"),
        ("In a report issued on 3 May 2019, the World Bank changed its mind.", "issued", "World Bank"),
    ],
)
def test_a_noun_shares_in_the_clause_that_tells_of_it(text: str, trigger: str, name: str) -> None:
    found = {r.trigger.words: {p.reference.name for p in r.participants} for r in reports(text)}
    assert name in found[trigger]


def test_title_is_made_of_the_words_of_the_source() -> None:
    (report,) = reports(
        "On Tuesday, the supreme court, which sits in Rome, sentenced two ministers to prison."
    )
    assert report.title == "Supreme court sentenced two ministers to prison"


def test_a_plan_has_its_stance() -> None:
    (report,) = reports("The truce is expected to end on 1 March 2020.")
    assert report.stance == "planned"


def test_kinds_are_those_of_the_table() -> None:
    known = {row["kind"] for row in read_table("event_kinds")}
    for table in ("event_words", "light_verbs"):
        unknown = {row["kind"] for row in read_table(table)} - known - {""}
        assert not unknown, table


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_every_report_stands_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for report in reports(text):
        for span in (report.trigger, report.sentence, *(p.reference.span for p in report.participants)):
            assert span is None or text[span.start_char : span.end_char] == span.words
        assert report.sentence.start_char <= report.trigger.start_char
        assert report.trigger.end_char <= report.sentence.end_char
        assert report.title


@pytest.mark.parametrize(
    ("table", "key"),
    [("event_words", ("word", "pos")), ("light_verbs", ("verb", "rest")), ("event_kinds", ("kind",))],
)
def test_no_word_has_two_kinds(table: str, key: tuple[str, ...]) -> None:
    keys = [tuple(row[name] for name in key) for row in read_table(table)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Several hundred people were released in 2018.", "released"),
        ("The firm released a report in 2018.", None),
        ("She was fired in 2018.", "resigned"),
        ("Primary elections were held in 2018.", "primary"),
        ("The army shelled the town in 2018.", "fighting"),
        ("He declined an offer in 2018.", None),
        ("Output declined in 2018.", "decreased"),
        ("The ferry sank in 2018.", "accident"),
        ("He suffered a cardiac arrest in 2018.", None),
    ],
)
def test_kind(sentence: str, kind: str | None) -> None:
    (report,) = reports(sentence)
    assert report.kind == kind

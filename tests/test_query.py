"""The questions, over facts made by hand: what they find, in which order, and with which source."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kb import KnowledgeBase
from kb.dates.edtf import interval_of
from kb.errors import UsageError
from kb.model.show import number_with_unit
from kb.model.values import (
    Article,
    Claim,
    Comparator,
    Entity,
    EntityKind,
    Facts,
    Interval,
    Mention,
    Participant,
    Reference,
    Report,
    Span,
    Stance,
)
from kb.resolve import regroup
from kb.store import Store

NOWHEN = Interval(None, None, None, None)


class Page:
    """A page of one sentence with facts in it, each found by its words."""

    def __init__(self, text: str, url: str | None = None, published: str | None = None) -> None:
        self.article = Article(
            text, url=url, published=published, title=f"On {text.split()[0]}", publisher="The Gazette"
        )
        self.sentence = Span(0, len(text), text)
        self.entities: list[Entity] = []
        self.claims: list[Claim] = []
        self.reports: list[Report] = []

    def span(self, words: str) -> Span:
        start = self.article.text.index(words)
        return Span(start, start + len(words), words)

    def reference(self, words: str | None) -> Reference | None:
        return Reference(words, self.span(words)) if words else None

    def name(self, kind: EntityKind, *forms: str) -> Page:
        self.entities.append(Entity(forms[0], kind, tuple(Mention(self.span(form)) for form in forms)))
        return self

    def figure(
        self,
        phrase: str,
        measure: str,
        bounds: tuple[Comparator, float | None, float | None],
        *,
        place: str | None = None,
        speaker: str | None = None,
        when: str | None = None,
        unit: str = "people",
    ) -> Page:
        interval = interval_of(when) if when else None
        claim = Claim(
            self.span(phrase),
            self.sentence,
            *bounds,
            unit,
            measure,
            place=self.reference(place),
            speaker=self.reference(speaker),
            interval=interval,
        )
        self.claims.append(claim)
        return self

    def event(
        self,
        trigger: str,
        kind: str | None = None,
        *,
        who: str | None = None,
        place: str | None = None,
        when: str | None = None,
        stance: Stance = "asserted",
    ) -> Page:
        participants = (Participant(Reference(who, self.span(who)), "agent"),) if who else ()
        interval = interval_of(when) if when else NOWHEN
        report = Report(
            self.span(trigger),
            self.sentence,
            f"the {trigger}",
            kind,
            interval,
            stance,
            participants,
            self.reference(place),
        )
        self.reports.append(report)
        return self

    def facts(self) -> Facts:
        return Facts(
            self.article, (self.sentence,), (), tuple(self.entities), tuple(self.claims), tuple(self.reports)
        )


PAGES = (
    Page(
        "Over 800 prisoners were held in Burma in May 2020, Ann Ledru said.",
        "https://example.org/a",
        "2020-06-01",
    )
    .name("place", "Burma")
    .name("person", "Ann Ledru")
    .figure(
        "Over 800 prisoners",
        "prisoners held",
        (">", 800, None),
        place="Burma",
        speaker="Ann Ledru",
        when="2020-05",
    )
    .event("held", "detained", place="Burma", when="2020-05"),
    Page("Myanmar, also called Burma, held 12.5% fewer prisoners in 2019.", "https://example.org/b")
    .name("place", "Myanmar", "Burma")
    .figure(
        "12.5% fewer prisoners", "prisoners held", ("=", 12.5, 12.5), place="Myanmar", when="2019", unit="%"
    ),
    Page("Some 100_000 people marched at a protest in Łódź, and 3 to 5 hours later Ann Ledru resigned.")
    .name("place", "Łódź")
    .name("person", "Ann Ledru")
    .figure("Some 100_000 people", "people at a protest", ("~", 100000, 100000), place="Łódź")
    .figure("3 to 5 hours", "wait", ("between", 3, 5), unit="hours", when="2021/..")
    .event("protest", "protest", place="Łódź", when="2020")
    .event("resigned", None, who="Ann Ledru", when="2020-01-01")
    .event("marched", "protest")
    .event("later", None, when="2018/2021", stance="denied"),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    path = tmp_path_factory.mktemp("query") / "kb.db"
    with Store.open(path) as store:
        for page in PAGES:
            with store.transaction() as connection:
                revision_id = store.add(page.facts(), store.start_run("test", "1")).revision_id
                assert revision_id is not None
                regroup(connection, revision_id)
    with KnowledgeBase(path, read_only=True) as opened:
        yield opened


def phrases(answer: object) -> list[str]:
    return [figure.phrase.split()[0] for figure in answer]  # type: ignore[attr-defined]


def test_a_figure_comes_with_its_words_and_source(base: KnowledgeBase) -> None:
    (figure,) = base.figures("prisoners", speaker="ledru")
    assert (figure.comparator, figure.low, figure.high) == (">", 800, None)
    assert figure.value == "> 800 people"
    assert (figure.date, figure.earliest, figure.latest) == (
        "2020-05",
        dt.date(2020, 5, 1),
        dt.date(2020, 5, 31),
    )
    assert figure.quote[figure.start_char : figure.end_char] == figure.phrase == "Over 800 prisoners"
    assert (figure.url, figure.published, figure.publisher) == (
        "https://example.org/a",
        "2020-06-01",
        "The Gazette",
    )
    assert (figure.place, figure.speaker, figure.status) == ("Burma", "Ann Ledru", "machine")


def test_figures_stand_in_order_of_their_time_the_undated_last(base: KnowledgeBase) -> None:
    assert phrases(base.figures()) == ["12.5%", "Over", "3", "Some"]
    assert phrases(base.figures(limit=2)) == ["12.5%", "Over"]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2020", None, ["Over", "3"]),
        (None, "2020", ["12.5%", "Over"]),
        ("2020-05-31", "2020-05-31", ["Over"]),
        ("2020-06", None, ["3"]),
        ("2050", None, ["3"]),
        (None, "2018", []),
        ("2019-12-31", "2020-05-01", ["12.5%", "Over"]),
    ],
)
def test_since_and_until_mean_overlap(
    base: KnowledgeBase, since: str | None, until: str | None, found: list[str]
) -> None:
    assert phrases(base.figures(since=since, until=until)) == found


@pytest.mark.parametrize("when", ["", "soon", "2020-13", "2021-02-31"])
def test_a_date_that_is_none(base: KnowledgeBase, when: str) -> None:
    with pytest.raises(UsageError):
        base.figures(since=when)
    with pytest.raises(UsageError):
        base.timeline(until=when)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"measure": "HELD prisoners"}, ["12.5%", "Over"]),
        ({"measure": "12.5%"}, ["12.5%"]),
        ({"measure": "100_000"}, ["Some"]),
        ({"measure": "100%000"}, []),
        ({"measure": "\\"}, []),
        ({"place": "Burma"}, ["12.5%", "Over"]),
        ({"place": "myanmar"}, ["12.5%", "Over"]),
        ({"place": "Lodz"}, ["Some"]),
        ({"place": "Atlantis"}, []),
        ({"speaker": "Ann"}, ["Over"]),
        ({"measure": "prisoners", "place": "Burma", "since": "2020"}, ["Over"]),
    ],
)
def test_figures_by_words_and_by_any_name(
    base: KnowledgeBase, asked: dict[str, str], found: list[str]
) -> None:
    assert phrases(base.figures(**asked)) == found  # type: ignore[arg-type]


def test_the_timeline(base: KnowledgeBase) -> None:
    events = base.timeline()
    assert [event.title for event in events] == ["the protest", "the resigned", "the held", "the marched"]
    protest = events[0]
    assert (protest.date, protest.place, protest.sources) == ("2020", "Łódź", 1)
    assert [report.trigger for report in protest.reports] == ["protest"]
    assert protest.quote == PAGES[2].article.text
    assert events[2].url == "https://example.org/a"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"entity": "Ann Ledru"}, ["the resigned"]),
        ({"entity": "lodz"}, ["the protest"]),
        ({"place": "Burma"}, ["the held"]),
        ({"kind": "protest"}, ["the protest", "the marched"]),
        ({"kind": "protest", "since": "2020"}, ["the protest"]),
        ({"until": "2020-01"}, ["the protest", "the resigned"]),
    ],
)
def test_the_timeline_narrowed(base: KnowledgeBase, asked: dict[str, str], found: list[str]) -> None:
    assert [event.title for event in base.timeline(**asked)] == found  # type: ignore[arg-type]


def test_entities(base: KnowledgeBase) -> None:
    found = {entity.name: entity for entity in base.entities()}
    assert found["Ann Ledru"].articles == 2
    (country,) = base.entities("burma")
    assert (country.kind, country.mentions, country.articles) == ("place", 3, 2)
    assert country.forms == ("Burma", "Myanmar")
    assert base.entities("Lodz")[0].name == "Łódź"
    assert [entity.kind for entity in base.entities(kind="person")] == ["person"]
    assert base.entities(limit=1)[0].mentions == 3
    with pytest.raises(UsageError, match="person, organisation, place"):
        base.entities(kind="thing")


def test_search(base: KnowledgeBase) -> None:
    hit = base.search("prisoner burma")[0]
    assert "[[" in hit.marked
    assert hit.marked.replace("[[", "").replace("]]", "") == hit.quote
    assert {found.url for found in base.search('"ann ledru" said')} == {"https://example.org/a"}
    assert base.search("lodz")[0].marked.count("[[Łódź]]") == 1
    for nothing in ("", '"', "zebra", "*", "NOT", "a AND (", "'; --"):
        base.search(nothing)


@pytest.mark.parametrize("limit", [-1, "x"])
def test_a_limit_is_a_number_of_rows(base: KnowledgeBase, limit: Any) -> None:
    for question in (
        base.figures,
        base.timeline,
        base.entities,
        base.series,
        base.candidates,
        base.review,
        partial(base.figures, primary=True),
        partial(base.search, "a"),
    ):
        with pytest.raises(UsageError, match="no number of rows"):
            question(limit=limit)


def test_a_year_may_be_a_number(base: KnowledgeBase) -> None:
    year: Any = 2020
    assert base.figures(since=year, until=year) == base.figures(since="2020", until="2020")


def test_answers_are_plain_data_on_demand(base: KnowledgeBase) -> None:
    answer = base.figures("prisoners")
    assert answer.to_dicts()[1]["earliest"] == "2020-05-01"
    assert json.loads(answer.to_json()) == answer.to_dicts()
    (event,) = json.loads(base.timeline(entity="Ann Ledru").to_json())
    assert event["reports"][0]["trigger"] == "resigned"
    assert base.conflicts().to_dicts() == []
    assert len(answer[:1]) == 1


@pytest.mark.parametrize(
    ("bounds", "unit", "direction", "shown"),
    [
        (("=", 3.5e9, 3.5e9), "USD", None, "3,500,000,000 USD"),
        (("=", 12.5, 12.5), "%", None, "12.5%"),
        (("=", 3.0, 3.0), "%", "up", "up 3%"),
        (("~", 3.0, 9.0), "times", None, "~3-9 times"),
        (("between", 2000.0, 3000.0), "people", None, "2,000-3,000 people"),
        ((">=", 1500.0, None), "prisoners", None, "≥ 1,500 prisoners"),
        (("<", None, 8e6), "tonnes", "down", "down < 8,000,000 tonnes"),
        (("=", 0.333, 0.333), "share", None, "0.333 share"),
        (("=", -4.0, -4.0), None, None, "-4"),
    ],
)
def test_values_as_a_reader_writes_them(
    bounds: tuple[str, float | None, float | None], unit: str | None, direction: str | None, shown: str
) -> None:
    assert number_with_unit(*bounds, unit, direction) == shown


def test_reading_only_changes_nothing(base: KnowledgeBase, tmp_path: Path) -> None:
    from kb import KbError

    with pytest.raises(KbError, match="reading only"):
        base.load(tmp_path)

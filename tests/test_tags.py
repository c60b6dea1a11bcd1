"""Tags as dossiers: of articles and facts, a filter of every question, taken off again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.errors import UsageError
from tests.command import Command


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.fixture
def base(base_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(base_path) as opened:
        yield opened


def test_a_tagged_fact_is_what_questions_find(base: KnowledgeBase) -> None:
    clash = base.conflicts()[0]
    figure = clash.figures[0]
    base.tag("To  check", figure.uid, by="Eve", note="both sides")
    assert {one.uid for one in base.figures(tag="to check")} == {figure.uid}
    assert {one.uid for line in base.series(tag="to check") for one in line.figures} == {figure.uid}
    assert clash.uid in {one.uid for one in base.conflicts(tag="to check")}
    assert {one.quote for one in base.search(figure.phrase, tag="to check")} == {figure.quote}
    assert not base.timeline(tag="to check")
    assert not base.entities(tag="to check")
    assert {item.uid for item in base.review(tag="TO CHECK")} == {figure.uid}
    (entry,) = [entry for entry in base.decided(figure.uid) if entry.kind == "tag"]
    assert (entry.value, entry.by, entry.note, entry.stands) == ("To check", "Eve", "both sides", True)


def test_a_tagged_article_takes_in_all_that_it_states(base: KnowledgeBase) -> None:
    url = next(event.url for event in base.timeline() if event.url)
    assert url is not None
    base.tag("dossier", url)
    assert {one.url for one in base.figures(tag="dossier")} <= {url}
    assert {row.url for row in base.search("the", tag="dossier")} <= {url}
    events = base.timeline(tag="dossier")
    assert events
    assert all(url in {report.url for report in event.reports} for event in events)
    assert base.entities(tag="dossier")
    assert not base.tag("Dossier", url)
    assert [(tag.tag, tag.articles, tag.facts) for tag in base.tags()] == [("dossier", 1, 0)]


def test_an_event_is_found_by_a_report_of_it(base: KnowledgeBase) -> None:
    event = max(base.timeline(), key=lambda event: len(event.reports))
    base.tag("dossier", event.reports[-1].uid)
    assert [one.uid for one in base.timeline(tag="dossier")] == [event.uid]


def test_tags_are_taken_off(base: KnowledgeBase) -> None:
    one, other = base.figures()[0].uid, base.figures()[1].uid
    base.tag("dossier", one, other)
    base.untag("dossier", one, by="Eve")
    assert {row.uid for row in base.filed("dossier")} == {other}
    with pytest.raises(UsageError, match="not filed under"):
        base.untag("dossier", one)
    base.untag("DOSSIER")
    assert not base.tags()
    with pytest.raises(UsageError, match="nothing is filed"):
        base.filed("dossier")
    base.tag("dossier", one)
    assert not base.check()


@pytest.mark.parametrize(
    ("word", "target", "said"),
    [
        (" ", "x", "a tag is a word"),
        ("a" * 81, "x", "a tag is a word"),
        ("a", "unknown", "no article has the URL or uid"),
    ],
)
def test_what_cannot_be_tagged(base: KnowledgeBase, word: str, target: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        base.tag(word, target)


def test_the_commands(kb: Command, base_path: Path) -> None:
    figure = json.loads(kb("figures", "--json", "--limit", 1, "--db", base_path).out)[0]
    assert kb("tag", "dossier", figure["uid"], "--by", "Eve", "--db", base_path).code == 0
    assert json.loads(kb("tags", "--json", "--db", base_path).out)[0]["facts"] == 1
    assert figure["uid"] in kb("tags", "dossier", "--db", base_path).out
    for question in ("figures", "series", "conflicts", "timeline", "entities"):
        assert kb(question, "--tag", "dossier", "--db", base_path).code == 0
    assert kb("search", "people", "--tag", "dossier", "--db", base_path).code == 0
    history = json.loads(kb("history", figure["uid"], "--json", "--db", base_path).out)
    assert [entry["kind"] for entry in history] == ["reading", "tag"]
    assert kb("untag", "dossier", figure["uid"], "--db", base_path).code == 0
    assert kb("tags", "dossier", "--db", base_path).code == 2

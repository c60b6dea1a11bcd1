"""What holds of every page: headers, methods, parameters, long lists; and Datasette on its own."""

from __future__ import annotations

import csv
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kb import KnowledgeBase
from kb.browse import catalogue, page, pages, reviewing
from tests.browsing import Browser, data_of, pages_of

METHODS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO")
STRICT = "default-src 'none'"


def of_datasette(name: str) -> tuple[str, ...]:
    """Addresses of each kind of Datasette's own pages."""
    return (
        f"/{name}",
        f"/{name}/figures",
        f"/{name}/article/1",
        f"/{name}/figures_on?measure=prisoners&place=",
        f"/{name}?sql=select+1",
        f"/{name}?sql=selec",
        f"/{name}/nosuch",
        f"/{name}/figures.json",
        f"/{name}/figures.csv",
        "/-/versions",
        "/-/nosuch",
    )


def test_every_page_has_the_headers(demo: Path) -> None:
    browser = Browser(demo)
    for address in (*pages_of(demo), *data_of(demo), *of_datasette(demo.stem), "/", "/robots.txt"):
        headers = browser.get(address).headers
        policy = headers["content-security-policy"]
        assert policy.startswith(STRICT), address
        assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0], address
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["x-robots-tag"] == "noindex, nofollow", address
        assert headers.get_list("content-security-policy") == [policy], address


@pytest.mark.parametrize("method", METHODS)
def test_tables_are_read_and_nothing_else(demo: Path, method: str) -> None:
    browser = Browser(demo, review=True)
    for address in ("/", "/robots.txt", f"/{demo.stem}", f"/{demo.stem}/review", f"/{demo.stem}/review/1"):
        answer = browser.send(method, address, "root")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD"), address
    answer = browser.send(method, f"/-/kb/{demo.stem}/series", "root")
    assert answer.status_code in (403, 405)  # forms without a token are refused before


def test_scripts_in_texts_are_not_let_through(demo: Path) -> None:
    """The hashes are those of Datasette's own scripts, whatever stands on the page."""
    browser = Browser(demo)
    shown = f"/{demo.stem}?sql=select+'<script>alert(1)</script>'"
    plain = browser.get(f"/{demo.stem}").headers["content-security-policy"]
    assert browser.get(shown).headers["content-security-policy"] == plain
    assert "<script>alert" not in browser.get(shown).text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("timeline?kind=poem", "say one of"),
        ("timeline?since=someday", "someday"),
        ("timeline?since=2027&until=2020", "ends before it begins"),
        ("conflicts?kind=poem", "later take"),
        ("series?page=0", "give a number"),
        ("entities?page=-1", "give a number"),
        ("timeline?page=x", "give a number"),
        ("conflicts?page=1001", "give a number"),
        ("article/{article}?show=poem", "say one of figure, event, name"),
        ("series/{series}?page=99", "has no page 99"),
    ],
)
def test_what_cannot_be_asked_is_told(demo: Path, asked: str, told: str) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        (article,) = base.sql("SELECT uid FROM article ORDER BY id LIMIT 1")
        (series,) = base.sql("SELECT uid FROM series ORDER BY id LIMIT 1")
    answer = Browser(demo).get(
        f"/-/kb/{demo.stem}/" + asked.format(article=article["uid"], series=series["uid"])
    )
    assert answer.status_code == 400
    assert told in answer.text


@pytest.mark.parametrize(
    "asked", ["_next=x", "_sort=nosuch", "_timelimit=x", "_where=1;drop", "_where=nosuch"]
)
def test_what_cannot_be_asked_of_tables_is_told(demo: Path, asked: str) -> None:
    assert Browser(demo).get(f"/{demo.stem}/figures?{asked}").status_code == 400


def test_scripts_cannot_read_who_somebody_is(demo: Path) -> None:
    browser = Browser(demo, review=True)
    answer = browser.get("/-/auth-token", params={"token": browser.datasette._root_token})
    (cookie,) = (one for one in answer.headers.get_list("set-cookie") if one.startswith("ds_actor="))
    assert {"HttpOnly", "SameSite=lax"} <= set(cookie.split("; "))
    assert "token" not in answer.headers["location"]


def test_a_form_of_review_and_of_compare_tells_it_too(demo: Path) -> None:
    browser = Browser(demo, review=True)
    assert browser.get(f"/-/kb/{demo.stem}/review?kind=poem", "root").status_code == 400
    draft = browser.post(f"/-/kb/{demo.stem}/compare", draft="There were 12 cats.", published="someday")
    assert draft.status_code == 400
    assert "someday" in draft.text
    assert browser.get(f"/-/kb/{demo.stem}/feed.atom?series=nosuch").status_code == 404


LISTS: dict[str, str] = {
    "series": r'/series/(\w+)"',
    "timeline": r'/event/(\w+)"',
    "entities": r'/entity/(\w+)"',
}


@pytest.mark.parametrize("name", LISTS)
def test_a_long_list_comes_page_by_page(demo: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(demo)
    whole = found(browser, f"/-/kb/{demo.stem}/{name}", LISTS[name])
    assert len(whole) > 12
    monkeypatch.setattr(page, "ROWS", 5)
    monkeypatch.setattr(pages, "ROWS", 5)
    told, there = list[str](), f"/-/kb/{demo.stem}/{name}?place="
    while there:
        told += found(browser, there, LISTS[name])
        after = re.search(r'<a href="([^"]+)" rel="next"', browser.get(there).text)
        there = after[1].replace("&amp;", "&") if after else ""
    assert told == whole


def found(browser: Browser, address: str, pattern: str) -> list[str]:
    return re.findall(pattern, browser.get(address).text.split("<main")[1])


def test_a_long_series_shows_and_draws_a_page(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = next(one for one in pages_of(demo) if "/series/" in one)
    browser, rows = Browser(demo), re.compile(r'<tr id="fact-(\w+)"')
    whole = rows.findall(browser.get(address).text)
    monkeypatch.setattr(page, "ROWS", 3)
    monkeypatch.setattr(pages, "DRAWN", 3)
    first, second = (browser.get(f"{address}?page={number}").text for number in (1, 2))
    assert rows.findall(first) + rows.findall(second) == whole[:6]
    assert "Drawn are the figures of this page" in first
    assert f"{len(whole)} figures" in first


def test_notes_on_one_address_are_one_line(tmp_path: Path) -> None:
    table, path = tmp_path / "notes.csv", tmp_path / "notes.db"
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["url", "note"])
        rows.writerows(["https://example.org/one", f"{number} cats sat in Riga."] for number in range(20, 24))
        rows.writerow(["https://example.org/two", "7 dogs ran in Oslo."])
    with KnowledgeBase(path) as base:
        base.load(table)
        newest = base.overview().newest
    assert [(one.cites_url or "")[-3:] for one in newest] == ["two", "one"]
    assert [one.more for one in newest] == [0, 3]
    assert "and 3 more notes on it" in Browser(path).get("/-/kb/notes/").text


def test_things_lead_to_their_timeline(demo: Path) -> None:
    browser = Browser(demo)
    with KnowledgeBase(demo, read_only=True) as base:
        rows = base.sql("SELECT uid FROM timeline WHERE earliest IS NOT NULL AND latest IS NOT NULL LIMIT 1")
        people = base.sql("""
            SELECT DISTINCT entity.uid FROM participant JOIN mention ON mention.id = participant.mention_id
            JOIN entity ON entity.id = mention.entity_id ORDER BY 1 LIMIT 3""")
    for kind, uids in (("event", rows), ("entity", people)):
        for row in uids:
            text = browser.get(f"/-/kb/{demo.stem}/{kind}/{row['uid']}").text
            link = re.search(r'href="(/-/kb/[^"/]+/timeline\?[^"]+)"', text)
            assert link is not None, row
            there = browser.get(link[1].replace("&amp;", "&"))
            assert there.status_code == 200
            assert "/event/" in there.text


def test_a_large_base_is_not_counted_unasked(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser(demo)
    counted = re.compile(r"\b[0-9,]+ rows\b")
    assert counted.search(browser.get(f"/{demo.stem}/figures").text)
    monkeypatch.setattr(catalogue, "_MANY", 10)
    large = Browser(demo)
    for view in ("figures", "timeline"):
        assert not counted.search(large.get(f"/{demo.stem}/{view}").text)
        assert counted.search(large.get(f"/{demo.stem}/{view}?_nocount=").text)
        assert "facet-results" not in large.get(f"/{demo.stem}/{view}").text
    assert "facet-results" in large.get(f"/{demo.stem}/figures?_facet=place&_nocount=").text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("SELECT * FROM timeline LIMIT 5", "ix_event_time"),
        ("SELECT * FROM figures WHERE uid = 'x'", "ix_claim_uid"),
        ("SELECT * FROM figures ORDER BY uid LIMIT 5", "ix_claim_uid"),
    ],
)
def test_the_first_rows_of_a_view_need_no_sorting(demo: Path, query: str, seen: str) -> None:
    with sqlite3.connect(demo) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    connection.close()
    assert any(seen in step for step in plan)
    assert "USE TEMP B-TREE FOR GROUP BY" not in plan
    assert not any(step.startswith("MATERIALIZE correction") for step in plan)


@pytest.mark.parametrize("made", [lambda path: [str(path)], lambda path: ["-i", str(path)]])
def test_datasette_alone_shows_the_pages(base_path: Path, made: Callable[[Path], list[str]]) -> None:
    """`datasette kb.db`: the pages are there for whoever has kb, and nobody may judge."""
    before = base_path.read_bytes()
    command = [sys.executable, "-m", "datasette", *made(base_path), "--get"]
    for address, told in (("/-/kb/kb/", "What is in the base"), ("/-/kb/kb/timeline", "Timeline")):
        done = subprocess.run([*command, address], capture_output=True, text=True, check=True)
        assert told in done.stdout
        assert "verdict" not in done.stdout
    refused = subprocess.run([*command, "/-/kb/kb/review"], capture_output=True, text=True, check=False)
    assert "kb-review" in refused.stdout + refused.stderr
    assert base_path.read_bytes() == before


@pytest.mark.parametrize(
    "asked",
    [{}, {"kind": "figure"}, {"kind": "event"}, {"kind": "name"}, {"q": "prisoners"}, {"place": "Belarus"}],
)
def test_the_queue_is_that_of_kb_review(base_path: Path, asked: dict[str, str]) -> None:
    """Its page looks for a few facts where the question reads them all; both begin with the same."""
    browser, told = Browser(base_path, review=True), re.compile(r'data-fact="(\w+)"')
    with KnowledgeBase(base_path) as base:
        for fact in base.review(limit=7):  # what was looked at is not in the queue
            base.accept(fact.uid, by="Ada Example")
    shown = told.findall(browser.get("/-/kb/kb/review", "root", params=asked).text)
    with KnowledgeBase(base_path, read_only=True) as base:
        whole = base.review(
            asked.get("q"), kind=asked.get("kind"), place=asked.get("place"), by="Ada Example"
        )
    assert len(shown) == min(len(whole), reviewing.AT_ONCE) > 3
    days = [(one.why, (one.published or "")[:10]) for one in whole]
    assert [days[[one.uid for one in whole].index(uid)] for uid in shown] == days[: len(shown)]

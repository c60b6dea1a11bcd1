"""Looking again: what `kb refresh` tells of pages that changed, were corrected, went or moved."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kb.read.documents.html
from kb import KnowledgeBase
from kb.errors import UsageError
from kb.fetch import Settings
from kb.read.documents.html_text import MainText, find_main_text
from kb.refresh import Refreshed, plain_refreshed
from tests.command import Command
from tests.site import Site, article, running_site

FETCHING = Settings(delay=0, timeout=5, retries=0, backoff=0, use_cache=False, allow_private=True)
QUICK = ("--allow-private", "--delay", 0, "--retries", 0, "--no-cache")
TITLE = "Wells dug in the north"
FIRST = (
    "Workers dug 9 wells in the northern district in May 2026, the water board said.",
    "The work cost 40,000 euros, the board said in a statement on its plans for the year.",
)
SECOND = (
    "Workers dug 11 wells in the northern district in May 2026, the water board said.",
    "The board did not say what the work cost, nor when it will go on in the south.",
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def base(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "kb.db") as base:
        yield base


def put(site: Site, *paragraphs: str, path: str = "/wells", **headers: str) -> str:
    return site.page(path, article(TITLE, *paragraphs), 200, **headers)


def again(base: KnowledgeBase, *urls: str) -> Refreshed:
    (one,) = base.refresh(*urls, fetching=FETCHING)
    return one


def rows(base: KnowledgeBase, query: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in base.sql(query)]


def test_a_page_that_did_not_change_is_asked_about_with_what_the_server_said(
    site: Site, base: KnowledgeBase
) -> None:
    url = put(site, *FIRST, etag='"1"')
    base.load(url, fetching=FETCHING)
    site.answers["/wells"] = lambda visit: visit.send(b"", 304, {"ETag": '"1"'})
    one = again(base)
    assert (one.outcome, one.is_news, one.url) == ("unchanged", False, url)
    assert site.asked("/wells")[1]["if-none-match"] == '"1"'
    assert rows(base, "SELECT status, article_id FROM fetch ORDER BY id") == [(200, 1), (304, 1)]
    assert rows(base, "SELECT count(*) FROM revision") == [(1,)]


def test_facts_that_changed_were_dropped_and_added_are_told(site: Site, base: KnowledgeBase) -> None:
    url = put(site, *FIRST, etag='"1"')
    base.load(url, fetching=FETCHING)
    put(site, *SECOND, etag='"2"')
    one = again(base, url)
    assert (one.outcome, one.is_news) == ("changed", True)
    told = {(change.what, change.kind) for change in one.facts}
    assert ("dropped", "figure") in told
    values = [
        change.after.value for change in one.facts if change.kind == "figure" and change.after is not None
    ]
    assert any("11" in value for value in values)
    assert rows(base, "SELECT seq, cause FROM revision") == [(1, "fetched"), (2, "fetched")]
    assert [figure.low for figure in base.figures("wells")] == [11]
    plain = plain_refreshed(one)
    assert json.loads(json.dumps(plain)) == plain
    assert again(base, url).outcome == "unchanged"
    assert not base.check()


def test_what_stands_around_an_article_is_no_change(site: Site, base: KnowledgeBase) -> None:
    body = article(TITLE, *FIRST)
    base.load(site.page("/wells", body), fetching=FETCHING)
    site.page("/wells", body.replace("</body>", "<footer>Read by 7,000 people</footer></body>"))
    one = again(base)
    assert (one.outcome, one.changes) == ("unchanged", None)
    assert rows(base, "SELECT count(*) FROM revision") == [(1,)]


def test_a_page_that_says_it_was_corrected(site: Site, base: KnowledgeBase) -> None:
    url = put(site, *FIRST)
    base.load(url, fetching=FETCHING)
    notice = "Correction: An earlier version of this article gave a wrong number of wells."
    site.page("/wells", article(TITLE, *FIRST).replace("</body>", f"<aside><p>{notice}</p></aside></body>"))
    one = again(base)
    assert [(one.kind, one.words) for one in one.corrections] == [("correction", notice)]
    assert (one.outcome, one.is_news) == ("changed", True)
    assert rows(base, "SELECT reason FROM attempt ORDER BY id DESC LIMIT 1") == [(notice,)]
    assert again(base).corrections == ()


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_news_once(site: Site, base: KnowledgeBase, status: int) -> None:
    url = put(site, *FIRST)
    base.load(url, fetching=FETCHING)
    site.page("/wells", "gone", status=status)
    one, then = again(base), again(base)
    assert (one.outcome, one.is_news) == ("gone", True)
    assert (then.outcome, then.is_news) == ("gone", False)
    assert [figure.low for figure in base.figures("wells")] == [9]  # what it said is kept
    put(site, *FIRST)
    assert again(base).outcome == "unchanged"  # it is back


def test_a_page_that_leads_to_the_front_page_is_gone(site: Site, base: KnowledgeBase) -> None:
    base.load(put(site, *FIRST), fetching=FETCHING)
    site.page("/", article("The Example", "All that is new today, and what was new before, in one place."))
    site.redirect("/wells", "/", 301)
    one = again(base)
    assert (one.outcome, one.moved_to) == ("gone", None)
    assert "front page" in (one.reason or "")
    assert rows(base, "SELECT count(*) FROM revision") == [(1,)]


def test_a_page_that_moved_is_asked_for_where_it_is_from_then_on(site: Site, base: KnowledgeBase) -> None:
    url = put(site, *FIRST)
    base.load(url, fetching=FETCHING)
    new = put(site, *FIRST, path="/2026/wells")
    site.redirect("/wells", "/2026/wells", 301)
    one = again(base)
    assert (one.outcome, one.moved_to, one.url, one.is_news) == ("unchanged", new, url, True)
    then = again(base)
    assert (then.moved_to, then.is_news) == (None, False)
    assert len(site.asked("/wells")) == 2


def test_a_page_that_cannot_be_had_keeps_what_it_said(site: Site, base: KnowledgeBase) -> None:
    url = put(site, *FIRST)
    base.load(url, fetching=FETCHING)
    site.page("/wells", "no", status=500)
    one = again(base, url)
    assert (one.outcome, one.is_news) == ("failed", False)
    assert "server fails" in (one.reason or "")
    site.page("/wells", "<html><body></body></html>")
    assert again(base, url).outcome == "failed"
    assert rows(base, "SELECT count(*) FROM revision") == [(1,)]
    put(site, *FIRST)
    assert again(base, url).outcome == "unchanged"


def test_a_newer_reader_of_the_same_bytes_is_no_change(
    site: Site, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a newer reader makes of the bytes of then is stored beside it, before what the page says now."""
    url = put(site, *FIRST, etag='"1"')
    base.load(url, fetching=FETCHING)
    monkeypatch.setattr(kb.read.documents.html, "READER", "html/next")

    def shorter(*said: Any) -> MainText:
        found = find_main_text(*said)
        return replace(found, paragraphs=found.paragraphs[:1])

    monkeypatch.setattr(kb.read.documents.html, "find_main_text", shorter)
    assert again(base).outcome == "unchanged"
    body = article(TITLE, *FIRST)
    site.page("/wells", body.replace("</body>", "<footer>Read by 7,000 people</footer></body>"))
    one = again(base)
    assert (one.outcome, one.is_news, one.facts) == ("unchanged", False, ())
    assert rows(base, "SELECT seq, cause, reader FROM revision") == [
        (1, "fetched", "html/3"),
        (2, "reread", "html/next"),
    ]


def test_what_a_user_said_of_a_page_stays(site: Site, base: KnowledgeBase) -> None:
    url = put(site, *FIRST)
    base.load(url, publisher="The Northern Post", published="2026-06-01", fetching=FETCHING)
    put(site, *SECOND)
    assert again(base).changes is not None
    assert rows(base, "SELECT publisher, published FROM revision ORDER BY seq DESC LIMIT 1") == [
        ("The Northern Post", "2026-06-01")
    ]


def test_the_first_time_that_the_page_itself_is_had(site: Site, base: KnowledgeBase, tmp_path: Path) -> None:
    """A text that somebody saved is no earlier state of the page."""
    saved = tmp_path / "wells.txt"
    saved.write_text(f"{TITLE}\n\n{FIRST[0]}\n")
    base.load(saved, url=put(site, *FIRST))
    one = again(base)
    assert (one.outcome, one.is_news) == ("first", False)
    assert again(base).outcome == "unchanged"


def test_which_pages_are_asked_for(site: Site, base: KnowledgeBase, tmp_path: Path) -> None:
    wells = put(site, *FIRST)
    mills = site.page(
        "/mills", article("Mills", "The 3 mills of the town stood still on 4 May 2026, it said.")
    )
    base.load(wells, publisher="The Northern Post", fetching=FETCHING)
    base.load(mills, fetching=FETCHING)
    note = tmp_path / "notes.csv"
    note.write_text("note,url\nTwo more wells are planned.,https://example.org/elsewhere\n")
    base.load(note)
    assert [one.url for one in base.refresh(fetching=FETCHING)] == [wells, mills]
    assert [one.url for one in base.refresh(publisher="the northern post", fetching=FETCHING)] == [wells]
    assert [one.url for one in base.refresh(mills, fetching=FETCHING)] == [mills]
    with pytest.raises(UsageError, match="no article has the URL"):
        list(base.refresh("https://example.org/none", fetching=FETCHING))
    with pytest.raises(UsageError, match="cannot be asked for again"):
        list(base.refresh("https://example.org/elsewhere", fetching=FETCHING))


def test_the_command_tells_cron_by_its_exit_code(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kb, db = Command(capsys), tmp_path / "kb.db"
    url = put(site, *FIRST, etag='"1"')
    assert kb("load", url, "--db", db, *QUICK).code == 0
    same = kb("refresh", "--db", db, *QUICK)
    assert (same.code, same.out) == (0, "1 unchanged\n")
    put(site, *SECOND)
    assert kb("refresh", "--db", db, "--older-than", "1h", *QUICK).out == "no page to ask for\n"
    changed = kb("refresh", url, "--db", db, *QUICK)
    assert changed.code == 3
    assert "11 wells" in changed.out
    assert changed.out.endswith("1 changed\n")
    site.page("/wells", "no", status=403)
    failed = kb("refresh", "--db", db, "--json", *QUICK)
    assert failed.code == 1
    assert [one["outcome"] for one in json.loads(failed.out)] == ["failed"]
    assert "is refused (403" in failed.err
    assert kb("refresh", "--db", db, "--older-than", "soon").code == 2
    assert kb("refresh", "https://example.org/none", "--db", db).code == 2


def test_a_refresh_leaves_nothing_older_in_the_cache(site: Site, tmp_path: Path) -> None:
    url = put(site, *FIRST, cache_control="max-age=6000")
    caching = Settings(delay=0, retries=0, cache=tmp_path / "cache", allow_private=True)
    with KnowledgeBase(tmp_path / "kb.db") as base:
        base.load(url, fetching=caching)
        put(site, *SECOND)
        assert [one.outcome for one in base.refresh(fetching=caching)] == ["changed"]
    with sqlite3.connect(tmp_path / "cache" / "pages.db") as cache:
        bodies = b"".join(body for (body,) in cache.execute("SELECT chunk_data FROM streams"))
    cache.close()
    assert b"9 wells" not in bodies

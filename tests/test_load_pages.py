"""Loading from the network: pages, lists of them, and what is kept of what came."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from kb import KnowledgeBase
from kb.errors import ReadError
from kb.fetch import Settings
from tests.command import Command, Ran
from tests.site import Site, Visit, article, closed_port, running_site

FETCHING = Settings(delay=0, timeout=5, retries=0, backoff=0, use_cache=False, allow_private=True)
WELLS = article(
    "Wells dug in the north", "Workers dug 9 wells in the northern district in May 2026, the board said."
)
MILLS = article(
    "Mills stand still", "The 3 mills of the town stood still on 4 May 2026, their owner said on Monday."
)
BRIDGE = article(
    "A bridge is closed", "The bridge was closed for 12 days in April 2026, the council said on Monday."
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def base(tmp_path: Path) -> Iterator[KnowledgeBase]:
    with KnowledgeBase(tmp_path / "kb.db") as base:
        yield base


def load(base: KnowledgeBase, *sources: str | Path, **said: Any) -> list[tuple[str, str]]:
    """What came of each source: its name and the outcome."""
    steps = base.load_each([str(source) for source in sources], fetching=FETCHING, **said)
    return [(step.source, step.outcome) for step in steps]


def test_a_page_is_stored_with_what_came(site: Site, base: KnowledgeBase) -> None:
    head = '<link rel="canonical" href="/wells"><meta property="og:site_name" content="The Northern Post">'
    page = WELLS.replace("</head>", f"{head}</head>")
    url = site.page("/wells", page, etag='"1"', last_modified="Tue, 02 Jun 2026 10:00:00 GMT")
    assert load(base, f"{url}?from=feed") == [(f"{url}?from=feed", "loaded")]
    (row,) = base.sql("SELECT fetch.* FROM fetch JOIN article ON article.id = fetch.article_id")
    (revision,) = base.sql("SELECT * FROM revision JOIN raw ON raw.sha256 = revision.raw_sha256")
    assert (row["url"], row["status"], row["etag"]) == (f"{url}?from=feed", 200, '"1"')
    assert ["content-type", "text/html; charset=utf-8"] in [
        [name.lower(), value] for name, value in json.loads(row["headers"])
    ]
    assert revision["url"] == url  # its canonical one
    assert revision["cause"] == "fetched"
    assert revision["retrieved_at"] == row["retrieved_at"]
    content = zlib.decompress(revision["bytes"])
    assert content.decode() == page
    assert hashlib.sha256(content).hexdigest() == row["sha256"] == revision["raw_sha256"]
    (figure,) = base.figures("wells")
    assert (figure.low, figure.url, figure.publisher) == (9, url, "The Northern Post")
    assert not base.check()


def test_what_is_in_is_not_fetched_again(site: Site, base: KnowledgeBase) -> None:
    url = site.page("/wells", WELLS)
    site.redirect("/old", "/wells")
    load(base, url)
    assert load(base, url, f"{url}#part", f"{site.url}/old", f"{site.url}/old") == [
        (url, "unchanged"),
        (f"{site.url}/old", "unchanged"),
    ]
    assert load(base, f"{site.url}/old") == [(f"{site.url}/old", "unchanged")]
    assert len(site.asked("/wells")) == 2
    assert len(site.asked("/old")) == 1
    assert load(base, url, publisher="The Northern Post") == [(url, "revised")]
    assert base.figures("wells")[0].publisher == "The Northern Post"


def test_a_list_of_addresses_leads_to_its_pages(site: Site, base: KnowledgeBase, tmp_path: Path) -> None:
    names = {"/wells": WELLS, "/mills": MILLS}
    urls = [site.page(path, page) for path, page in names.items()]
    listed = tmp_path / "urls.txt"
    listed.write_text("\n".join([*urls, f"{site.url}/none", urls[0]]) + "\n")
    assert load(base, listed) == [
        (urls[0], "loaded"),
        (urls[1], "loaded"),
        (f"{site.url}/none", "failed"),
    ]
    assert load(base, site.page("/urls.txt", listed.read_text(), content_type="text/plain"))[:2] == [
        (urls[0], "unchanged"),
        (urls[1], "unchanged"),
    ]
    assert len(site.asked("/robots.txt")) == 2  # once a run


def test_a_feed_leads_to_its_pages_or_gives_their_text(site: Site, base: KnowledgeBase) -> None:
    site.page("/wells", WELLS)
    text = "The ferry carried 700 people across the lake in March 2026, the operator said in its statement."
    feed = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Northern Post</title>
        <item><title>Wells</title><link>/wells</link><pubDate>Tue, 02 Jun 2026 10:00:00 GMT</pubDate></item>
        <item><title>A ferry</title><link>/ferry</link>
        <description>&lt;p&gt;{text}&lt;/p&gt;</description></item></channel></rss>"""
    url = site.page("/feed", feed, content_type="application/rss+xml")
    done = load(base, url)
    assert [outcome for _, outcome in done] == ["loaded", "loaded"]
    assert done[0][0] == f"{site.url}/wells"
    figures = {figure.url: figure for figure in base.figures()}
    assert figures[f"{site.url}/wells"].published == "2026-06-02T10:00:00+00:00"
    assert figures[f"{site.url}/ferry"].low == 700
    (reason,) = base.sql("SELECT reason FROM attempt WHERE reason IS NOT NULL")
    assert "the page cannot be had" in reason["reason"]
    entry = zlib.decompress(base.sql("SELECT bytes FROM raw ORDER BY id")[1]["bytes"]).decode()
    assert entry in feed
    assert text in entry
    statuses = {row["url"]: row["status"] for row in base.sql("SELECT url, status FROM fetch")}
    assert statuses == {url: 200, f"{site.url}/wells": 200, f"{site.url}/ferry": 404}
    site.page(
        "/ferry", article("A ferry", text, "It went 40 times, and the operator wants to buy another one.")
    )
    assert [outcome for _, outcome in load(base, url)] == ["unchanged", "revised"]  # now it can be had


def test_what_a_feed_has_of_a_page_that_failed_before_is_had(site: Site, base: KnowledgeBase) -> None:
    text = "The ferry carried 700 people across the lake in March 2026, the operator said in its statement."
    feed = f"<rss><channel><item><link>/ferry</link><description>{text}</description></item></channel></rss>"
    url = site.page("/feed", feed, content_type="application/rss+xml")
    done = load(base, f"{site.url}/ferry", url, url)
    assert [outcome for _, outcome in done] == ["failed", "loaded"]


def test_an_index_of_sitemaps_leads_to_the_pages(site: Site, base: KnowledgeBase) -> None:
    schema = "http://www.sitemaps.org/schemas/sitemap/0.9"
    wells = site.page("/wells", WELLS)
    part = site.page("/part.xml", f'<urlset xmlns="{schema}"><url><loc>{wells}</loc></url></urlset>')
    circle = f"{site.url}/index.xml"
    places = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in (part, circle))
    assert load(base, site.page("/index.xml", f'<sitemapindex xmlns="{schema}">{places}</sitemapindex>')) == [
        (wells, "loaded")
    ]


def test_lists_that_lead_to_lists_for_ever_end(site: Site, base: KnowledgeBase) -> None:
    def another(visit: Visit) -> None:
        visit.send(f"{site.url}{visit.path}x\n{site.url}{visit.path}y\n".encode())

    for depth in range(8):
        for tail in range(2**depth):
            site.answers["/" + format(tail, f"0{depth}b").translate({48: "x", 49: "y"})[:depth]] = another
    outcomes = {outcome for _, outcome in load(base, f"{site.url}/")}
    assert outcomes == {"failed"}
    assert len(site.visits) < 100


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (
            "Le café a fermé ses portes après 40 ans, a dit la mairie.".encode("cp1252"),
            "text/html; charset=utf-8",
        ),
        ("Кафе закрылось через 40 лет, сообщила мэрия города.".encode("cp1251"), "text/html; charset=cp1251"),
        (
            "Le café a fermé ses portes après 40 ans, a dit la mairie.".encode(),
            "text/html; charset=iso-8859-1",
        ),
        ("Le café a fermé ses portes après 40 ans, a dit la mairie.".encode(), "text/html; charset=klingon"),
    ],
)
def test_a_wrong_charset_does_not_garble(
    site: Site, base: KnowledgeBase, body: bytes, content_type: str
) -> None:
    page = b"<!DOCTYPE html><html><body><article><h1>40</h1><p>" + body + b"</p></article></body></html>"
    load(base, site.page("/cafe", page, content_type=content_type))
    (row,) = base.sql("SELECT text FROM revision")
    assert "café" in row["text"] or "Кафе" in row["text"]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "image/png"),
        (b"", "text/html"),
        (b"<html><body></body></html>", "text/html"),
        (b'<?xml version="1.0"?><unknown/>', "application/xml"),
        (b'{"an": ["API"]}', "application/json"),
        (bytes(range(256)) * 8, "text/html"),
    ],
)
def test_what_holds_no_article_is_told(
    site: Site, base: KnowledgeBase, body: bytes, content_type: str
) -> None:
    url = site.page("/a", body, content_type=content_type)
    assert load(base, url) == [(url, "failed")]
    (row,) = base.sql("SELECT status, article_id FROM fetch")
    assert tuple(row.values()) == (200, None)


@pytest.mark.parametrize(
    "page", [b"<div>" * 100_000, b"<b><i>" * 60_000 + b"text " * 50, b"<table><tr><td>" * 20_000]
)
def test_a_hundred_thousand_nested_tags_end(site: Site, base: KnowledgeBase, page: bytes) -> None:
    load(base, site.page("/a", b"<!DOCTYPE html><html><body>" + page))
    assert not base.check()


def test_entities_of_a_feed_are_not_expanded(site: Site, base: KnowledgeBase) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    outside = '<!DOCTYPE rss [<!ENTITY i SYSTEM "file:///etc/passwd">'
    for path, kind in (("/bomb", bomb), ("/outside", outside)):
        items = "<channel><title>t</title><item><title>&i;</title></item></channel>"
        feed = f"{kind}]><rss version='2.0'>{items}</rss>"
        load(base, site.page(path, f"<?xml version='1.0'?>{feed}", content_type="application/rss+xml"))
    assert base.sql(
        "SELECT count(*) AS n FROM revision WHERE text LIKE '%root:%' OR length(text) > 1000"
    ) == [{"n": 0}]


def test_one_that_fails_does_not_keep_the_others(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kb, db = Command(capsys), tmp_path / "kb.db"
    file = tmp_path / "bridge.html"
    file.write_text(BRIDGE)
    site.page("/robots.txt", "User-agent: *\nDisallow: /desk/\n")
    wells, desk = site.page("/wells", WELLS), site.page("/desk/a", MILLS)
    nobody = f"http://127.0.0.1:{closed_port()}/a"
    sources = [nobody, desk, "ftp://example.org/a", wells, file]
    ran: Ran = kb("load", *sources, "--db", db, "--allow-private", "--delay", 0, "--retries", 0, "--no-cache")
    assert ran.code == 1
    assert ran.out == "2 loaded, 3 failed\n"
    assert "Connection refused" in ran.err
    assert "robots.txt forbids" in ran.err
    assert "only http and https" in ran.err
    with sqlite3.connect(db) as connection:
        told = dict(connection.execute("SELECT source, outcome FROM attempt"))
    connection.close()
    outcomes = ("failed", "failed", "failed", "loaded", "loaded")
    assert told == dict(zip(map(str, sources), outcomes, strict=True))


def test_the_own_network_is_not_asked_unless_told(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kb, db = Command(capsys), tmp_path / "kb.db"
    ran = kb("load", site.page("/wells", WELLS), "--db", db, "--no-cache")
    assert ran.code == 1
    assert "is a loopback address" in ran.err
    assert not site.visits


def test_what_was_fetched_is_archived_and_loads_again(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kb, db, warc = Command(capsys), tmp_path / "kb.db", tmp_path / "warc"
    quick = ("--allow-private", "--delay", 0, "--archive", warc, "--contact", "desk@example.org")
    url = site.page("/wells", WELLS)
    assert kb("load", url, "--db", db, *quick).code == 0
    assert "(desk@example.org)" in site.asked("/wells")[0]["user-agent"]
    (file,) = warc.iterdir()
    with file.open("rb") as stream:
        kinds = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
            for record in ArchiveIterator(stream)
        ]
    assert kinds[-2:] == [("response", url), ("request", url)]
    other = kb("load", warc, "--db", tmp_path / "other.db")
    assert (other.code, other.out) == (0, "1 loaded\n")
    with KnowledgeBase(tmp_path / "other.db", read_only=True) as base:
        assert [(figure.low, figure.url) for figure in base.figures("wells")] == [(9, url)]


def test_in_python_what_cannot_be_had_is_raised(site: Site, base: KnowledgeBase) -> None:
    with pytest.raises(ReadError, match="is not there"):
        base.load(f"{site.url}/none", fetching=FETCHING)


def test_a_withdrawn_page_is_not_even_asked_for(site: Site, base: KnowledgeBase) -> None:
    url = site.page("/wells", WELLS)
    load(base, url)
    base.withdraw(url, reason="its author asked for it")
    assert load(base, url) == load(base, url, publisher="The Northern Post") == [(url, "failed")]
    assert len(site.asked("/wells")) == 1
    assert list(base.refresh(fetching=FETCHING)) == []
    (row,) = base.sql("SELECT headers, etag FROM fetch WHERE article_id IS NOT NULL LIMIT 1")
    assert row["headers"] is None
    assert not base.check()

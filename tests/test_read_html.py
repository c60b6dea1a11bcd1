"""Pages of HTML: title, days, authors, publisher and address as the page states them; the main text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kb.errors import KbError, ReadError
from kb.model.values import Article
from kb.read import read_file
from kb.read.documents.html import read_html
from tests.case_tables import cases

PARAGRAPHS = (
    "The council of Riga voted on Tuesday to close the old bridge over the river for two years, they said.",
    "About 40,000 cars cross it every day, and the works will cost 12 million euros, according to the city.",
    "Drivers will have to use the ferry or make a detour of nine kilometres through the harbour district.",
    "The bridge of 1872 was last repaired in 1996, when a barge had torn away one of its seven piers.",
)
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
PAGE = f"""<!doctype html><html lang="en"><head><title>Bridge closes</title>
<script type="application/ld+json">
{{"@type": "NewsArticle", "headline": "Bridge closes", "author": [{{"name": "A B"}}]}}
</script></head><body><nav><a href="/">Home</a></nav><article><h1>Bridge closes</h1>
<time datetime="2026-06-03T10:00Z">3 June</time>{ARTICLE}<ul><li>One</li><li>Two</li></ul>
<table><tr><td>1</td></tr></table></article></body></html>"""


def read(page: str, folder: Path, url: str | None = None) -> Article:
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    return read_file(path, url=url)


@pytest.mark.parametrize("case", cases("read_html"))
def test_page(case: dict[str, str], tmp_path: Path) -> None:
    head, body = case["head"], case["body"].replace("{article}", f"<div>{ARTICLE}</div>")
    start = "" if head.startswith(("<html", "<?xml")) else "<html>"
    page = f"{start}{head}<body><main>{body}</main></body></html>"
    article = read(page, tmp_path, case["url"] or None)
    found = {
        "title": article.title or "",
        "published": article.published or "",
        "modified": article.modified or "",
        "authors": "; ".join(article.authors),
        "publisher": article.publisher or "",
        "canonical": article.url or "",
    }
    assert found == {key: case[key] for key in found}
    assert article.text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 100_000 + ARTICLE,
        "<html><body><p>" + "<b>" * 100_000 + "Bridge closes.",
        "<html><body><h1>" + "<i>" * 50_000 + f"Bridge</h1>{ARTICLE}",
        '<html><script type="application/ld+json">' + "[" * 200_000 + f"</script>{ARTICLE}",
        '<html><script type="application/ld+json">' + '{"a":' * 50_000 + f"</script>{ARTICLE}",
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><p>&b;</p>'
        + ARTICLE,
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>' + ARTICLE,
        "<html><body><p " + 'a="b" ' * 100_000 + f">{ARTICLE}",
        "<html>" + "<title>" * 10_000 + ARTICLE,
        "<!-- a -->" * 60 + "</i>" + ARTICLE,
        f"<html><body>{ARTICLE}<p>a{' ' * 200_000}b\nc</p>",
        f'<html><script type="application/ld+json">{" " * 200_000}a</script>{ARTICLE}',
        f'<html><meta property="og:title" content="{"a | " * 100_000}">{ARTICLE}',
        "<html><head>" + '<meta property="og:title" content="a">' * 20_000 + ARTICLE,
    ],
    ids=[
        "divs",
        "inline",
        "heading",
        "json-lists",
        "json-objects",
        "bomb",
        "outside",
        "attributes",
        "titles",
        "comments",
        "spaces",
        "json-spaces",
        "long-title",
        "metas",
    ],
)
def test_attacks_are_read_or_refused(page: str, tmp_path: Path) -> None:
    try:
        text = read(page, tmp_path).text
    except ReadError:
        return
    assert "root:" not in text
    assert len(text) < 2_000


@pytest.mark.parametrize("seed", range(60))
def test_a_mutated_page_raises_nothing_but_our_errors(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    raw = bytearray(PAGE.encode())
    for _ in range(chance.randrange(1, 40)):
        at, size = chance.randrange(len(raw)), chance.randrange(12)
        raw[at : at + size] = chance.choice(
            [b"<", b">", b'"', b"</", b"&#x0;", b"\xff", b"<p>", b"{", bytes(raw[-size:])]
        )
    path = tmp_path / "page.html"
    path.write_bytes(raw)
    try:
        assert read_file(path).text
    except KbError as error:
        assert str(path) in str(error)  # noqa: PT017 - both outcomes are right


def test_what_the_reader_tells_of_a_page(tmp_path: Path) -> None:
    article = read(PAGE, tmp_path)
    assert article.reader.startswith("html/")
    assert article.language == "en"
    assert article.raw == PAGE.encode()
    assert "Home" not in article.text


def test_a_table_that_places_columns_is_no_table() -> None:
    sentences = [
        f"The council of Riga closed bridge {number} for two years, a spokesman of the city said on Tuesday."
        for number in range(6)
    ]
    page = (
        "<html><body><table><tr><td><a href='/'>Home</a><br><a href='/news'>News</a></td><td>"
        f"<font size=5>Bridges close</font><p>{'<p>'.join(sentences)}</td></tr></table></body></html>"
    )
    assert read_html(page).text.split("\n\n")[-6:] == sentences
    years = "".join(f"<tr><td>{year}</td><td>{year * 7} cars</td></tr>" for year in range(2001, 2031))
    listed = f"<html><body><article><p>{sentences[0]}</p><table>{years}</table></article></body></html>"
    assert "2001 | 14007 cars" in read_html(listed).text


def test_the_day_of_a_dateline_where_no_other_is_told() -> None:
    line = "RIGA, Latvia, June 3, 2026 (XYZ) - The council of the city met in the harbour, they said."
    page = f"<html><head>{{}}</head><body><article><p>{line}</p>{ARTICLE}</article></body></html>"
    assert read_html(page.format("")).published == "2026-06-03"
    stated = '<meta property="article:published_time" content="2026-06-04T08:00:00Z">'
    assert read_html(page.format(stated)).published == "2026-06-04T08:00:00+00:00"


@pytest.mark.parametrize(
    "stated", ["Fri, 22 Dec 2023 17:15:49 +99999999999999", "9999-12-31T23:00:00-05:00", "0000-00-00T00:00Z"]
)
def test_a_day_beyond_the_calendar_ends_nothing(tmp_path: Path, stated: str) -> None:
    head = f'<meta property="article:published_time" content="{stated}">'
    page = tmp_path / "page.html"
    page.write_text(PAGE.replace("</head>", f"{head}</head>"), encoding="utf-8")
    article = read_file(page)
    assert article.published is not None

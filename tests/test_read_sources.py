"""Sources of every kind: what is told of them, in which order, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest

from benchmarks import samples
from kb.cli import options
from kb.errors import ReadError, UsageError
from kb.model.values import Article
from kb.read import (
    FORMATS,
    Format,
    Found,
    Given,
    Pointer,
    parse_columns,
    parse_format,
    read_source,
    read_stream,
)
from kb.read.documents.fragment import paragraphs_of
from kb.read.sources.formats import told_format


def read(
    raw: bytes | str, name: str = "source", given: Given | None = None, charset: str | None = None
) -> list[Found]:
    content = raw.encode() if isinstance(raw, str) else raw
    return list(read_stream(io.BytesIO(content), name, given or Given(), charset=charset))


def articles(found: Sequence[Found]) -> list[Article]:
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def pointers(found: Sequence[Found]) -> list[Pointer]:
    assert all(isinstance(one, Pointer) for one in found), found
    return [one for one in found if isinstance(one, Pointer)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("page.html", "html"),
        ("text.txt", "text"),
        ("rss.xml", "feed"),
        ("atom.xml", "feed"),
        ("sitemap.xml", "sitemap"),
        ("index.xml.gz", "sitemap"),
        ("addresses.txt", "urls"),
        ("rows.jsonl", "jsonl"),
        ("rows.csv", "csv"),
        ("crawl.warc", "warc"),
        ("crawl.warc.gz", "warc"),
        ("paper.pdf", "pdf"),
        ("all.zip", "zip"),
    ],
)
def test_a_format_is_told_by_the_content(name: str, told: Format) -> None:
    raw = samples.samples()[name]
    head = gzip.decompress(raw) if name.endswith(".gz") else raw
    assert told_format(head, "any", {}) == told
    assert told_format(b"\xef\xbb\xbf" + head, "any", {}) == told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<!-- a --><!DOCTYPE rss [<!ELEMENT a ANY>]>\n<rss version='0.91'>", "feed"),
        ("<rdf:RDF xmlns:rdf='a'>", "feed"),
        ("<atom:feed xmlns:atom='a'>", "feed"),
        ("<?xml version='1.0'?><?xml-stylesheet href='a'?><!DOCTYPE html><html>", "html"),
        ("https://example.org/ is where it stood.\nNobody knows more.", "text"),
        ("https://example.org/1\nhttps://example.org/2\nnot one", "urls"),
        ("url;title\nhttps://example.org/1;A", "csv"),
        ("Body\tDate\nA bell rang.\t2026", "text"),
        ("note, text " * 9 + "\nare words.", "text"),
        ("{curly} words begin this.", "text"),
        ("", "text"),
    ],
)
def test_what_looks_like_something_else(content: str, told: Format) -> None:
    assert told_format(content.encode(), "any", {}) == told


def test_columns_that_the_user_names_tell_a_table() -> None:
    assert told_format(b"Body\tDate\nA bell rang.\t2026", "any", {"text": "body"}) == "csv"


@pytest.mark.parametrize(
    "content", ['[{"text": "a"}]', '{\n "text": "a"\n}', "<?xml version='1.0'?><newsml>a</newsml>"]
)
def test_kinds_that_are_not_read(content: str) -> None:
    with pytest.raises(ReadError, match=r"source is (JSON|XML)"):
        read(content)


def test_formats_are_listed_where_they_can_be_given() -> None:
    assert set(FORMATS) == set(get_args(Format))
    said = str(get_args(options.Format)[1].help)
    assert all(name in said for name in FORMATS)
    assert parse_format(None) is None
    assert parse_format(" CSV ") == "csv"
    with pytest.raises(UsageError, match="no format that kb reads: give one of text, html"):
        parse_format("docx")


def test_the_columns_of_a_table() -> None:
    assert parse_columns(["Text=Body, published=date", "url=u"]) == {
        "text": "Body",
        "published": "date",
        "url": "u",
    }
    for wrong in ("text", "text=", "=body", "words=body"):
        with pytest.raises(UsageError, match="names no column"):
            parse_columns([wrong])


def test_rss() -> None:
    bridge, ferry, notice = read(samples.RSS)
    assert isinstance(bridge, Pointer)
    assert (bridge.url, bridge.title) == ("https://example.org/2026/bridge", "Bridge & ferry")
    assert (bridge.published, bridge.authors) == ("2026-06-03T10:15:00+03:00", ("Ann Doe",))
    assert bridge.content is not None
    assert bridge.content.text == (
        "The bridge closes for two years, the city said.\n\n- The ferry takes 60 cars.\n\n"
        "Works cost 12 million euros, it added on Tuesday."
    )
    assert (bridge.content.url, bridge.content.reader) == (bridge.url, "feed/1")
    assert isinstance(ferry, Pointer)
    assert (ferry.url, ferry.published, ferry.authors) == ("https://example.org/2026/ferry", None, ())
    assert isinstance(notice, Article)
    assert (notice.text, notice.title, notice.url) == ("The town hall moved 300 files.", "Notice", None)


def test_atom_with_relative_addresses() -> None:
    bridge, ferry = pointers(read(samples.ATOM))
    assert (bridge.url, bridge.title) == ("https://example.org/feed/bridge.html", "Bridge closes")
    assert (bridge.published, bridge.modified) == ("2026-06-03T10:15:00+03:00", "2026-06-04T08:00:00+00:00")
    assert bridge.authors == ("Ann Doe", "Rui Roe")
    assert bridge.content is not None
    assert bridge.content.text == "About 40,000 cars cross the bridge every day.\n\n1996 | 11,200"
    assert (ferry.content, ferry.published, ferry.modified) == (None, None, "2026-06-05T00:00:00+00:00")


def test_the_address_of_a_feed_is_where_relative_ones_begin() -> None:
    raw = "<rss version='2.0'><channel><item><link>a/b</link></item></channel></rss>"
    given = Given(url="https://example.org/feeds/all.xml", publisher="The Example")
    (found,) = pointers(read(raw, given=given))
    assert (found.url, found.publisher) == ("https://example.org/feeds/a/b", "The Example")
    (lost,) = read(raw)
    assert isinstance(lost, ReadError)
    assert "neither the address of a page nor content" in str(lost)


@pytest.mark.parametrize(
    "raw",
    [
        "<rss version='2.0'><channel><item><title>A & B</title><link>https://example.org/a?b&c</link></item>",
        "\n\n<?xml version='1.0'?><rss version='2.0'><channel><item><link>https://example.org/a</link></item></rss>",
        "<feed><entry><link href=https://example.org/a></entry></feed>",
    ],
)
def test_ill_formed_feeds_are_read_as_far_as_they_can_be(raw: str) -> None:
    (found,) = pointers(read(raw))
    assert found.url.startswith("https://example.org/a")


def test_a_date_that_is_not_called_one_of_publication() -> None:
    item = "<item><link>https://example.org/a</link><dc:date>2026-06-03</dc:date></item>"
    (rss,) = pointers(
        read(
            f"<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{item}</channel></rss>"
        )
    )
    assert (rss.published, rss.modified) == ("2026-06-03", None)
    entry = "<entry><link href='https://example.org/a'/><updated>soon</updated></entry>"
    (atom,) = pointers(read(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>"))
    assert (atom.published, atom.modified) == (None, None)


def test_a_feed_in_another_encoding() -> None:
    raw = "<rss version='2.0'><channel><item><title>Café</title><link>https://example.org/a</link></item></channel></rss>"
    for encoding in ("latin-1", "utf-16"):
        (found,) = pointers(
            read(
                raw.encode(encoding),
                charset="iso-8859-1" if encoding == "latin-1" else None,
                given=Given(format="feed"),
            )
        )
        assert found.title == "Café"


@pytest.mark.parametrize(
    "raw", ["<rss version='2.0'><channel/></rss>", "<feed/>", "<urlset/>", "<sitemapindex>"]
)
def test_lists_without_an_entry(raw: str) -> None:
    with pytest.raises(ReadError, match=r"source is a (feed in which no entry|sitemap without an address)"):
        read(raw)


def test_a_feed_that_names_an_encoding_that_is_none() -> None:
    raw = b"<?xml version='1.0' encoding='ut\xa7'?>" + samples.RSS.partition("?>")[2].encode()
    assert len(read(raw)) == 3


def test_a_sitemap() -> None:
    bridge, ferry = pointers(read(samples.SITEMAP))
    assert (bridge.url, bridge.title) == ("https://example.org/2026/bridge", "Bridge & ferry")
    assert (bridge.published, bridge.modified) == ("2026-06-03T10:15:00+03:00", "2026-06-04")
    assert (bridge.publisher, bridge.target) == ("The Example", "page")
    assert (ferry.url, ferry.title, ferry.published) == ("https://example.org/2026/ferry", None, None)
    (index,) = pointers(read(gzip.compress(samples.INDEX.encode())))
    assert (index.url, index.target) == ("https://example.org/news.xml.gz", "sources")


def test_entries_of_a_sitemap_that_are_no_address() -> None:
    first, second, third = read(
        "<urlset><url><loc>javascript:a()</loc></url><url/><url><loc>https://[</loc></url></urlset>"
    )
    assert all(
        isinstance(one, ReadError) and "no address of a page" in str(one) for one in (first, second, third)
    )


def test_a_list_of_addresses() -> None:
    found = read(
        samples.ADDRESSES.encode("utf-8-sig") + b"\nftp://example.org/\n", given=Given(publisher="P")
    )
    assert [one.url for one in found if isinstance(one, Pointer)] == [
        "https://example.org/2026/bridge",
        "https://example.org/2026/ferry",
    ]
    assert "line 6: 'ftp://example.org/' is no address" in str(found[-1])


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_crawl(gzipped: bool) -> None:
    bridge, ferry, note = articles(read(samples.crawl(gzipped=gzipped)))
    assert (bridge.url, bridge.title) == ("https://example.org/bridge", "Bridge closes for two years")
    assert bridge.retrieved_at == dt.datetime(2026, 6, 5, 12, tzinfo=dt.UTC)
    assert gzip.decompress(bridge.raw) == samples.page()
    assert (ferry.url, ferry.title) == ("https://example.org/ferry", "Ferry sails again")
    assert (note.url, note.text) == ("https://example.org/note.txt", "Café: 60 cars came.")
    assert "record 2 (https://example.org/bridge)" in bridge.source


def test_a_crawl_gzipped_as_a_whole() -> None:
    assert len(read(gzip.compress(samples.crawl(gzipped=False)))) == 3


def test_what_is_wrong_with_a_crawl() -> None:
    raw = samples.crawl(gzipped=False)
    third = raw.index(b"WARC/1.0", raw.index(b"example.org/bridge"))
    with pytest.raises(ReadError, match="record 3: it is damaged: it has no WARC header"):
        read(raw[:third] + b"Nothing\r\n\r\n" + raw[third:])
    with pytest.raises(ReadError, match="ends within the record"):
        read(raw[: third - 9])
    with pytest.raises(ReadError, match="does not say how long the record is"):
        read(raw[:third].replace(b"Content-Length: ", b"Content-Length: -"))
    with pytest.raises(ReadError, match="damaged gzip"):
        read(samples.crawl(gzipped=True)[:-40])
    with pytest.raises(ReadError, match="holds no page: of 1 records"):
        read(raw[: raw.index(b"WARC/1.0", 9)])
    brotli = raw.replace(b"Content-Encoding: gzip", b"Content-Encoding: brot")
    first, *_ = read(brotli)
    assert isinstance(first, ReadError)
    assert "packed by 'brot'" in str(first)


def test_rows_of_json() -> None:
    page, quote, note, pointer = read(samples.JSON_LINES)
    assert isinstance(page, Article)
    assert (page.text, page.url, page.published) == (
        "About 40,000 cars cross it.",
        "https://example.org/1",
        "2026-06-03",
    )
    assert isinstance(quote, Article)
    assert (quote.kind, quote.url, quote.cites_url) == ("quote", None, "https://example.org/2")
    assert isinstance(note, Article)
    assert isinstance(pointer, Pointer)
    assert (pointer.url, pointer.source) == ("https://example.org/3", "source, row 4")


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "cp1250")]
)
def test_tables_as_programs_write_them(delimiter: str, encoding: str) -> None:
    header, row = (
        ("Body", "Headline", "When", "extra"),
        ('"Vodă: ""60"" cars,\r\nthey say"', "Ferry", "3 June 2026", "x"),
    )
    raw = "\r\n".join((delimiter.join(header), delimiter.join(row), "")).encode(encoding)
    columns = {"text": "BODY", "title": "headline", "published": "When"}
    (article,) = articles(read(raw, given=Given(columns=columns, publisher="The Example")))
    assert (article.title, article.published, article.publisher) == ("Ferry", "2026-06-03", "The Example")
    assert article.text.replace("\r", "") == 'Vodă: "60" cars,\nthey say'


def test_markup_in_a_cell_is_read_as_markup() -> None:
    (article,) = articles(read(json.dumps({"text": "<p>One bell.</p><ul><li>Two lamps</li></ul>"})))
    assert article.text == "One bell.\n\n- Two lamps"
    (quote,) = articles(read(json.dumps({"quote": "<p> is a tag"})))
    assert quote.text == "<p> is a tag"


def test_tables_that_cannot_be_read() -> None:
    with pytest.raises(ReadError, match=r"no column 'corpus': .*\(text, url\).*--map"):
        read("text,url\na,b\n", given=Given(columns={"text": "corpus"}))
    with pytest.raises(ReadError, match="no column text, quote or note"):
        read("price,name\n1,2\n", "prices.csv")
    first, second = read('{"text": "' + "a" * 300 + '"}\n{"text": "b"}\n', given=Given(max_text=20))
    assert isinstance(first, ReadError)
    assert "row 1: is longer than" in str(first)
    assert isinstance(second, Article)
    (large,) = read('{"text": "' + "a" * 30 + '"}\n', given=Given(max_text=20))
    assert "more than the" in str(large)
    (endless,) = read('{"note": ' + "9" * 5_000 + "}\n", "a.jsonl")
    assert isinstance(endless, ReadError)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("url,published,quote\nhttps://example.org/1,2026-03-03,\n", "its quote is empty"),
        ("url,published,note\nhttps://example.org/1,2026-03-03,  \n", "its note is empty"),
        ('{"url": "https://example.org/1", "quote": null}', "its quote is empty"),
        ("url,quote\nhttps://example.org/1,At least 12, it said, came.\n", "it has 4 cells, its first line"),
    ],
)
def test_a_row_without_its_whole_quote_is_neither_cut_nor_a_page(table: str, reason: str) -> None:
    (error,) = read(table)
    assert isinstance(error, ReadError)
    assert reason in str(error)


def test_a_quote_that_is_never_closed_is_told() -> None:
    found = read('url,note\n,Four bells.\n,"' + "word\n" * 40_000, given=Given(max_text=10_000))
    assert [type(one) for one in found] == [Article, ReadError]
    assert "what follows is not read" in str(found[1])


def test_an_archive_of_everything() -> None:
    whole = samples.samples()
    del whole["paper.pdf"], whole["all.zip"]
    hidden = {
        ".git/a.txt": b"One bell rang.",
        "__MACOSX/a.txt": b"x",
        "README.md": b"It is here.",
        "empty.txt": b"",
    }
    raw = samples.archive(
        {**whole, "../../deep/a.txt": b"Nine bells rang in Riga.", **hidden, "in.zip": samples.archive(whole)}
    )
    found = read(raw, "all.zip")
    wrong = [str(one) for one in found if isinstance(one, ReadError)]
    assert wrong == ["all.zip/empty.txt is empty: there is nothing to read in it"]
    alone = [one for name, content in whole.items() for one in read(content, name)]
    assert len(found) == 1 + 2 * len(alone) + 1
    assert any(isinstance(one, Article) and one.source == "all.zip/../../deep/a.txt" for one in found)


def test_archives_that_cannot_be_read() -> None:
    raw = samples.archive({"a.txt": b"Nine bells rang in Riga. " * 100})
    for broken in (raw[:-30], raw[:40], b"PK\x05\x06" + bytes(10)):
        with pytest.raises(ReadError, match="damaged ZIP archive"):
            read(broken)
    (damaged,) = read(raw[:40] + b"\xff" * 9 + raw[49:])
    assert isinstance(damaged, ReadError)
    assert "source/a.txt is damaged" in str(damaged)
    with pytest.raises(ReadError, match="office program"):
        read(samples.archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}))
    with pytest.raises(UsageError, match="more than one article"):
        read(raw, given=Given(title="Bells"))


def test_a_pdf(tmp_path: Path) -> None:
    first = ["The Example Institute", "Bridge closes for two years", "By Ann Doe", "3 June 2026"]
    first += [
        samples.SENTENCES[0] + " Some lar-",
        "ger ones go by ferry.",
        "It has two decks:",
        "- the upper",
        "- the lower",
        "1",
    ]
    last = ["The Example Institute", "They close early.", "Nothing changes for the fishers.", "3"]
    about = "/Title (Bridge closes for two years) /Author (Ann Doe) /CreationDate (D:20260603101500Z)"
    raw = samples.pdf([first, ["The Example Institute", samples.SENTENCES[1], "2"], last], about)
    (article,) = articles(read(raw, "paper.pdf"))
    assert (article.title, article.published) == ("Bridge closes for two years", "2026-06-03")
    assert (article.authors, article.reader) == (("Ann Doe",), "pdf/2")
    assert article.raw == raw
    assert article.text.split("\n\n") == [
        samples.SENTENCES[0] + " Some larger ones go by ferry.",
        "It has two decks:",
        "- the upper",
        "- the lower",
        samples.SENTENCES[1] + " They close early.",
        "Nothing changes for the fishers.",
    ]


def test_what_only_the_metadata_of_a_pdf_says_is_not_believed() -> None:
    about = "/Title (Microsoft Word - draft2.doc) /Author (user) /CreationDate (D:20260603101500Z)"
    (article,) = articles(read(samples.pdf([samples.SENTENCES], about)))
    assert (article.title, article.published, article.authors) == (None, None, ())


def test_pdfs_that_cannot_be_read() -> None:
    for raw, told in (
        (b"%PDF-1.7\n1 0 obj", "damaged PDF"),
        (samples.pdf([[]]), "no text layer"),
        (samples.pdf([["A bell rang."]]).replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"), "damaged PDF"),
    ):
        with pytest.raises(ReadError, match=f"source .*{told}"):
            read(raw)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(samples.page())

    monkeypatch.setattr(sys, "stdin", Piped)
    (article,) = articles(list(read_source(Path("-"), Given(url="https://example.org/a"))))
    assert (article.url, article.source) == ("https://example.org/a", "standard input")


def test_a_format_that_is_said_overrules() -> None:
    (article,) = articles(
        read(samples.ADDRESSES + "\nNine bells rang in Riga on Monday, they say.", given=Given(format="text"))
    )
    assert "Nine bells" in article.text
    with pytest.raises(ReadError, match="no entry can be found"):
        read(samples.TEXT, given=Given(format="feed"))


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("One &amp; two", ["One & two"]),
        ("a<br><br>b<p>c <b>d</b>e</p>f", ["a", "b", "c de", "f"]),
        (
            "<ul><li><p>one</p><p>more</p></li><li>two<ol><li>three</li></ol></li></ul>",
            ["- one", "more", "- two", "- three"],
        ),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", ["a | b", "1 | 2"]),
        (
            "a<script>b()</script><style>c</style><figure><figcaption>d</figcaption></figure><!-- e -->f",
            ["a", "f"],
        ),
        ("", []),
        ("<br>", []),
    ],
)
def test_paragraphs_of_a_fragment(markup: str, paragraphs: list[str]) -> None:
    assert paragraphs_of(markup, "a") == paragraphs


@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.csv", "a.zip", "a.warc", "a.xml", "map.xml", "urls.txt", "in.zip"]
)
def test_how_much_was_read_is_told(name: str) -> None:
    words = [f"{number} bells rang in Riga, {'and nobody came, ' * 2_000}." for number in range(20)]
    lines = "".join(json.dumps({"text": one}) + "\n" for one in words).encode()
    texts = {f"{number}.txt": one.encode() for number, one in enumerate(words)}
    entries = "".join(f"<item><link>https://example.org/{number}</link></item>" for number in range(20))
    sources = {
        "a.jsonl": lines,
        "a.csv": ("text\n" + "".join(f'"{one}"\n' for one in words)).encode(),
        "a.zip": samples.archive(texts),
        "a.warc": samples.crawl(gzipped=False),
        "a.xml": f"<rss><channel>{entries}</channel></rss>".encode(),
        "map.xml": samples.SITEMAP.encode(),
        "urls.txt": "".join(f"https://example.org/{number}\n" for number in range(20)).encode(),
        "in.zip": samples.archive({"a.jsonl": lines, "b.zip": samples.archive(texts)}),
    }
    raw = sources[name]
    told: list[float] = []
    given = Given(progress=told.append)
    parts = [told[-1] for _ in read_stream(io.BytesIO(raw), name, given, size=len(raw))]
    assert parts == sorted(parts)
    assert len(set(parts)) == len(parts)
    assert 0.8 < parts[-1] <= 1


def test_the_bytes_of_each_part_are_kept_as_they_came() -> None:
    feed = (
        '<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><!-- <item> -->\n'
        "<item ><title>Café</title><description>Forty cafés closed in Riga.</description></item>\n"
        "<item><title>Bells</title><description><![CDATA[Nine <item> bells rang in the town.]]>"
        "</description></item></channel></rss>"
    ).encode("latin-1")
    first, bells = (article for article in read(feed, "feed.xml") if isinstance(article, Article))
    assert first.text == "Forty cafés closed in Riga."
    assert first.raw.startswith(b"<item ><title>Caf\xe9")
    assert first.raw.endswith(b"</item>")
    assert bells.raw.startswith(b"<item><title>Bells")
    assert all(one.raw in feed for one in (first, bells))
    lines = b'{"text":  "Forty caf\xe9s closed.", "x": 1}\r\n\n{"note": "Nine."}'
    assert [one.raw for one in read(lines, "a.jsonl") if isinstance(one, Article)] == [
        b'{"text":  "Forty caf\xe9s closed.", "x": 1}\r\n',
        b'{"note": "Nine."}',
    ]
    rows = b'title;text\nA;"Forty caf\xe9s\nclosed."\nB;Nine bells rang.\n'
    assert [one.raw for one in read(rows, "a.csv") if isinstance(one, Article)] == [
        b'A;"Forty caf\xe9s\nclosed."\n',
        b"B;Nine bells rang.\n",
    ]

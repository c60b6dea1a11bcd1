"""Sources of every kind that kb reads, made here: for tests, fuzzing and measuring."""

from __future__ import annotations

import gzip
import io
import quopri
import zipfile
from collections.abc import Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SENTENCES = (
    "The council of Riga voted on Tuesday to close the old bridge over the river for two years, they said.",
    "About 40,000 cars cross it every day, and the works will cost 12 million euros, according to the city.",
    "Drivers will have to use the ferry or make a detour of nine kilometres through the harbour district.",
    "The bridge of 1872 was last repaired in 1996, when a barge had torn away one of its seven piers.",
)
TEXT = "Bridge closes for two years\n\nBy Ann Doe\n\nJune 3, 2026\n\n" + "\n\n".join(SENTENCES) + "\n"


def page(title: str = "Bridge closes for two years", sentences: Sequence[str] = SENTENCES) -> bytes:
    """A page of HTML with everything that a page says of itself."""
    body = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Example</title>
<meta property="og:site_name" content="The Example"><meta property="og:title" content="{title}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{title}",
"datePublished": "2026-06-03T10:15:00+03:00", "author": [{{"@type": "Person", "name": "Ann Doe"}}]}}</script>
</head><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>{title}</h1>{body}
<ul><li>The ferry leaves every 20 minutes.</li><li>It takes 60 cars.</li></ul>
<table><tr><th>Year</th><th>Cars a day</th></tr><tr><td>1996</td><td>11,200</td></tr></table>
</article></body></html>""".encode()


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Example</title><link>https://example.org/</link>
<item><title>Bridge &amp; ferry</title><link>/2026/bridge</link><dc:creator>Ann Doe</dc:creator>
<pubDate>Wed, 03 Jun 2026 10:15:00 +0300</pubDate><description>About 40,000 cars cross it.</description>
<content:encoded><![CDATA[<p>The bridge closes for <b>two</b> years, the city said.</p>
<ul><li>The ferry takes 60 cars.</li></ul><p>Works cost 12 million euros, it added on Tuesday.</p>
<p>The post <a href="/2026/bridge">Bridge</a> appeared first on The Example.</p>]]></content:encoded></item>
<item><title>Ferry</title><guid isPermaLink="true">https://example.org/2026/ferry</guid>
<description>The ferry leaves every 20 minutes.</description></item>
<item><title>Notice</title><description>&lt;p&gt;The town hall moved 300 files.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/feed/">
<title>The Example</title><updated>2026-06-04T00:00:00Z</updated>
<entry><title type="html">Bridge &lt;b&gt;closes&lt;/b&gt;</title><link href="bridge.html"/>
<published>2026-06-03T10:15:00+03:00</published><updated>2026-06-04T08:00:00Z</updated>
<author><name>Ann Doe</name></author><author><name>Rui Roe</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>About 40,000 cars cross the bridge every
day.</p><table><tr><td>1996</td><td>11,200</td></tr></table></div></content></entry>
<entry><title>Ferry</title><link href="ferry.html"/><updated>2026-06-05T00:00:00Z</updated></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://example.org/2026/bridge</loc><lastmod>2026-06-04</lastmod>
<news:news><news:publication>
<news:name>The Example</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-06-03T10:15:00+03:00</news:publication_date>
<news:title>Bridge &amp; ferry</news:title>
</news:news></url><url><loc> https://example.org/2026/ferry </loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://example.org/news.xml.gz</loc><lastmod>2026-06-04</lastmod></sitemap></sitemapindex>"""
ADDRESSES = "# pages\nhttps://example.org/2026/bridge\n\nhttps://example.org/2026/ferry\n"
JSON_LINES = (
    '{"text": "About 40,000 cars cross it.", "url": "https://example.org/1", "published": "2026-06-03"}\n'
    '{"quote": "Works cost 12 million euros.", "url": "https://example.org/2", "authors": ["Ann Doe"]}\n'
    '{"note": "The ferry takes 60 cars."}\n{"url": "https://example.org/3"}\n'
)
CSV = (
    "url,title,text,published\n"
    'https://example.org/1,Bridge,"The bridge closes, they say.\nAbout 40,000 cars cross it.",2026-06-03\n'
    "https://example.org/2,Ferry,,\n"
)


def crawl(*, gzipped: bool) -> bytes:
    """A WARC: a page packed by gzip, one in chunks, a picture, a revisit, an error, a text, robots.txt."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=gzipped)
    writer.write_record(writer.create_warcinfo_record("crawl.warc", {"software": "made here"}))
    html, chunks = page(), page("Ferry sails again", SENTENCES[1:])
    chunked = b"%x;a=b\r\n%b\r\n0\r\n\r\n" % (len(chunks), chunks)
    for url, status, headers, content in (
        ("bridge", "200 OK", {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(html)),
        ("ferry", "200 OK", {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}, chunked),
        ("ferry.png", "200 OK", {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
        ("gone", "404 Not Found", {"Content-Type": "text/html"}, html),
        (
            "note.txt",
            "200 OK",
            {"Content-Type": "text/plain; charset=iso-8859-1"},
            "Café: 60 cars came.".encode("latin-1"),
        ),
        ("robots.txt", "200 OK", {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private\n"),
    ):
        http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://example.org/{url}",
            "response",
            payload=io.BytesIO(content),
            length=len(content),
            http_headers=http,
            warc_headers_dict={"WARC-Date": "2026-06-05T12:00:00Z"},
        )
        writer.write_record(record)
    writer.write_record(
        writer.create_revisit_record(
            "https://example.org/bridge", "sha1:2", "https://example.org/bridge", "2026-06-05T12:00:00Z"
        )
    )
    return file.getvalue()


def pdf(pages: Sequence[Sequence[str]], about: str = "") -> bytes:
    """A PDF with these lines on its pages, Latin-1; `about` is what its metadata dictionary holds."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    objects.append(f"<< {about} >>")
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        content = f"BT /F1 11 Tf 14 TL 60 780 Td {shown} ET"
        objects.append(f"<< /Length {len(content)} >> stream\n{content}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        places.append(f"{len(out):010} 00000 n \n")
        out += f"{number} 0 obj\n{value}\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{''.join(places)}"
    trailer = (
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return (out + table + trailer).encode("latin-1")


def archive(members: dict[str, bytes]) -> bytes:
    """A ZIP of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return file.getvalue()


def saved(url: str = "https://example.org/2026/bridge") -> bytes:
    """A page as browsers save it in one file: the page and a style, each packed in its own way."""
    message = MIMEMultipart("related", boundary="--Boundary--1")
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = url
    message["Subject"] = "Bridge closes for two years"
    message["Date"] = "Wed, 3 Jun 2026 10:15:00 -0000"
    whole = MIMENonMultipart("text", "html", charset="utf-8")
    whole["Content-Location"] = url
    whole["Content-Transfer-Encoding"] = "quoted-printable"
    whole.set_payload(quopri.encodestring(page()).decode("ascii"))
    message.attach(whole)
    message.attach(MIMEText("p {color: black}", "css", "utf-8"))
    return message.as_bytes()


def samples() -> dict[str, bytes]:
    """A source of each kind, by a file's name."""
    found = {
        "page.html": page(),
        "page.mhtml": saved(),
        "text.txt": TEXT.encode(),
        "rss.xml": RSS.encode(),
        "atom.xml": ATOM.encode(),
        "sitemap.xml": SITEMAP.encode(),
        "index.xml.gz": gzip.compress(INDEX.encode(), mtime=0),
        "addresses.txt": ADDRESSES.encode(),
        "rows.jsonl": JSON_LINES.encode(),
        "rows.csv": CSV.encode(),
        "crawl.warc": crawl(gzipped=False),
        "crawl.warc.gz": crawl(gzipped=True),
        "paper.pdf": pdf(
            [["Bridge closes for two years", *SENTENCES]], "/Title (Bridge closes for two years)"
        ),
    }
    return {
        **found,
        "all.zip": archive({name: found[name] for name in ("page.html", "rss.xml", "crawl.warc.gz")}),
    }

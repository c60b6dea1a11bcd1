"""Pages saved in one file, mails, and crawls that are packed with lists of their pages."""

from __future__ import annotations

import io
import json

import pytest

from benchmarks import samples
from kb.errors import ReadError
from kb.model.values import Article
from kb.read import Given, read_stream
from kb.read.sources.again import read_again
from kb.read.sources.source import Found

NESTED = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b0\n\n" + b"".join(
    b"--b%d\nContent-Type: multipart/related; boundary=b%d\n\n" % (i, i + 1) for i in range(2_000)
)
MAIL = (
    "From: ann@example.org\nTo: rui@example.org\nSubject: The bridge closes\n"
    "Date: Wed, 03 Jun 2026 10:15:00 +0300\n{}\n" + "\n\n".join(samples.SENTENCES) + "\n"
)


def read(raw: bytes, name: str = "page.mhtml", given: Given | None = None) -> list[Found]:
    return list(read_stream(io.BytesIO(raw), name, given or Given()))


def test_a_saved_page_is_read_as_the_page_is() -> None:
    raw = samples.saved()
    (page,) = read(samples.page(), "page.html")
    (found,) = read(raw)
    assert isinstance(page, Article)
    assert isinstance(found, Article)
    assert (found.text, found.title, found.published, found.authors) == (
        *(page.text, page.title, page.published, page.authors),
    )
    assert (found.url, found.reader, found.raw) == ("https://example.org/2026/bridge", "mhtml/1", raw)
    again = read_again(found, raw)
    assert (again.text, again.url, again.reader) == (found.text, found.url, found.reader)


def test_what_the_user_says_goes_before_what_it_was_saved_from() -> None:
    (found,) = read(samples.saved(), given=Given(url="https://example.org/other"))
    assert isinstance(found, Article)
    assert found.url == "https://example.org/other"
    (found,) = read(samples.saved("file:///home/ann/page.html"))
    assert isinstance(found, Article)
    assert found.url is None


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (NESTED, "damaged MHTML"),
        (samples.saved()[:500], "holds no"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", "no page"),
        (MAIL.format("MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n").encode(), "is a mail"),
        (b"From ann@example.org Wed Jun  3 10:15:00 2026\n" + MAIL.format("").encode(), "is a mail"),
        (rb"{\rtf1\ansi The bridge closes for two years, the city said.}", "RTF"),
    ],
)
def test_what_holds_no_page_is_told(raw: bytes, told: str) -> None:
    with pytest.raises(ReadError, match=told):
        read(raw)


def test_a_mail_in_plain_words_is_a_text() -> None:
    (found,) = read(MAIL.format("").encode(), "mail.txt")
    assert isinstance(found, Article)
    assert found.reader.startswith("text/")
    assert samples.SENTENCES[0] in found.text


def test_of_a_packed_crawl_the_records_alone_are_read() -> None:
    pages = json.dumps({"url": "https://example.org/2026/bridge", "text": "Home. Bridge. Ferry. Contact."})
    packed = samples.archive(
        {
            "archive/data.warc.gz": samples.crawl(gzipped=True),
            "pages/pages.jsonl": (json.dumps({"format": "json-pages-1.0"}) + "\n" + pages).encode(),
            "datapackage.json": b"{}",
        }
    )
    alone = [one for one in read(samples.crawl(gzipped=True), "data.warc.gz") if isinstance(one, Article)]
    found = read(packed, "crawl.wacz")
    assert [one.text for one in found if isinstance(one, Article)] == [one.text for one in alone]
    assert not [one for one in found if "pages.jsonl" in str(one)]

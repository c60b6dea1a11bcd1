"""Fetching from a site on this machine that behaves well, badly, and as an enemy."""

from __future__ import annotations

import dataclasses
import gzip
import itertools
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from email.utils import formatdate
from pathlib import Path
from random import Random
from time import sleep, time

import pytest
from warcio.archiveiterator import ArchiveIterator

from kb.errors import FetchError, UsageError
from kb.fetch import Fetcher, Settings, Validators, forget, require_page
from tests.site import Reached, Site, Visit, closed_port, missing, running_site

PUBLIC = "93.184.215.14"  # an address of the public internet: nothing is sent there
QUICK = Settings(
    delay=0,
    timeout=5,
    deadline=5,
    retries=2,
    backoff=0,
    use_cache=False,
    allow_private=True,
    max_bytes=50_000,
)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@contextmanager
def fetching(site: Site | None = None, *answers: str, **changed: object) -> Iterator[Fetcher]:
    """A client that waits for nothing; with a site, that stands at PUBLIC; `answers` is where names lead."""
    settings = dataclasses.replace(QUICK, **changed)  # type: ignore[arg-type]
    leads = itertools.cycle(answers or (PUBLIC,))

    def resolve(host: str, port: int) -> Sequence[str]:
        return (host,) if host[0].isdigit() else next(leads).split()

    if site is None:
        with Fetcher(settings, sleep=lambda _: None) as fetcher:
            yield fetcher
    else:
        reached = Reached(PUBLIC, site)
        with Fetcher(settings, resolve=resolve, connections=reached, sleep=lambda _: None) as fetcher:
            yield fetcher


def refused(url: str, site: Site | None = None, *answers: str, **changed: object) -> str:
    """Why a URL is not had."""
    with fetching(site, *answers, **changed) as fetcher, pytest.raises(FetchError) as error:
        require_page(fetcher.get(url))
    return str(error.value)


def test_a_page_comes_with_what_the_server_says_of_it(site: Site) -> None:
    url = site.page(
        "/a", "<p>Nine wells were dug.</p>", etag='"7"', last_modified="Tue, 02 Jun 2026 10:00:00 GMT"
    )
    with fetching() as fetcher:
        page = require_page(fetcher.get(f"{url}#later"))
    assert (page.url, page.final_url, page.status, page.moved_to) == (url, url, 200, None)
    assert page.content == b"<p>Nine wells were dug.</p>"
    assert (page.header("ETag"), page.charset) == ('"7"', "utf-8")
    assert abs(page.retrieved_at.timestamp() - time()) < 60
    assert page.sha256 is not None


def test_who_asks_is_told_with_the_contact_that_the_user_sets(site: Site) -> None:
    url = site.page("/a", "x")
    with fetching(contact="desk@example.org") as fetcher:
        fetcher.get(url)
    with fetching() as fetcher:
        fetcher.get(url)
    agents = [headers["user-agent"] for headers in site.asked("/a")]
    assert agents[0].startswith("kb/")
    assert "desk@example.org" in agents[0]
    assert "no contact was set" in agents[1]
    with pytest.raises(UsageError, match="contact"):
        Settings(contact="a\r\nHost: elsewhere")


def test_redirects_are_followed_and_the_permanent_ones_told(site: Site) -> None:
    end = site.page("/end", "x")
    site.redirect("/moved", "/end", 301)
    site.redirect("/far", "/moved", 308)
    site.redirect("/for-now", "/moved", 302)
    with fetching() as fetcher:
        assert fetcher.get(f"{site.url}/far").moved_to == end
        for_now = fetcher.get(f"{site.url}/for-now")
    assert (for_now.final_url, for_now.moved_to) == (end, None)


def test_redirects_end(site: Site) -> None:
    site.redirect("/one", "/two")
    site.redirect("/two", "/one")
    assert "more than 4 redirects" in refused(f"{site.url}/one", redirects=4)
    assert len(site.asked("/one")) + len(site.asked("/two")) == 5


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("file:///etc/hosts", "only http and https"),
        ("ftp://example.org/a", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("http://user:secret@example.org/", "user name or password"),
        ("http://[broken/", "no address"),
        ("http://example.org:99999/", "no address"),
    ],
)
def test_a_redirect_leads_to_pages_alone(site: Site, target: str, why: str) -> None:
    assert why in refused(site.redirect("/a", target))


def test_a_public_page_cannot_lead_into_the_own_network(site: Site) -> None:
    site.page("/secret", "the printer's password")
    site.redirect("/a", f"http://127.0.0.1:{site.server_port}/secret")
    assert "127.0.0.1 is a loopback address" in refused("http://public.test/a", site, allow_private=False)
    assert site.asked("/a")
    assert not site.asked("/secret")


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1",),
        (f"{PUBLIC} 10.0.0.7",),  # one of several
        ("::ffff:192.168.1.1",),
        ("fe80::1%eth0",),
        ("not an address",),
    ],
)
def test_a_name_of_a_private_address_is_not_asked(site: Site, answers: tuple[str, ...]) -> None:
    site.page("/a", "x")
    assert "is not asked" in refused("http://public.test/a", site, *answers, allow_private=False)
    assert not site.visits


def test_a_name_that_changes_its_address_is_looked_at_each_time(site: Site) -> None:
    """DNS rebinding: the first answer is public, the next one is not."""
    site.answers["/robots.txt"] = lambda visit: visit.send(b"", headers={"Connection": "close"})
    site.page("/a", "x")
    assert "loopback" in refused("http://public.test/a", site, PUBLIC, "127.0.0.1", allow_private=False)
    assert not site.asked("/a")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "0x7f.1",
        "2130706433",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:7f00:1]",
        "localhost",
    ],
)
def test_this_machine_is_not_asked_under_any_notation(host: str) -> None:
    with (
        Fetcher(dataclasses.replace(QUICK, allow_private=False)) as fetcher,
        pytest.raises(FetchError) as error,
    ):
        fetcher.get(f"http://{host}:{closed_port()}/")
    assert "is not asked" in str(error.value)
    assert "--allow-private" in str(error.value)


def test_what_robots_txt_forbids_is_not_asked(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /private\n\nUser-agent: kb\nDisallow: /desk\n")
    site.page("/desk/a", "x")
    site.page("/private/a", "x")
    assert "robots.txt forbids" in refused(f"{site.url}/desk/a")
    with fetching() as fetcher:
        assert fetcher.get(f"{site.url}/private/a").status == 200  # its own rules go before those of all
    assert not site.asked("/desk/a")


def test_a_robots_txt_that_cannot_be_had_forbids_for_now(site: Site) -> None:
    url = site.page("/a", "x")
    site.page("/robots.txt", "", status=503)
    assert "nobody can tell what it allows" in refused(url)
    site.page("/robots.txt", "", status=403)
    with fetching() as fetcher:
        assert fetcher.get(url).status == 200


def test_robots_txt_is_asked_for_once_and_may_ask_for_more_time(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    waits: list[float] = []
    with Fetcher(QUICK, sleep=waits.append) as fetcher:
        for path in ("/a", "/b", "/c"):
            fetcher.get(site.page(path, "x"))
    assert len(site.asked("/robots.txt")) == 1
    assert len(waits) >= 2
    assert all(6 < wait <= 14 for wait in waits)


def test_requests_to_one_host_keep_their_distance(site: Site) -> None:
    waits: list[float] = []
    settings = dataclasses.replace(QUICK, delay=3, retries=0)
    with (
        running_site() as other,
        Fetcher(settings, resolve=lambda host, _: [host], sleep=waits.append) as fetcher,
    ):
        fetcher.get(site.page("/a", "x"))
        assert len(waits) == 1  # robots.txt came just before
        other_url = other.page("/a", "x").replace("127.0.0.1", "127.0.0.2")
        with pytest.raises(FetchError):
            fetcher.get(other_url)  # nobody listens there: the host is another one all the same
        fetcher.get(site.page("/b", "x"))
    assert len([wait for wait in waits if wait > 0]) == 2
    assert max(waits) <= 3


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_that_fails_twice_is_asked_a_third_time(site: Site, status: int) -> None:
    answers = iter([status, status, 200])
    site.answers["/a"] = lambda visit: visit.send(b"there", next(answers))
    with fetching() as fetcher:
        assert require_page(fetcher.get(f"{site.url}/a")).content == b"there"
    assert len(site.asked("/a")) == 3


def test_a_server_that_keeps_failing_is_left_alone(site: Site) -> None:
    assert "server fails (500" in refused(site.page("/a", "", status=500))
    assert len(site.asked("/a")) == 3


@pytest.mark.parametrize("as_date", [False, True])
def test_who_asks_to_come_back_later_is_heeded(site: Site, as_date: bool) -> None:
    answers = iter([429, 200])
    later = formatdate(time() + 50, usegmt=True) if as_date else "50"
    site.answers["/a"] = lambda visit: visit.send(b"there", next(answers), {"Retry-After": later})
    waits: list[float] = []
    with Fetcher(QUICK, sleep=waits.append) as fetcher:
        assert fetcher.get(f"{site.url}/a").content == b"there"
    assert 1 <= max(waits) <= 50


def test_who_asks_for_too_long_is_told_to_the_user(site: Site) -> None:
    url = site.page("/a", "", status=429, retry_after="86400")
    assert "try again after 86400" in refused(url)
    assert len(site.asked("/a")) == 1


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (404, "is not there (404 Not Found)"),
        (410, "410 Gone"),
        (403, "is refused"),
        (418, "no page"),
        (799, "799"),
    ],
)
def test_an_answer_that_is_no_page_is_told_and_kept(site: Site, status: int, why: str) -> None:
    url = site.page("/a", "no", status=status)
    assert why in refused(url)
    with fetching() as fetcher:
        assert fetcher.get(url).status == status


def test_nobody_there() -> None:
    url = f"http://127.0.0.1:{closed_port()}/a"
    assert "cannot be reached (Connection refused)" in refused(url)
    assert "there is no host nowhere.invalid" in refused("http://nowhere.invalid/a")


def drip(visit: Visit) -> None:
    """A byte, and then another."""
    visit.begin({"Content-Length": "5000"})
    for _ in range(500):
        visit.wfile.write(b"x")
        sleep(0.02)


def drip_head(visit: Visit) -> None:
    """The same before the answer has begun."""
    visit.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(500):
        visit.wfile.write(f"X-{number}: y\r\n".encode())
        sleep(0.02)


@pytest.mark.parametrize("slow", [drip, drip_head])
def test_a_dripping_server_is_left_at_the_deadline(site: Site, slow: Callable[[Visit], None]) -> None:
    site.answers["/a"] = slow
    assert "takes longer than 0.3 s as a whole" in refused(f"{site.url}/a", deadline=0.3)
    assert len(site.asked("/a")) == 1  # it would not be faster the next time


def test_a_silent_server_is_asked_again_and_left(site: Site) -> None:
    site.answers["/a"] = lambda _: sleep(1)
    assert "sends nothing for 0.1 s" in refused(f"{site.url}/a", timeout=0.1, retries=1)
    assert len(site.asked("/a")) == 2


def endless(visit: Visit) -> None:
    """Ten gigabytes, as far as anybody takes them."""
    visit.begin({"Content-Type": "text/html"})
    for _ in range(10_000):
        visit.wfile.write(b"x" * 1_000_000)


def test_ten_gigabytes_are_cut_at_the_limit(site: Site) -> None:
    site.answers["/a"] = endless
    assert "is larger than 0.05 MB" in refused(f"{site.url}/a")


def test_what_announces_that_it_is_too_large_is_not_read(site: Site) -> None:
    site.answers["/a"] = lambda visit: visit.begin({"Content-Length": "10000000000"})
    assert "is larger than 0.05 MB" in refused(f"{site.url}/a")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "x-gzip"])
def test_packed_pages_are_unpacked(site: Site, coding: str) -> None:
    packed = (
        zlib.compress(b"water " * 100) if coding == "deflate" else gzip.compress(b"water " * 100, mtime=0)
    )
    with fetching() as fetcher:
        page = fetcher.get(site.page("/a", packed, content_encoding=coding))
    assert page.content == b"water " * 100


def test_a_bomb_does_not_go_off(site: Site) -> None:
    bomb = gzip.compress(bytes(10_000_000), 9)
    assert len(bomb) < 50_000
    assert "is larger than 0.05 MB" in refused(site.page("/a", bomb, content_encoding="gzip"))
    assert "is larger than 0.05 MB" in refused(
        site.page("/b", zlib.compress(bytes(10**7)), content_encoding="deflate")
    )
    members = gzip.compress(bytes(40_000)) * 3
    assert "is larger than 0.05 MB" in refused(site.page("/c", members, content_encoding="gzip"))


@pytest.mark.parametrize(
    ("body", "coding", "why"),
    [
        (b"<p>plain</p>", "gzip", "says that it is gzip and is not"),
        (gzip.compress(b"cut short" * 50, mtime=0)[:-20], "gzip", "is damaged"),
        (b"<p>plain</p>", "deflate", "says that it is deflate and is not"),
        (b"\x0b\x02\x80x\x03", "br", "'br', which was not asked for"),
        (gzip.compress(gzip.compress(b"twice", mtime=0), mtime=0), "gzip, gzip", "which was not asked for"),
    ],
)
def test_lies_about_the_encoding_are_told(site: Site, body: bytes, coding: str, why: str) -> None:
    assert why in refused(site.page("/a", body, content_encoding=coding))


def test_a_body_shorter_than_announced_is_none(site: Site) -> None:
    def short(visit: Visit) -> None:
        visit.begin({"Content-Length": "400"})
        visit.wfile.write(b"half of it")

    site.answers["/a"] = short
    assert "gives no whole answer" in refused(f"{site.url}/a", retries=0)


def test_a_body_longer_than_announced_ends_where_it_was_said(site: Site) -> None:
    site.page("/a", b"x" * 100, content_length="10")
    with fetching() as fetcher:
        assert fetcher.get(f"{site.url}/a").content == b"x" * 10
        assert fetcher.get(site.page("/b", "y")).content == b"y"  # the rest is not taken for the next answer


@pytest.mark.parametrize(
    "said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"]
)
def test_what_is_no_http_is_told(site: Site, said: bytes) -> None:
    def speak(visit: Visit) -> None:
        visit.close_connection = True
        visit.wfile.write(said)

    site.answers["/a"] = speak
    assert "gives no whole answer in HTTP" in refused(f"{site.url}/a")


def test_a_fresh_page_comes_from_the_cache_and_a_stale_one_is_asked_about(site: Site, tmp_path: Path) -> None:
    fresh = site.page("/fresh", "new", cache_control="max-age=600")
    stale = site.page("/stale", "old", cache_control="max-age=0", etag='"1"')
    site.page("/never", "x", cache_control="no-store")

    def ask() -> list[bytes]:
        with fetching(use_cache=True, cache=tmp_path) as fetcher:
            return [fetcher.get(f"{site.url}/{name}").content for name in ("fresh", "stale", "never")]

    first = ask()
    site.answers["/stale"] = lambda visit: visit.send(b"", 304, {"ETag": '"1"'})
    assert ask() == first == [b"new", b"old", b"x"]
    assert len(site.asked("/fresh")) == 1
    assert [headers.get("if-none-match") for headers in site.asked("/stale")] == [None, '"1"']
    assert len(site.asked("/never")) == 2
    assert forget(fresh, stale, folder=tmp_path) == 2
    assert b"new" not in b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    ask()
    assert len(site.asked("/fresh")) == 2


def test_a_cache_that_cannot_be_used_is_told(site: Site, tmp_path: Path) -> None:
    (tmp_path / "pages.db").write_text("no database, but a text that is somewhat longer than a header")
    with pytest.raises(FetchError, match="--no-cache"):
        Fetcher(dataclasses.replace(QUICK, use_cache=True, cache=tmp_path))
    assert forget("http://example.org/", folder=tmp_path / "none") == 0


def test_whether_a_page_is_as_it_was_is_asked_of_that_page_alone(site: Site) -> None:
    url = site.page("/a", "x", etag='"1"')
    site.redirect("/old", "/a")
    known = Validators(url, '"1"', "Tue, 02 Jun 2026 10:00:00 GMT")
    site.answers["/a"] = lambda visit: visit.send(b"", 304)
    with fetching() as fetcher:
        answer = fetcher.get(f"{site.url}/old", validators=known)
    assert (answer.status, answer.sha256) == (304, None)
    assert "if-none-match" not in site.asked("/old")[0]
    assert site.asked("/a")[0]["if-none-match"] == '"1"'
    assert site.asked("/a")[0]["if-modified-since"] == "Tue, 02 Jun 2026 10:00:00 GMT"


def test_all_that_is_fetched_is_archived_as_it_came(site: Site, tmp_path: Path) -> None:
    packed = gzip.compress(b"<p>Nine wells.</p>", mtime=0)
    site.page("/end", packed, content_encoding="gzip")
    url = site.redirect("/a", "/end")
    with fetching(archive=tmp_path / "warc", use_cache=True, cache=tmp_path / "cache") as fetcher:
        fetcher.get(url)
    (file,) = (tmp_path / "warc").iterdir()
    with file.open("rb") as stream:
        records = [
            (
                record.rec_type,
                (record.rec_headers.get_header("WARC-Target-URI") or "").removeprefix(site.url),
                record.http_headers.statusline if record.http_headers else "",
                record.raw_stream.read(),
            )
            for record in ArchiveIterator(stream)
        ]
    assert [record[:3] for record in records[1:]] == [
        ("response", "/robots.txt", "404 Not Found"),
        ("request", "/robots.txt", "/robots.txt HTTP/1.1"),
        ("response", "/a", "302 Found"),
        ("request", "/a", "/a HTTP/1.1"),
        ("response", "/end", "200 OK"),
        ("request", "/end", "/end HTTP/1.1"),
    ]
    assert records[0][0] == "warcinfo"
    assert records[5][3] == packed


def test_cookies_hold_for_one_page(site: Site) -> None:
    def gate(visit: Visit) -> None:
        if "seen=1" in visit.headers.get("Cookie", ""):
            visit.send(b"inside")
        else:
            visit.send(b"", 302, {"Location": "/a", "Set-Cookie": "seen=1"})

    site.answers["/a"] = gate
    with fetching() as fetcher:
        assert fetcher.get(f"{site.url}/a").content == b"inside"
        fetcher.get(f"{site.url}/a")
    assert ["cookie" in headers for headers in site.asked("/a")] == [False, True, False, True]


ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 302 Found\r\nLocation: /b?x=1#f\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n\r\n",
    b'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nETag: "1"\r\n\r\n' + gzip.compress(b"hello" * 10, mtime=0),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nVary: *\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    b"HTTP/1.1 429 No\r\nRetry-After: 0\r\nExpires: 99999\r\nContent-Length: 0\r\n\r\n",
)
PIECES = (b"\r\n", b"\r\n\r\n", b":", b"//", b"[", b"\0", b"\xa4", b"\xff\xfe", b"Location: javascript:1\r\n")


def test_no_answer_is_more_than_an_error(tmp_path: Path) -> None:
    """Answers with pieces cut out and put in: a page or a FetchError, nothing else."""
    chance = Random(7)  # the same answers every time

    def speak(visit: Visit) -> None:
        answer = chance.choice(ANSWERS)
        for _ in range(chance.randrange(5)):
            at = chance.randrange(len(answer))
            answer = answer[:at] + chance.choice(PIECES) + answer[at + chance.randrange(8) :]
        visit.close_connection = True
        visit.wfile.write(answer)

    settings = {"use_cache": True, "cache": tmp_path, "timeout": 0.5, "deadline": 0.5, "retries": 1}
    with running_site() as site, fetching(site, **settings, longest_wait=0, max_bytes=1000) as fetcher:
        site.otherwise = speak
        site.answers["/robots.txt"] = missing
        for number in range(300):
            with suppress(FetchError):
                url = f"http://public.test/{number % 40}"
                known = Validators(url, '"1"') if number % 3 else None
                assert len(fetcher.get(url, validators=known).content) <= 1000

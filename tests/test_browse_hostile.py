"""Hostile text in every field of a base, and in every parameter: shown as text, and nothing else."""

from __future__ import annotations

import datetime as dt
import html
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kb.model.values import (
    Article,
    Claim,
    Entity,
    Facts,
    Interval,
    Mention,
    Participant,
    Reference,
    Report,
    Span,
)
from kb.resolve import regroup
from kb.store import Store
from tests.browsing import Browser, data_of, pages_of

NASTY = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)><a href='javascript:alert(2)'>",
    "{{ 7*7 }}{% for x in config %}{{ x }}{% endfor %}${7*7}",
    "'; DROP TABLE article; --",
    "\x1b[31m\x07\x0b\u202e\ufffe]]><!--",
    "</title></style></textarea></svg><svg onload=alert(3)>",
    "[[both]] \\ %s %(x)s &amp; &#60;",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://",
    "data:text/html,<script>alert(1)</script>",
    "https://example.org/\"><script>alert(1)</script>?a={{7*7}}&b='--#x",
    " https://example.org/ javascript:x",
)
LINKS = ("/", "#", "https://", "http://", "?")
DAY = dt.date(2026, 3, 1)


def hostile(words: str, number: int) -> Facts:
    """An article in which everything that is a text is hostile."""
    title = f"Ann {words}"
    text = f"{title} saw {number} cats {words}."
    sentence, ann = Span(0, len(text), text), Span(0, len(title), title)
    at = text.index(f"{number} cats {words}")
    phrase = f"{number} cats {words}"
    who = Reference(title, ann)
    day = Interval("2026-03-01", DAY, DAY)
    claim = Claim(
        Span(at, at + len(phrase), phrase),
        sentence,
        "=",
        float(number),
        float(number),
        f"cats {words}",
        f"cats seen {words}",
        place=who,
        interval=day,
        speaker=who,
    )
    other = Claim(
        Span(at, at + len(str(number)), str(number)),
        sentence,
        "=",
        float(number + 5),
        float(number + 5),
        f"cats {words}",
        f"cats seen {words}",
        place=who,
        interval=day,
    )
    saw = text.index("saw")
    report = Report(
        Span(saw, saw + 3, "saw"), sentence, f"{title} saw", None, day,
        participants=(Participant(who, "agent"),), place=who,
    )  # fmt: skip
    article = Article(
        text,
        title,
        "2026-03-01",
        url=ADDRESSES[number % len(ADDRESSES)],
        publisher=words,
        authors=(words,),
        raw=b"raw",
    )
    return Facts(
        article, (sentence,), (), (Entity(title, "person", (Mention(ann),)),), (claim, other), (report,)
    )


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a base made of hostile texts."""
    path = tmp_path_factory.mktemp("nasty") / "nasty.db"
    with Store.open(path) as store:
        run = store.start_run("kb", "test")
        for number, words in enumerate(NASTY, 2):
            with store.transaction() as connection:
                done = store.add(hostile(words, number), run)
                assert done.revision_id is not None
                regroup(connection, done.revision_id)
    return path


class Read(HTMLParser):
    """What a browser would make of a page: its elements, with all their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in ("script", "iframe", "object", "embed", "style", "img"):
            self.wrong.append(f"<{tag}>")
        for name, value in said.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.wrong.append(f"{tag} {name}")
            if name.split(":")[-1] in ("href", "src", "action") and not (value or "").startswith(LINKS):
                self.wrong.append(f"{tag} {name}={value}")


def check(answer: object, address: str) -> None:
    """Nothing of the page is executed, and no template within a text was."""
    assert getattr(answer, "status_code", 0) in (200, 400, 404), address
    text, headers = getattr(answer, "text", ""), getattr(answer, "headers", {})
    assert Read(text).wrong == [], address
    assert "49" not in re.sub(r"[0-9a-z]{16}|token\S+", "", html.unescape(text)).split(), address
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def every(path: Path, column: str, view: str, page: str) -> list[str]:
    with Store.open(path, read_only=True) as store:
        rows = store.connection.exec_driver_sql(
            f"SELECT DISTINCT {column} FROM {view} WHERE {column} IS NOT NULL"
        )
        return [f"/-/kb/{path.stem}/{page}/{row[0]}" for row in rows]


def test_texts_of_a_base_are_shown_as_text(nasty: Path) -> None:
    browser = Browser(nasty)
    addresses = [
        *pages_of(nasty),
        *every(nasty, "article_uid", "figures", "article"),
        *every(nasty, "uid", "figures", "fact"),
        *every(nasty, "uid", "series", "series"),
        *every(nasty, "uid", "entity", "entity"),
        *every(nasty, "uid", "event", "event"),
        *every(nasty, "uid", "conflict", "conflict"),
    ]
    assert len(addresses) > 5 * len(NASTY)
    for address in addresses:
        check(browser.get(address), address)
    articles = [browser.get(one).text for one in every(nasty, "article_uid", "figures", "article")]
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in text for text in articles)


def test_datasettes_own_pages_show_them_as_text(nasty: Path) -> None:
    """Its own scripts and styles stand in its pages; nothing of the texts does."""
    browser, plain = Browser(nasty), re.compile(r"<script>|<style>| style$|^script src=/-/static")
    own = set(Read(browser.get(f"/{nasty.stem}/alembic_version").text).wrong)
    for name in ("figures", "timeline", "mentions", "reports", "conflicts", "article", "entity", "claim"):
        for address in (f"/{nasty.stem}/{name}", f"/{nasty.stem}/{name}?_facet=uid&_sort=uid"):
            answer = browser.get(address)
            assert answer.status_code == 200, address
            wrong = [one for one in Read(answer.text).wrong if one not in own and not plain.search(one)]
            assert wrong == [], address
    for words in NASTY[:4]:
        for asked in ({"sql": words}, {"sql": "select :x", "x": words}):
            answer = browser.get(f"/{nasty.stem}", params=asked)
            assert not [one for one in Read(answer.text).wrong if " on" in one or "javascript" in one]
            assert "<script>alert" not in answer.text


def test_those_who_judge_see_them_as_text_too(nasty: Path) -> None:
    browser = Browser(nasty, review=True)
    own = '<script src="/-/static-plugins/kb/review.js" defer></script>'
    for address in (*pages_of(nasty), f"/-/kb/{browser.name}/review"):
        answer = browser.get(address, "root")
        assert answer.status_code == 200, address
        assert Read(answer.text.replace(own, "", 1)).wrong == [], address


def test_data_are_well_formed(nasty: Path) -> None:
    browser = Browser(nasty)
    for address in (*data_of(nasty), *(f"{a}.svg" for a in every(nasty, "uid", "series", "series"))):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        kind = answer.headers["content-type"]
        if "xml" in kind:
            for element in ET.fromstring(answer.text).iter():
                assert not element.tag.endswith("script")
                assert not any(name.startswith("on") for name in element.attrib)
                link = next((v for k, v in element.attrib.items() if k.endswith("href")), "/")
                assert link.startswith(LINKS), (address, link)
        elif "json" in kind:
            assert answer.json()
        assert answer.headers["x-content-type-options"] == "nosniff"


PARAMETERS = (
    "q",
    "place",
    "entity",
    "kind",
    "since",
    "until",
    "show",
    "uid",
    "series",
    "url",
    "draft",
    "back",
)


@pytest.mark.parametrize("words", [*NASTY, "%", '"', "*", "NEAR(", "a OR", "\x00", "\ud800", "x" * 4_000])
def test_parameters_are_text(demo: Path, words: str) -> None:
    browser = Browser(demo)
    first = f"/-/kb/{browser.name}/"
    said = dict.fromkeys(PARAMETERS, words.encode("utf-8", "surrogatepass"))
    for page in ("", "search", "series", "timeline", "entities", "conflicts", "compare"):
        check(browser.get(f"{first}{page}", params=said), page)
    assert browser.get(f"{first}feed.atom", params=said).status_code in (200, 404)
    for page in ("article", "series", "event", "entity", "fact", "conflict"):
        address = f"{first}{page}/{html.escape(words[:2000]).encode('utf-8', 'replace').hex()}"
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("words", [*NASTY[:4], "x" * 1_000_000])
def test_a_draft_is_text(demo: Path, words: str) -> None:
    browser = Browser(demo)
    answer = browser.post(f"/-/kb/{browser.name}/compare", draft=f"There were 12 cats. {words}")
    check(answer, "compare")


@pytest.mark.parametrize(
    "query",
    [
        "selec",
        "select load_extension('x')",
        "select * from nowhere",
        "select '" + "x" * 50_000 + "'",
        "\x00",
    ],
)
def test_wrong_sql_is_told(demo: Path, query: str) -> None:
    answer = Browser(demo).get(f"/{demo.stem}", params={"sql": query})
    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("address", ["nosuch", "article", "article/x/y", "series/zz.svg", "%2e%2e/x", "~"])
def test_what_is_not_there_is_told(demo: Path, address: str) -> None:
    assert Browser(demo).get(f"/-/kb/{demo.stem}/{address}").status_code == 404


def test_other_addresses_that_are_not_there(demo: Path) -> None:
    for address in (
        "/nosuch",
        f"/{demo.stem}/nosuch",
        f"/{demo.stem}/review/9999",
        "/-/kb/nosuch/",
        "/-/a/b/c",
    ):
        assert Browser(demo).get(address).status_code in (302, 404), address

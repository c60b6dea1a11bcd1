"""The browser as people use it: headless Chromium against a server of its own with the demo's base."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest

from kb import KnowledgeBase
from tests.browsing import pages_of, tables_of

Scheme = Literal["light", "dark"]
if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("there is no Chromium: install Debian's package chromium", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

WIDE: ViewportSize = {"width": 1200, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}


@dataclass
class Served:
    """A server: its first address, the link that gives the right to judge, and its base."""

    address: str
    link: str
    path: Path


@dataclass
class Window:
    """A window of the browser that keeps what went wrong in it."""

    page: Page
    wrong: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def served(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`kb browse --review` of a copy of the demo's base, at a port that is free."""
    path = Path(shutil.copy(demo, tmp_path_factory.mktemp("served") / "demo.db"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "kb",
        "browse",
        "--review",
        "--by",
        "Eve",
        "--port",
        port,
        "--db",
        str(path),
    ]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    try:
        link = re.search(r"http://\S+", server.stderr.readline())
        assert link is not None
        parts = urlsplit(link[0])
        _wait_for(int(port), server)
        yield Served(f"{parts.scheme}://{parts.netloc}", link[0], path)
    finally:
        server.terminate()
        server.communicate(timeout=300)


def _wait_for(port: int, server: subprocess.Popen[str]) -> None:
    """Return when somebody listens at the port."""
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server ended by itself")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, without a window."""
    with playwright.sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser, served: Served) -> Iterator[Window]:
    """A window in which nothing may go wrong: no error, no request to another host."""
    context = chromium.new_context(viewport=WIDE, base_url=served.address)
    yield from _watched(context, served)


@pytest.fixture(scope="module")
def eve(chromium: Browser, served: Served) -> Iterator[Window]:
    """A window of somebody who judges."""
    context = chromium.new_context(viewport=WIDE, base_url=served.address)
    for window in _watched(context, served):
        window.page.goto(served.link)
        yield window


def _watched(context: BrowserContext, served: Served) -> Iterator[Window]:
    window = Window(context.new_page())
    window.page.on("console", lambda said: window.wrong.append(said.text) if said.type == "error" else None)
    window.page.on("pageerror", lambda error: window.wrong.append(str(error)))
    host = urlsplit(served.address).netloc
    window.page.on(
        "request",
        lambda request: (
            window.wrong.append(f"asked {request.url}") if urlsplit(request.url).netloc != host else None
        ),
    )
    yield window
    context.close()
    assert window.wrong == []


def test_from_words_to_the_source(window: Window, served: Served) -> None:
    page = window.page
    page.goto("/")
    page.get_by_label("Search figures, events, names and texts").fill("political prisoners")
    page.keyboard.press("Enter")
    page.locator("ul.lines a", has_text="political prisoners").first.click()
    playwright.expect(page.locator(".chart svg")).to_be_visible()
    row = page.locator("table.facts tbody tr").first
    playwright.expect(row.locator("q mark")).to_be_visible()
    row.get_by_text("Cite").click()
    playwright.expect(row.locator(".copy")).to_contain_text("#:~:text=")
    row.locator("a.value").click()
    page.get_by_role("link", name="in its article").click()
    assert "/article/" in page.url
    card = page.locator(".card:target")
    playwright.expect(card).to_be_visible()
    source = page.locator("dl.facts-of a[rel]").first.get_attribute("href")
    assert source is not None
    there = card.locator("a", has_text="See it on the page").get_attribute("href")
    assert there is not None
    assert there.startswith(source)
    assert "#:~:text=" in there


def test_the_chart_is_told_and_leads_to_its_points(window: Window, served: Served) -> None:
    page = window.page
    page.goto(next(address for address in pages_of(served.path) if "/series/" in address))
    picture = page.locator(".chart svg")
    assert picture.locator("title").first.text_content()
    assert picture.locator("desc").first.text_content()
    assert picture.locator("a").count() > 3
    with page.expect_download() as download:
        page.get_by_role("link", name="Image").click()
    assert download.value.path().read_text(encoding="utf-8").startswith("<svg")


def test_a_filter_shows_one_kind(window: Window, served: Served) -> None:
    page = window.page
    page.goto(next(address for address in pages_of(served.path) if "/article/" in address))
    assert page.locator(".mark.name").count() > 0
    page.get_by_role("link", name="Figures", exact=True).click()
    assert page.locator(".mark.name").count() == 0
    page.locator(".mark.figure").first.focus()
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".card:target dt", has_text="Measure")).to_be_visible()


def test_a_draft_is_compared_and_nothing_stored(window: Window, served: Served) -> None:
    before = served.path.read_bytes()
    page = window.page
    page.goto("/-/kb/demo/compare")
    page.get_by_label("The draft").fill("Belarus held 5,000 political prisoners in March 2026.")
    page.get_by_role("button", name="Compare").click()
    playwright.expect(page.locator(".verdict").first).to_be_visible()
    assert served.path.read_bytes() == before


def last_of(path: Path) -> str | None:
    with KnowledgeBase(path, read_only=True) as base:
        made = base.last_answer("Eve")
        return None if made is None else made.verdict


def test_a_fact_is_judged_by_keys_and_taken_back(eve: Window, served: Served) -> None:
    page = eve.page
    page.goto("/-/kb/demo/review")
    first = page.locator(".queue .card").first
    playwright.expect(first).to_be_focused()
    uid = first.get_attribute("data-fact")
    page.keyboard.press("j")
    playwright.expect(page.locator(".queue .card").nth(1)).to_be_focused()
    page.keyboard.press("k")
    with page.expect_navigation():
        page.keyboard.press("a")
    assert last_of(served.path) == "accepted"
    assert page.locator(f"[data-fact='{uid}']").count() == 0
    playwright.expect(page.locator(".queue .card").first).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("r")
    assert last_of(served.path) == "rejected"
    for verdict in ("accepted", None):
        with page.expect_navigation():
            page.keyboard.press("u")
        assert last_of(served.path) == verdict
    assert page.locator(f"[data-fact='{uid}']").count() == 1


def test_a_fact_is_corrected_by_keys(eve: Window, served: Served) -> None:
    page = eve.page
    page.goto("/-/kb/demo/review?kind=figure")
    playwright.expect(page.locator(".queue .card").first).to_be_focused()
    page.keyboard.press("c")
    page.keyboard.press("Control+A")
    page.keyboard.type("over 12,345")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert last_of(served.path) == "corrected"
    with page.expect_navigation():
        page.keyboard.press("u")


def test_selected_words_become_a_fact(eve: Window, served: Served) -> None:
    page = eve.page
    page.goto(next(address for address in pages_of(served.path) if "/article/" in address))
    words = page.evaluate(
        """() => {
          const text = [...document.querySelectorAll('.reading p')]
            .flatMap((p) => [...p.childNodes]).find((n) => n.nodeType === 3 && /[a-z]{5}/.test(n.data));
          const found = /[a-z]{5,}/.exec(text.data), range = document.createRange();
          range.setStart(text, found.index);
          range.setEnd(text, found.index + found[0].length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          return found[0];
        }"""
    )
    page.keyboard.press("n")
    form = page.locator("details.add form")
    assert form.locator("[name=quote]").input_value() == words
    form.locator("[name=kind]").select_option("event")
    form.locator("[name=title]").fill("Something that was missed")
    with page.expect_navigation():
        form.get_by_role("button", name="Add").click()
    assert page.locator(".mark.event", has_text=words).count() > 0
    with page.expect_navigation():
        page.keyboard.press("u")
    assert last_of(served.path) is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(chromium: Browser, served: Served, scheme: Scheme) -> None:
    """No finding of axe, no way sideways on a phone, Datasette's own pages included."""
    context = chromium.new_context(viewport=PHONE, base_url=served.address, color_scheme=scheme)
    found: list[str] = []
    for window in _watched(context, served):
        page, tool = window.page, axe.Axe()
        for address in (*pages_of(served.path), *(f"/demo{one}" for one in tables_of(served.path))):
            page.goto(address)
            width = page.evaluate("document.documentElement.scrollWidth")
            found += [f"{address} is {width} px wide"] if width > PHONE["width"] else []
            rules = RULES if scheme == "light" else COLOURS  # the rest is the same in both
            broken = tool.run(page, options=rules).response["violations"]
            found += [f"{address} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in broken]
    assert found == []


def test_the_desk_is_accessible_and_fits(eve: Window, served: Served) -> None:
    page = eve.page
    page.goto("/-/kb/demo/review")
    page.locator("details.correct summary").first.click()
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    broken = axe.Axe().run(page, options=RULES).response["violations"]
    assert [one["id"] for one in broken] == []
    page.set_viewport_size(WIDE)


def test_pages_are_read_without_script(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(viewport=WIDE, base_url=served.address, java_script_enabled=False)
    page = context.new_page()
    for address in pages_of(served.path):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        assert page.locator("h1").count() == 1
    context.close()


def test_a_parameter_of_a_megabyte_is_refused(served: Served) -> None:
    host = urlsplit(served.address).netloc
    connection = http.client.HTTPConnection(host, timeout=20)
    connection.request("GET", "/-/kb/demo/search?q=" + "x" * 1_000_000)
    assert 400 <= connection.getresponse().status < 500
    connection.close()
    connection.request("GET", "/-/kb/demo/search?q=x")
    assert connection.getresponse().status == 200
    connection.close()

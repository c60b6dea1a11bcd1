"""What a site's robots.txt allows (RFC 9309)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from kb.errors import FetchError
from kb.fetch.settings import ROBOT
from kb.model.fetched import Fetched

LARGEST = 512_000  # bytes that are read of it; RFC 9309, 2.5 asks for 500 KiB at least
_UNKNOWN = range(500, 600)
_ABSENT = range(400, 500)


class Robots:
    """The rules of the sites that were asked, each fetched once.

    A site without the file allows everything; one whose server fails, or cannot be reached, nothing
    for now (2.3.1).
    """

    def __init__(self, fetch: Callable[[str], Fetched]) -> None:
        self._fetch = fetch
        self._rules: dict[str, Protego | FetchError] = {}

    def require(self, url: str) -> float | None:
        """The seconds that the site wants between two requests, if it says so.

        Raises:
            FetchError: the site forbids the page to robots, or cannot tell.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._ask(site)
        rules = self._rules[site]
        if isinstance(rules, FetchError):
            raise FetchError(f"{url}: {rules}") from rules
        if not rules.can_fetch(url, ROBOT):
            raise FetchError(
                f"{site}/robots.txt forbids programs to fetch {url}: save the page in a browser and load "
                "the file"
            )
        delay: float | None = rules.crawl_delay(ROBOT)
        return delay

    def _ask(self, site: str) -> Protego | FetchError:
        where = f"{site}/robots.txt"
        try:
            answer = self._fetch(where)
        except FetchError as error:
            return error
        if answer.status in _UNKNOWN or answer.status == 429:
            return FetchError(
                f"{where} answers {answer.status}, so nobody can tell what it allows: try again later"
            )
        if answer.status in _ABSENT:
            return Protego.parse("")
        return Protego.parse(answer.content[:LARGEST].decode("utf-8", "replace"))

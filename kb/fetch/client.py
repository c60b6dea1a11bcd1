"""Pages from the network: one client for all hosts of a run, which keeps it polite, bounded and safe."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore

from kb.errors import FetchError
from kb.fetch.addresses import Resolve, checked_url, system_resolve
from kb.fetch.archive import Exchange
from kb.fetch.bodies import unpacked_body
from kb.fetch.exchanges import Exchanges
from kb.fetch.pacing import Pace
from kb.fetch.robots import Robots
from kb.fetch.settings import Settings
from kb.model.fetched import Fetched

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of the state of a page when it gave it: to ask whether that is still so."""

    url: str  # the page that gave them; they say nothing of another
    etag: str | None = None
    last_modified: str | None = None

    def headers(self, url: str) -> Mapping[str, str]:
        """The conditions for a request (RFC 9110, 13.1); none for another page."""
        if url != self.url:
            return {}
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value}


class Fetcher:
    """Fetches pages. Use it as a context manager, and from one thread.

    Args:
        settings: how pages are asked for.
        resolve: the addresses of a host.
        connections: what opens a connection to an address that was checked.
        sleep: what waits.

    Raises:
        FetchError: the cache cannot be used.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        resolve: Resolve = system_resolve,
        connections: httpcore.NetworkBackend | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.settings = settings or Settings()
        self._pace = Pace(self.settings.delay, sleep)
        self._exchanges = Exchanges(
            self.settings, resolve, connections or httpcore.SyncBackend(), self._pace, sleep
        )
        self._robots = Robots(lambda url: self._follow(url, None, for_robots=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close connections, cache and archive."""
        self._exchanges.close()

    def get(self, url: str, *, validators: Validators | None = None) -> Fetched:
        """What answers at a URL after all redirects, whatever its status is (see `require_page`).

        The cache answers first where it may, unless there are `validators`: then the server is asked,
        conditionally, and may answer 304 without content.

        Raises:
            FetchError: there is no answer, it is too large or slow, robots.txt forbids it, or it, or
                what it leads to, is at an address that is not asked.
        """
        self._exchanges.forget_cookies()
        return self._follow(checked_url(url), validators)

    def _follow(self, url: str, validators: Validators | None, *, for_robots: bool = False) -> Fetched:
        here, moved_to, permanent, before = url, None, True, None
        for _ in range(self.settings.redirects + 1):
            host = urlsplit(here).hostname
            if not for_robots:
                self._require_allowed(here, host or "")
            headers = validators.headers(here) if validators else None
            exchange = self._exchanges.ask(here, headers=headers, paced=not for_robots and host != before)
            location = exchange.response.headers.get("location")
            if exchange.response.status_code not in _REDIRECTS or not location:
                return self._fetched(url, exchange, moved_to)
            before, came = host, here
            here = _target(here, location)
            permanent = permanent and exchange.response.status_code in _PERMANENT
            moved_to = here if permanent else moved_to
        raise FetchError(
            f"{url} leads through more than {self.settings.redirects} redirects, from {came} to {here}: "
            "check the address"
        )

    def _require_allowed(self, url: str, host: str) -> None:
        """Ask robots.txt, and keep to the pace that it wants.

        Raises:
            FetchError: it forbids the page, or cannot tell.
        """
        delay = self._robots.require(url)
        if delay is not None:
            self._pace.slow_down(host, min(delay, self.settings.longest_wait))

    def _fetched(self, url: str, exchange: Exchange, moved_to: str | None) -> Fetched:
        headers = exchange.response.headers
        content = unpacked_body(
            exchange.body, headers.get("content-encoding", ""), self.settings.max_bytes, exchange.url
        )
        return Fetched(
            url=url,
            final_url=exchange.url,
            status=exchange.response.status_code,
            headers=tuple(headers.multi_items()),
            retrieved_at=exchange.retrieved_at,
            content=content,
            moved_to=moved_to,
        )


def _target(here: str, location: str) -> str:
    """Where a redirect leads.

    Raises:
        FetchError: to no address, or one of a kind that is not asked.
    """
    try:
        target = urljoin(here, location.strip())
    except ValueError as error:
        raise FetchError(f"{here} leads to {location!r}, which is no address ({error})") from error
    # An address may hold letters that only a browser takes: they are sent as UTF-8, percent-encoded.
    return checked_url(target.replace(" ", "%20"), source=here)

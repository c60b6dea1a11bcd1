"""One request and its answer, asked for again where the failure may pass: no redirect is followed here."""

from __future__ import annotations

import datetime as dt
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from kb.errors import FetchError
from kb.fetch.addresses import Resolve
from kb.fetch.archive import Archive, Exchange
from kb.fetch.bodies import wire_body
from kb.fetch.cache import cached, key_of
from kb.fetch.failures import explained, may_pass
from kb.fetch.network import CheckedBackend, Deadline
from kb.fetch.pacing import Pace
from kb.fetch.patience import PASSING, wait_before
from kb.fetch.settings import Settings
from kb.fetch.wire import PACED, Wire

_HEADERS = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,application/xml;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",  # what `kb.fetch.bodies` unpacks within its bounds
}

# The cache tells its log of what it cannot write, and goes on without it: nobody here need do anything.
logging.getLogger("hishel").addHandler(logging.NullHandler())


class Exchanges:
    """Asks servers, by way of the cache or directly."""

    def __init__(
        self,
        settings: Settings,
        resolve: Resolve,
        connections: httpcore.NetworkBackend,
        pace: Pace,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        deadline = Deadline()
        backend = CheckedBackend(connections, resolve, deadline, allow_private=settings.allow_private)
        wire = Wire(backend, deadline, settings.deadline, pace)
        self._direct: httpx.BaseTransport = wire
        self._by_cache: httpx.BaseTransport = wire
        self._cookies = httpx.Cookies()
        self._archive = Archive(settings.archive, settings) if settings.archive else None
        if settings.use_cache and not settings.archive:
            self._by_cache = cached(wire, settings.cache)

    def close(self) -> None:
        """Close connections, cache and archive."""
        self._by_cache.close()
        self._direct.close()
        if self._archive is not None:
            self._archive.close()

    def forget_cookies(self) -> None:
        """Begin as somebody who was never there: cookies hold for one page and its redirects."""
        self._cookies.clear()

    def ask(self, url: str, *, headers: Mapping[str, str] | None = None, paced: bool = True) -> Exchange:
        """The answer for a URL, whatever its status is; attempts that fail are made again.

        Args:
            url: an address that was checked.
            headers: those of a conditional request, which goes past the cache.
            paced: whether it waits for the host's turn.

        Raises:
            FetchError: there is none, or it is larger or comes more slowly than it may.
        """
        attempt = 1
        while True:
            retry_after: str | None = None
            failure: FetchError | None = None
            try:
                exchange = self._once(url, headers, paced=paced or attempt > 1)
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
                failure = explained(error, url, self._settings)
                if not may_pass(error):
                    raise failure from error
            else:
                if exchange.response.status_code not in PASSING:
                    return exchange
                retry_after = exchange.response.headers.get("retry-after")
            wait = wait_before(attempt, self._settings, retry_after)
            if wait is None and failure is not None:
                raise failure
            if wait is None:
                return exchange
            self._sleep(wait)
            attempt += 1

    def _once(self, url: str, headers: Mapping[str, str] | None, *, paced: bool) -> Exchange:
        transport = self._by_cache if headers is None else self._direct
        request = self._request(url, headers, paced=paced)
        response = transport.handle_request(request)
        response.request = request
        self._cookies.extract_cookies(response)
        try:
            body = wire_body(response, self._settings.max_bytes, url)
        except sqlite3.Error as error:
            raise FetchError(f"the cache is damaged ({error}): delete it, or say --no-cache") from error
        finally:
            response.close()
        exchange = Exchange(url, request, response, body, _came(response))
        if self._archive is not None:
            self._archive.write(exchange)
        return exchange

    def _request(self, url: str, headers: Mapping[str, str] | None, *, paced: bool) -> httpx.Request:
        """The request for a URL.

        Raises:
            FetchError: it is none, in a way that only sending it shows.
        """
        said = {**_HEADERS, "User-Agent": self._settings.user_agent, **(headers or {})}
        extensions = {
            PACED: paced,
            "caching": {"key": key_of(url)},
            "timeout": httpx.Timeout(self._settings.timeout).as_dict(),
        }
        try:
            return httpx.Request("GET", url, headers=said, cookies=self._cookies, extensions=extensions)
        except httpx.InvalidURL as error:
            raise FetchError(f"{url!r} is no address of a page ({error}): check it") from error
        except UnicodeEncodeError:  # a cookie that no header can hold
            self._cookies.clear()
            return httpx.Request("GET", url, headers=said, extensions=extensions)


def _came(response: httpx.Response) -> dt.datetime:
    """When an answer came over the network: now, or for one that the cache kept when its server dated it."""
    now = dt.datetime.now(dt.UTC)
    status = response.extensions.get("caching", {})
    if not status.get("from_cache") or status.get("revalidated"):
        return now
    try:
        moment = parsedate_to_datetime(response.headers.get("date", ""))
    except (ValueError, OverflowError):
        return now
    return min(now, moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))

"""The transport below the cache: what really goes over the network, in its time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from ssl import SSLContext

import httpcore
import httpx

from kb.fetch.network import CheckedBackend, Deadline
from kb.fetch.pacing import Pace

PACED = "kb.paced"  # the extension of a request that tells whether it waits for its turn; True unless told


@cache
def _trusted() -> SSLContext:
    """Whose certificates hold: those of the usual authorities, or of `SSL_CERT_FILE`. Slow to make."""
    return httpx.create_ssl_context()


class Wire(httpx.BaseTransport):
    """Sends requests, each in its host's turn and with its deadline.

    Environment variables that name a proxy are not heeded: behind one, nobody here could tell which
    address is asked.
    """

    def __init__(self, backend: CheckedBackend, deadline: Deadline, seconds: float, pace: Pace) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(),
            max_connections=20,
            max_keepalive_connections=5,
            keepalive_expiry=10.0,
            network_backend=backend,
        )
        self._deadline = deadline
        self._seconds = seconds
        self._pace = pace

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        if request.extensions.get(PACED, True):
            self._pace.wait(host)
        else:
            self._pace.count(host)
        self._deadline.start(self._seconds)
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=b"",
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer as it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()

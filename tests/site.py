"""A web site on this machine, as good or as bad as a test wants it: standard library, a thread a request."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore

Answer = Callable[["Visit"], None]


class Visit(BaseHTTPRequestHandler):
    """A request that the site answers; what it asks for is logged there."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.visits.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        answer = self.server.answers.get(self.path.partition("?")[0], self.server.otherwise)
        try:
            answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the visitor has had enough

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing on standard error."""

    def send(self, body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        """A whole answer."""
        said = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }
        self.send_response(status)
        for name, value in said.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def begin(self, headers: Mapping[str, str]) -> None:
        """The head of an answer whose body ends with the connection."""
        self.send_response(200)
        for name, value in {"Connection": "close", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True


class Site(ThreadingHTTPServer):
    """Answers by path, and `otherwise` with 404. `visits` are the paths and headers that were asked for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.answers: dict[str, Answer] = {}
        self.otherwise: Answer = missing
        self.visits: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"

    def page(self, path: str, body: str | bytes, /, status: int = 200, **headers: str) -> str:
        """Put a page at a path; its URL. `last_modified="..."` becomes the header Last-Modified."""
        raw = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        self.answers[path] = lambda visit: visit.send(raw, status, named)
        return self.url + path

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        """Lead from a path to somewhere else; its URL."""
        return self.page(path, b"", status, location=target)

    def asked(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for a path, so far."""
        return [headers for where, headers in self.visits if where == path]


def missing(visit: Visit) -> None:
    visit.send(b"<html><body>There is nothing here.</body></html>", 404)


@contextmanager
def running_site() -> Iterator[Site]:
    """A site that runs meanwhile."""
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


class Reached(httpcore.SyncBackend):
    """Connections of which those to one address, as if the internet led there, reach a local site."""

    def __init__(self, address: str, site: Site) -> None:
        self._address, self._site = address, site
        self.opened: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.opened.append(host)
        if host == self._address:
            host, port = "127.0.0.1", self._site.server_port
        return super().connect_tcp(host, port, timeout, local_address, socket_options)


def article(title: str, *paragraphs: str, head: str = "") -> str:
    """A page of HTML with an article on it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def closed_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port

"""What stands around every request: the methods that a page takes, and the headers that all answers have.

Datasette's own pages get the headers that kb's pages have. Scripts of theirs that stand within a page are let
through by their hash, which is taken from Datasette's templates: what a text of the base brings along is none
of them.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from datasette.utils import tilde_decode
from datasette.utils.asgi import Response
from datasette.views.base import DatasetteError

from kb.browse.bases import base_of
from kb.browse.catalogue import is_large
from kb.knowledge import KnowledgeBase

HEADERS = {
    # Nothing but the page's own style, script and pictures: no frame, no other host.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with none at all a form of our own page would come from nowhere
    "X-Robots-Tag": "noindex, nofollow",
}
_OF_TABLES = ("GET", "HEAD")
_OF_PLUGINS = (
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
)  # they refuse what they do not take
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_WITH_SCRIPTS = ("_close_open_menus.html", "_codemirror_foot.html", "table.html")
_FACETED = "{{ datasette_allow_facet }}"  # in the one script of table.html: true or false
_NUMBERS = {"_next", "_size", "_timelimit", "_ttl", "_facet_size"}  # parameters of Datasette
_COUNTED = ("figures", "mentions", "reports", "timeline")  # views that are as long as there are facts

Scope = dict[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


def around(datasette: Any, app: App) -> App:
    """The application, with what stands around it."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        parts = _path(datasette, scope).strip("/").split("/")
        if _of_others(datasette, parts[0]):
            await app(scope, receive, send)
            return

        async def send_with_headers(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = message | {"headers": _completed(datasette, message["headers"])}
            await send(message)

        allowed = _OF_PLUGINS if parts[0] == "-" else _OF_TABLES
        if scope["method"] in allowed:
            await app(_with_less(datasette, scope, parts), receive, send_with_headers)
        else:
            await _refuse(allowed, send_with_headers)

    return answer


def _of_others(datasette: Any, route: str) -> bool:
    """Whether an address belongs to a database that is no base: whose it is says what is right for it."""
    named = (name for name, database in datasette.databases.items() if database.route == _database(route))
    return any(base_of(datasette, name) is None for name in named)


def misread(request: Any, exception: Exception) -> Any:
    """The answer to a wrong parameter of Datasette's own pages, None to whatever else went wrong.

    Datasette takes some of them for a fault of its own (500).
    """
    asked = set(request.args)
    wrong = (
        (isinstance(exception, DatasetteError) and exception.status == HTTPStatus.INTERNAL_SERVER_ERROR)
        or (isinstance(exception, ValueError) and asked & _NUMBERS)
        or (isinstance(exception, sqlite3.Error | sqlite3.Warning) and "_where" in asked)
    )
    return Response.text(f"This cannot be asked: {exception}\n", status=400) if wrong else None


async def _refuse(allowed: tuple[str, ...], send: Any) -> None:
    said = [(b"content-type", b"text/plain; charset=utf-8"), (b"allow", ", ".join(allowed).encode())]
    await send({"type": "http.response.start", "status": 405, "headers": said})
    await send({"type": "http.response.body", "body": f"Only {' and '.join(allowed)} here.\n".encode()})


def _with_less(datasette: Any, scope: Scope, parts: list[str]) -> Scope:
    """The request for a table of a large base without what would take longer than its rows.

    Datasette tries every column as a facet, and counts all rows of a view to show a few. Whoever wants that
    asks for it: `?_nocount=`.
    """
    if len(parts) != len(("base", "table")) or not is_large(_base(datasette, parts[0])):
        return scope
    said = str(scope.get("query_string", b"").decode("latin-1"))
    asked = parse_qs(said, keep_blank_values=True)
    less = {"_nosuggest": True, "_nocount": parts[1] in _COUNTED}
    more = (f"{name}=1" for name, wanted in less.items() if wanted and name not in asked)
    return scope | {"query_string": "&".join(filter(None, (said, *more))).encode("latin-1")}


def _path(datasette: Any, scope: Scope) -> str:
    """The path of a request below Datasette's own first address, as it was sent."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    sent = raw.partition(b"?")[0].decode("latin-1")
    return "/" + sent.removeprefix(str(datasette.setting("base_url"))).lstrip("/")


def _database(route: str) -> str:
    """The database that the first part of an address names."""
    return str(tilde_decode(route.removesuffix(".json").removesuffix(".db")))


def _base(datasette: Any, route: str) -> KnowledgeBase | None:
    """The base whose tables have this first part of their addresses; None if it is none."""
    said = _database(route)
    named = (name for name, database in datasette.databases.items() if database.route == said)
    return next((base for name in named if (base := base_of(datasette, name)) is not None), None)


def _completed(datasette: Any, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of an answer, with those that it lacks."""
    there = {name.lower() for name, _ in headers}
    more = HEADERS | {"Content-Security-Policy": _policy_of_tables(datasette)}
    missing = ((name.lower().encode(), value.encode()) for name, value in more.items())
    own = [(name, _unread(value) if name.lower() == b"set-cookie" else value) for name, value in headers]
    return [*own, *((name, value) for name, value in missing if name not in there)]


def _unread(cookie: bytes) -> bytes:
    """The cookie that tells who somebody is, kept from scripts."""
    told = cookie.startswith(b"ds_actor=") and b"httponly" not in cookie.lower()
    return cookie + b"; HttpOnly" if told else cookie


def _policy_of_tables(datasette: Any) -> str:
    """What Datasette's own pages may do: what kb's may, and style and script of theirs within a page."""
    hashes = " ".join(f"'sha256-{one}'" for one in _scripts(datasette.jinja_env))
    own = HEADERS["Content-Security-Policy"]
    own = own.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    return own.replace("script-src 'self'", f"script-src 'self' {hashes}")


@cache
def _scripts(environment: Any) -> tuple[str, ...]:
    """The hashes of the scripts that stand within Datasette's pages."""
    return tuple(
        b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in _inline(environment)
    )


def _inline(environment: Any) -> Iterator[str]:
    for name in _WITH_SCRIPTS:
        text, _, _ = environment.loader.get_source(environment, f"default:{name}")
        for script in _SCRIPT.findall(text):
            yield from {script.replace(_FACETED, said) for said in ("true", "false")}

"""By which names the server of `kb browse` may be asked: the defence against DNS rebinding.

A page of another site can have its own name lead to this machine, and would then read the base as its own:
to the browser it is one site. The Host header still has that name, so whoever asks by an unknown one is
refused. An address is no name, and cannot lead elsewhere: a server at all addresses takes each of them.
"""

from __future__ import annotations

import socket
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from kb.browse.around import App, Scope

_THIS = frozenset(["localhost", "127.0.0.1", "::1"])
_EVERYWHERE = frozenset(["", "0.0.0.0", "::"])  # noqa: S104 what a server at all addresses is told
_SHOWN = 100  # characters of a wrong name


def only_as(host: str, app: App) -> App:
    """The application, for requests that name this machine or the host that the server listens at."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and not is_own(asked := _asked(scope), host):
            await _refuse(asked, send)
        else:
            await app(scope, receive, send)

    return answer


def is_own(asked: str, host: str) -> bool:
    """Whether a Host header is right for a server that listens at `host`.

    It is a name or an address, and a port (RFC 9110, 7.2). A server at all addresses is also known by the
    name of its machine, and by every address.
    """
    try:
        parts = urlsplit(f"//{asked}")
        name, _ = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:  # a bracket that is not closed, no address within it, a port that is no number
        return False
    if host in _EVERYWHERE:
        return name in _THIS or name == socket.gethostname().lower() or _is_address(name)
    return name in _THIS or name == host.lower().strip("[]")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _asked(scope: Scope) -> str:
    """The Host header of a request; none where there are several, which no browser sends."""
    named = [value for key, value in scope["headers"] if key.lower() == b"host"]
    return str(named[0].decode("latin-1")) if len(named) == 1 else ""


async def _refuse(asked: str, send: Any) -> None:
    told = (
        f"{asked[:_SHOWN]!r} is no name of this server, so another site may have sent you here. Ask it by "
        "localhost, or by what it was started with: kb browse --host NAME.\n"
    )
    said = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": HTTPStatus.BAD_REQUEST, "headers": said})
    await send({"type": "http.response.body", "body": told.encode()})

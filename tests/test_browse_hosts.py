"""By which names the server of `kb browse` answers: no other site reads a base by a name of its own."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from kb.browse.hosts import is_own, only_as
from kb.browse.serve import datasette_of

OWN = ("localhost", "LOCALHOST:8001", "127.0.0.1", "127.0.0.1:8001", "[::1]", "[::1]:8001", "localhost.:80")
OTHERS = (
    "evil.example",
    "evil.example:8001",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "192.0.2.1",
    "[::1",
    "[evil]",
    "localhost:x:y",
    "",
    " ",
    "\xe9vil",
)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "desk.example", "0.0.0.0", "::"])
@pytest.mark.parametrize("asked", OWN)
def test_this_machine_is_always_known(asked: str, host: str) -> None:
    assert is_own(asked, host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "desk.example"])
@pytest.mark.parametrize("asked", OTHERS)
def test_other_names_are_not(asked: str, host: str) -> None:
    assert not is_own(asked, host)


def test_a_server_is_known_by_what_it_listens_at() -> None:
    assert is_own("Desk.example:8001", "desk.example")
    assert is_own("192.0.2.7", "192.0.2.7")
    assert is_own("[2001:db8::7]:8001", "2001:db8::7")
    assert not is_own("192.0.2.8", "192.0.2.7")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_at_all_addresses_is_known_by_each_and_by_its_machine(host: str) -> None:
    for asked in (
        "192.0.2.8:8001",
        "[2001:db8::7]",
        socket.gethostname(),
        f"{host}:80" if "." in host else "[::]",
    ):
        assert is_own(asked, host)
    assert not is_own("evil.example", host)


@pytest.mark.parametrize(
    "path", ["/-/versions.json", "/-/kb/{0}/", "/{0}/figures.json", "/{0}.json?sql=select+1"]
)
def test_pages_and_data_are_refused_in_words(demo: Path, path: str) -> None:
    refused = asked(demo, path.format(demo.stem), "evil.example:8001")
    assert refused.status_code == 400
    assert "'evil.example:8001' is no name of this server" in refused.text
    assert asked(demo, path.format(demo.stem), "127.0.0.1:8001").status_code == 200


def asked(database: Path, path: str, host: str) -> httpx.Response:
    """The answer of the server at 127.0.0.1 to a request that names a host."""

    async def get() -> httpx.Response:
        datasette = datasette_of(database)
        await datasette.invoke_startup()
        app: Any = only_as("127.0.0.1", datasette.app())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kb") as client:
            return await client.get(path, headers={"Host": host})

    return asyncio.run(get())

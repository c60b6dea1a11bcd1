"""What tests of the browser share: the pages of a base, and requests to them within one process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kb import KnowledgeBase
from kb.browse.serve import datasette_of

Answer = Any  # httpx.Response


def pages_of(path: Path) -> Iterator[str]:
    """An address of every kind of page of a base, from `/-/kb/NAME/` on; those with most on them."""
    first = f"/-/kb/{path.stem}/"
    yield from (first, f"{first}search?q=prisoners", f"{first}series", f"{first}timeline")
    yield from (f"{first}entities", f"{first}conflicts", f"{first}candidates", f"{first}compare")
    with KnowledgeBase(path, read_only=True) as base:
        article = _one(base, "article_uid", "figures")
        yield from (f"{first}article/{article}", f"{first}article/{article}/history")
        yield f"{first}series/{_largest_series(base)}"
        yield f"{first}event/{_one(base, 'event_uid', 'reports')}"
        yield f"{first}entity/{_one(base, 'entity_uid', 'mentions')}"
        yield f"{first}fact/{_one(base, 'uid', 'figures')}"
        for row in base.sql("SELECT uid FROM conflict LIMIT 1"):
            yield f"{first}conflict/{row['uid']}"


def tables_of(path: Path) -> Iterator[str]:
    """An address of every kind of Datasette's own pages of a base."""
    yield from ("", "/figures?_size=5", "/claim/1", "?sql=select+*+from+figures+limit+2")
    yield "/newest_figures"


def data_of(path: Path) -> Iterator[str]:
    """An address of everything else that kb serves of a base: images, tables, feeds."""
    first = f"/-/kb/{path.stem}/"
    with KnowledgeBase(path, read_only=True) as base:
        line = _largest_series(base)
    yield from (f"{first}series/{line}{suffix}" for suffix in (".svg", ".csv", ".json"))
    yield from (f"{first}feed.atom", f"{first}feed.atom?series={line}")


def _one(base: KnowledgeBase, column: str, view: str) -> str:
    """The value that comes most often in a column."""
    (row,) = base.sql(
        f"SELECT {column} AS uid FROM {view} WHERE {column} IS NOT NULL"
        " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    return str(row["uid"])


def _largest_series(base: KnowledgeBase) -> str:
    (row,) = base.sql(
        "SELECT series.uid FROM series JOIN claim ON claim.series_id = series.id"
        " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )
    return str(row["uid"])


class Browser:
    """Requests to the pages of a base, each answered at once; `actor` is who asks, None nobody known."""

    def __init__(self, path: Path, *, review: bool = False, **settings: Any) -> None:
        self.datasette = datasette_of(path, review=review, by="Ada Example")
        self.datasette._metadata_local["plugins"]["kb"] |= settings
        self.name = path.stem

    def get(self, address: str, actor: str | None = None, **more: Any) -> Answer:
        """The answer to GET."""
        return self.send("GET", address, actor, **more)

    def post(self, address: str, actor: str | None = None, *, token: bool = True, **said: str) -> Answer:
        """The answer to a form, with the token that its page would have had in it."""
        return self.send("POST", address, actor, said, token=token)

    def decide(
        self,
        form: Mapping[str, str] | None = None,
        *,
        actor: str | None = "root",
        token: bool = True,
        **said: str,
    ) -> Answer:
        """The answer to a form that decides something."""
        filled = {**(form or {}), **said}
        return self.send("POST", f"/-/kb/{self.name}/decide", actor, filled, token=token)

    def send(
        self,
        method: str,
        address: str,
        actor: str | None = None,
        data: dict[str, str] | None = None,
        *,
        token: bool = False,
        **more: Any,
    ) -> Answer:
        """The answer to any request."""
        return asyncio.run(self._send(method, address, actor, data, token, more))

    async def _send(
        self, method: str, address: str, actor: str | None, data: Any, token: bool, more: dict[str, Any]
    ) -> Answer:
        client = self.datasette.client
        cookies = {} if actor is None else {"ds_actor": self.datasette.sign({"a": {"id": actor}}, "actor")}
        if token:
            there = await client.get(f"/-/kb/{self.name}/compare")
            cookies["ds_csrftoken"] = there.cookies["ds_csrftoken"]
            data = {**(data or {}), "csrftoken": cookies["ds_csrftoken"]}
        if data is not None:
            more["data"] = data
        headers = more.pop("headers", {}) | {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
        if not cookies:
            del headers["Cookie"]
        return await client.request(method, address, headers=headers, **more)

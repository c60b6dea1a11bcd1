"""Addresses: of the pages of a base, and of words on the web."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from datasette.utils import tilde_encode

from kb.export.passages import text_fragment

_WEB = ("http://", "https://")


class Links:
    """The addresses of the pages of one base. A uid is part of an address, so that it lasts."""

    def __init__(self, datasette: Any, database: str) -> None:
        self._urls = datasette.urls
        self.database = database

    def start(self) -> str:
        """The first page."""
        return self._page("")

    def article(self, uid: str, fact: str | None = None) -> str:
        """An article, opened at one of its facts."""
        return self._page("article", uid) + (f"#card-{quote(fact, safe='')}" if fact else "")

    def series(self, uid: str, suffix: str = "") -> str:
        """A series; `.svg`, `.csv` and `.json` are the image and the data of it."""
        return self._page("series", uid + suffix)

    def event(self, uid: str) -> str:
        """An event."""
        return self._page("event", uid)

    def entity(self, uid: str) -> str:
        """A person, an organisation or a place."""
        return self._page("entity", uid)

    def conflict(self, uid: str) -> str:
        """A clash."""
        return self._page("conflict", uid)

    def fact(self, uid: str) -> str:
        """A fact, with what was read and decided of it."""
        return self._page("fact", uid)

    def page(self, name: str, /, **asked: str | None) -> str:
        """Another page, with what is asked of it."""
        said = {key: value for key, value in asked.items() if value}
        return self._page(name) + (f"?{urlencode(said)}" if said else "")

    def tables(self) -> str:
        """The tables, views and queries, for those who like SQL."""
        return str(self._urls.database(self.database))

    def static(self, name: str) -> str:
        """A file of the plug-in."""
        return str(self._urls.path(f"/-/static-plugins/kb/{name}"))

    def _page(self, kind: str, uid: str | None = None) -> str:
        where = f"/-/kb/{tilde_encode(self.database)}/{kind}"
        return str(self._urls.path(where if uid is None else f"{where}/{quote(uid, safe='.')}"))


def web(url: str | None) -> str | None:
    """An address to be followed: of the web, else None, so that no other scheme is ever a link."""
    return url if url and url.lower().startswith(_WEB) else None


@lru_cache(maxsize=1_000)  # of each row of a table the same words are asked for twice
def words_on(url: str | None, words: str) -> str | None:
    """The address of words on a page of the web, by a text fragment."""
    return text_fragment(url, words) if url and web(url) else None

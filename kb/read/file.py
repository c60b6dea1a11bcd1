"""One file of text -> an Article."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from kb.model.values import Article


def read_file(
    path: Path,
    *,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Article:
    """Read a file. What the caller says of the source goes before what the text says.

    Raises:
        ReadError: it is missing, empty, binary, too large or of an unknown encoding.
    """
    raw = path.read_bytes()
    article = Article(raw.decode("utf-8"), raw=raw, source=str(path))
    given = {"url": url, "title": title, "published": published, "publisher": publisher}
    return dataclasses.replace(article, **{key: value for key, value in given.items() if value is not None})

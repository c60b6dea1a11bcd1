"""The articles of a release as JSON lines that `kb load` reads again: the same texts, so the same uids."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FILE = "articles.jsonl"
_WORDS = {"page": "text", "quote": "quote", "note": "note"}  # the column of `kb load` that says what it is
_SAID = ("title", "publisher", "published", "modified", "language")


def write_articles(path: Path, sources: Iterable[Mapping[str, Any]]) -> None:
    """A line an article: its words under `text`, `quote` or `note`, and what it says of itself."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for source in sources:
            line = {
                _WORDS[source["kind"]]: source["text"],
                "url": source["url"] or source["cites_url"],
                **{name: source[name] for name in _SAID},
                "authors": source["authors"].split("; ") if source["authors"] else [],
            }
            out.write(json.dumps(line, ensure_ascii=False) + "\n")

"""Read pages: a line `{url, file}` in, a line `{url, title, published, authors, text}` out."""

from __future__ import annotations

import json
from pathlib import Path

from kb.errors import ReadError
from kb.model.plain import plain_article
from kb.read import read_file

KEYS = ("title", "published", "authors", "text")


def predict(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            try:
                article = plain_article(read_file(source.parent / row["file"], url=row["url"]))
            except ReadError:
                continue  # the scorer counts a page that is missing as not read
            out.write(json.dumps({"url": row["url"], **{key: article[key] for key in KEYS}}) + "\n")

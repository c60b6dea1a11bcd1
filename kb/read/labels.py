"""Labels of a page's lines ("Source:", "Published"), and the address that a line holds."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from kb.lexicon import read_table

_URL = re.compile(r"https?://[^\s<>\"'()\[\]]+(?:\([^\s<>\"'()]*\)[^\s<>\"'()\[\]]*)*", re.IGNORECASE)


@cache
def labels(kind: str) -> tuple[str, ...]:
    """The labels of a kind, longest first, without colons."""
    words = {row["words"].rstrip(":") for row in read_table("furniture") if row["class"] == f"label-{kind}"}
    return tuple(sorted(words, key=len, reverse=True))


def find_url(line: str) -> str | None:
    """The web address that the line holds, with `<>` and closing punctuation removed; None for none.

    >>> find_url("<https://example.org/a_(b)?c=1>.")
    'https://example.org/a_(b)?c=1'
    """
    match = _URL.search(line)
    if match is None:
        return None
    url = match[0].rstrip(".,;:!?*_")
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return url if host and "." in host else None


def url_label(line: str) -> bool:
    """Whether the line says that the address beside or under it is the article's own."""
    label = _URL.sub("", line).strip(" \t:<>-–—*_()[]").lower()
    return label in labels("url")


def labelled(line: str, kind: str) -> str | None:
    """What follows a label with its colon ("Title: ..."), or None."""
    lower = line.lower()
    for label in labels(kind):
        if lower.startswith(f"{label}:") and (words := line[len(label) + 1 :].strip()):
            return words
    return None

"""Labels of a page's lines ("Source:", "Published"), and the address that a line holds."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from kb.lexicon import read_table

_URL = re.compile(r"https?://[^\s<>\"'()\[\]]+(?:\([^\s<>\"'()]*\)[^\s<>\"'()\[\]]*)*", re.IGNORECASE)

_LINKED = re.compile(r"(?<!!)\[([^\[\]\n]{1,200})\]\(<?(https?://[^\s<>]{1,2000}?)>?\)", re.IGNORECASE)


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


def linked_url(line: str) -> str | None:
    """The address of a Markdown link that says that it leads to the article itself, or else None.

    It says so by a label ("Original"), or by the name of its site where it leads to a page of it.

    >>> linked_url("*By Ann Doe · [example.org](https://www.example.org/a)*")
    'https://www.example.org/a'
    >>> linked_url("*By [Ann Doe](https://example.org/ann)*") is None
    True
    """
    for said, target in _LINKED.findall(line):
        url = find_url(target)
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.")
        named = said.strip("*_ ").lower().removeprefix("www.")
        if url and (named in labels("url") or (named == host and parts.path.strip("/"))):
            return url
    return None

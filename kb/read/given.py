"""What a user says of a source, checked before it is stored."""

from __future__ import annotations

from urllib.parse import urlsplit

from kb.errors import UsageError


def parse_url(words: str) -> str:
    """The address of a page: http or https with a host, nothing that a browser would run.

    Raises:
        UsageError: it is no such address.
    """
    url = words.strip()
    try:
        parts = urlsplit(url)
        is_page = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_page = False
    if not is_page or any(letter.isspace() or not letter.isprintable() for letter in url):
        raise UsageError(f"{words!r} is no address of a page: give it like https://example.org/a")
    return url

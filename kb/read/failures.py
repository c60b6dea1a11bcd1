"""What could not be loaded, as a row of JSON Lines that can be loaded again when the cause is mended.

A row names a file or an address under "kb load", with what the user said of it beside it; or, like any
other table's, a page by its URL with what the list that led to it says of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.errors import ReadError
from kb.read.given import Given, parse_columns, parse_format, parse_url
from kb.read.pointer import Pointer

SOURCE = "kb load"
_WORDS = ("url", "title", "published", "publisher")
_SAID = ("title", "published", "modified", "publisher")


def failed_source(source: str, given: Given) -> dict[str, Any]:
    """The row of a file or an address that the user named."""
    said = {name: getattr(given, name) for name in (*_WORDS, "max_text", "format")}
    said["map"] = ",".join(f"{field}={column}" for field, column in given.columns.items()) or None
    return {SOURCE: source, **{name: value for name, value in said.items() if value is not None}}


def failed_page(pointer: Pointer) -> dict[str, Any]:
    """The row of a page that a list led to."""
    said: dict[str, Any] = {name: getattr(pointer, name) for name in _SAID}
    authors = {"authors": list(pointer.authors)} if pointer.authors else {}
    return {
        "url": pointer.url,
        **{name: value for name, value in said.items() if value is not None},
        **authors,
    }


def read_failed_source(row: Mapping[str, Any], where: str, given: Given) -> Pointer:
    """What a row of `failed_source` leads to. What is said of the whole table goes before what it says.

    Raises:
        ReadError: it holds something that is no text.
        UsageError: a value is no date, address, format or mapping.
    """
    source, number = row[SOURCE], row.get("max_text")
    words = {name: row.get(name) for name in (*_WORDS, "format", "map")}
    for name, value in {SOURCE: source, **words}.items():
        if not isinstance(value, str | None):
            raise ReadError(f"{where}: {name} is {type(value).__name__}, not text")
    said = Given(
        None if words["url"] is None else parse_url(words["url"]),
        words["title"],
        given.published or words["published"],
        given.publisher or words["publisher"],
        number if isinstance(number, int) else given.max_text,
        parse_format(words["format"]),
        parse_columns([words["map"]] if words["map"] else ()),
        stored=given.stored,
    )
    return Pointer(source, source=where, said=said.checked())

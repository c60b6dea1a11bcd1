"""Sources that hold addresses alone: sitemaps, indexes of them, and text files with an address a line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import urljoin

from lxml import etree

from kb.errors import ReadError, UsageError
from kb.read.given import Given, parse_url
from kb.read.markup.dates import normalize_date
from kb.read.pointer import Pointer
from kb.read.streams.encoding import as_utf8, decode_line
from kb.read.streams.hostile import refuse_depth, refuse_entities
from kb.read.streams.opened import read_lines

LONGEST_ADDRESS = 8_000  # bytes of a line
_LOCATION = re.compile(rb"<(?:\w+:)?loc[\s>]", re.IGNORECASE)
_ENTRIES = ("{*}url", "{*}sitemap")


def read_sitemap(raw: bytes, source: str, given: Given) -> Iterator[Pointer | ReadError]:
    """The pages that a sitemap names (sitemaps.org, with Google's news tags), or the sitemaps of an index.

    An ill-formed one is read as far as it can be. Entities are not resolved and nothing is fetched.

    Raises:
        ReadError: it names no address, or has what only attacks have.
    """
    raw = as_utf8(raw, source)
    refuse_entities(raw, source)
    refuse_depth(raw, source)
    found = 0
    total = max(1, len(_LOCATION.findall(raw)))
    for values in _entries(raw, source):
        found += 1
        given.tell(min(1.0, found / total))
        try:
            yield _pointer(values, f"{source}, entry {found}", given)
        except UsageError as error:
            yield ReadError(f"{source}, entry {found}: {error}")
    if not found:
        raise ReadError(f"{source} is a sitemap without an address: look at it, or fetch it again")


def read_addresses(stream: BinaryIO, source: str, given: Given) -> Iterator[Pointer | ReadError]:
    """The pages that a text names, an address a line; lines that begin with "#" are notes."""
    guessed: str | None = None
    for number, line in enumerate(read_lines(stream, LONGEST_ADDRESS), 1):
        where = f"{source}, line {number}"
        if line is None:
            yield ReadError(f"{where}: it is longer than any address: give one a line")
            continue
        try:
            text, guessed = decode_line(line, guessed, where)
            words = text.strip("\ufeff \t\r\n")
            if words and not words.startswith("#"):
                url = parse_url(words)
                yield Pointer(url, published=given.published, publisher=given.publisher, source=where)
        except (ReadError, UsageError) as error:
            yield ReadError(f"{where}: {error}")


def _entries(raw: bytes, source: str) -> Iterator[dict[str, str]]:
    """What each entry of a sitemap says: its own values and those of its news tags by their local names."""
    parsing = etree.iterparse(
        io.BytesIO(raw),
        events=("end",),
        tag=_ENTRIES,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
    )
    try:
        for _, entry in parsing:
            own = [child for child in entry if isinstance(child.tag, str)]
            news = [
                node for child in own if _name(child) == "news" for node in child.iter() if node is not child
            ]
            values = {
                f"news:{_name(node)}": (node.text or "").strip() for node in news if isinstance(node.tag, str)
            }
            yield values | {_name(child): (child.text or "").strip() for child in own} | {"of": _name(entry)}
            entry.clear()
            while entry.getprevious() is not None:  # those read before hang on their parent
                del entry.getparent()[0]
    except etree.LxmlError as error:
        raise ReadError(f"{source} is no sitemap that can be read ({error}): fetch it again") from error


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _pointer(values: dict[str, str], where: str, given: Given) -> Pointer:
    try:
        url = parse_url(urljoin(given.base_url, values.get("loc", "")))
    except ValueError as error:  # brackets without an address of IPv6 in them
        raise UsageError(f"{values.get('loc')!r} is no address of a page") from error
    if values["of"] == "sitemap":
        return Pointer(url, "sources", source=where)
    return Pointer(
        url,
        title=values.get("news:title") or None,
        published=given.published or normalize_date(values.get("news:publication_date", "")),
        modified=normalize_date(values.get("lastmod", "")),
        publisher=given.publisher or values.get("news:name") or None,
        source=where,
    )

"""Stored bytes read again by the present reader of their format."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import cast

from kb.model.values import Article
from kb.read.documents import html, mhtml, pdf, text
from kb.read.given import MAX_TEXT, Format, Given
from kb.read.sources.single import read_single

# Formats -> the names of their present readers. The bytes of a table's row or a feed's entry are kept as
# they were taken apart: there is nothing in them to be read otherwise.
READERS: Mapping[str, str] = {
    reader.partition("/")[0]: reader for reader in (text.READER, html.READER, mhtml.READER, pdf.READER)
}
_UNPACKED = 1_000  # times the bytes that are stored, at most; they were taken in once


def read_again(stored: Article, raw: bytes, charset: str | None = None) -> Article:
    """The article in the bytes that a stored one was read from.

    What the stored one says of title, day, publisher and address stays, for a user may have said it; what
    it does not say, the authors and the text are those that the reader finds.

    Args:
        stored: the article as it is stored; its reader tells the format.
        raw: the bytes as they came.
        charset: the encoding that a server stated for them.

    Raises:
        ReadError: they hold no article any more.
    """
    given = Given(
        stored.url,
        stored.title,
        stored.published,
        stored.publisher,
        max_text=max(MAX_TEXT, _UNPACKED * len(raw)),
    )
    format_ = cast(Format, stored.reader.partition("/")[0])
    article = read_single(raw, stored.source, given, format_, charset)
    return dataclasses.replace(article, retrieved_at=stored.retrieved_at)

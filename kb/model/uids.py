"""Public ids: short hashes of what a row is, the same in every base that read the same text.

A uid never depends on a row number or on the order of loading: it can be cited for ever.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Callable
from itertools import count

_BYTES = 10  # 80 bits are 16 letters of base 32 without padding


def uid_of(*parts: str | int) -> str:
    """The uid of something that these parts identify: 16 lowercase letters and digits (RFC 4648 base 32).

    >>> uid_of("page", "https://example.org/a")
    'htxshsxltanxtuxt'
    """
    # The length before each part keeps ("ab", "c") and ("a", "bc") apart.
    data = b"".join(b"%d:%s" % (len(p), p) for p in (str(part).encode() for part in parts))
    return b32encode(hashlib.blake2b(data, digest_size=_BYTES).digest()).decode().lower()


def fresh_uid(is_taken: Callable[[str], bool], *parts: str | int) -> str:
    """The uid of what was said before, said again: of its parts and of how often they were said."""
    return next(uid for ordinal in count(1) if not is_taken(uid := uid_of(*parts, ordinal)))


def text_sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def article_uid(kind: str, url: str | None, text_hash: str) -> str:
    """The uid of an article: of its URL, or of its text as long as it has none.

    A quote or a note is told by its words too, for many of them come from one page. A text that gets its
    URL later is called by it from then on, and stays known by the uid that it had (`kb.store.called`).
    """
    if kind == "page":
        return uid_of("article", kind, url or text_hash)
    return uid_of("article", kind, url or "", text_hash)


def fact_uid(text_hash: str, kind: str, start_char: int, end_char: int, ordinal: int = 1) -> str:
    """The uid of a mention, report or claim: of the text it stands in and where.

    `ordinal` counts the facts of one kind that share the same words, from 1.
    """
    return uid_of("fact", text_hash, kind, start_char, end_char, ordinal)

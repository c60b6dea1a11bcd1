"""What markup holds only if somebody means harm: refused before a parser sees it."""

from __future__ import annotations

import re

from kb.errors import ReadError

DEEPEST = 1_000  # tags in each other; a page has thirty
_LONGEST_TYPE = 200_000  # bytes in which a document type is looked for
_ENTITY = re.compile(
    rb"<!entity\s+(?:%|[^\s>]{1,200}\s+(?:system\b|public\b|\"[^\"]*&(?!#)|'[^']*&(?!#)|\"[^\"]{1000}|'[^']{1000}))",
    re.IGNORECASE,
)
_PARTS = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)[a-z][^<>]*?(/?)>",
    re.IGNORECASE | re.DOTALL,
)


def refuse_entities(raw: bytes, source: str) -> None:
    """Refuse a document that declares entities out of others, out of files, or very long ones.

    They make a short document fill the memory, or show what is on the reader's disk. kb resolves none
    of them; a document that has them is no article's.

    Raises:
        ReadError: it does.
    """
    if _ENTITY.search(raw, 0, _LONGEST_TYPE):
        raise ReadError(
            f"{source} declares entities as attacks on readers do: look at its first lines, and remove them "
            "if you trust it"
        )


def refuse_depth(raw: bytes, source: str) -> None:
    """Refuse XML in which too many tags stand in each other: parsers take ever longer for it.

    Raises:
        ReadError: it has more than `DEEPEST`.
    """
    if raw.count(b"<") <= DEEPEST:
        return
    depth = 0
    for part in _PARTS.finditer(raw):
        closing, empty = part.groups()
        if closing is None or empty:
            continue
        depth += -1 if closing else 1
        if depth > DEEPEST:
            raise ReadError(f"{source} has more than {DEEPEST:,} nested tags: it is no feed or sitemap")

"""A PDF with a text layer -> an Article.

Its metadata is what a program filled in: a title, an author or a day of it is taken only where the
first page shows the same.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from kb.errors import ReadError
from kb.model.values import Article
from kb.read.documents.pdf_layer import ENCRYPTED, SECONDS
from kb.read.documents.text import read_text
from kb.read.given import Given
from kb.read.lines.bylines import is_name
from kb.read.lines.days import find_day
from kb.read.lines.furniture import plain
from kb.read.lines.paragraphs import ends_sentence, is_item
from kb.read.lines.plain import strip_markup

READER = "pdf/2"
REPEATED = 3  # pages that have a line at their edge: it is the document's, not the text's
EDGE = 2  # lines of a page's head and foot
FULL = 0.8  # of the usual length of a line; a shorter one that ends a sentence ends a paragraph
_CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_PARTED = re.compile(r"(?<=[^\W\d_])-$")
_DIGITS = re.compile(r"\d+")
_LIGATURES = {ord(one): many for one, many in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}


def read_pdf(raw: bytes, source: str, given: Given) -> Article:
    """The article in a PDF: the text of its layer as paragraphs, without heads and feet of its pages.

    Raises:
        ReadError: it is damaged, encrypted, too large, or has pictures of text alone.
    """
    layer = _layer(raw, source, given.most_text)
    pages = [[strip_markup(line.translate(_LIGATURES)) for line in page] for page in layer["pages"]]
    lines = [line for page in _without_edges(pages) for line in page if line]
    text = "\n\n".join(paragraphs_of_lines(lines))
    if not any(letter.isalpha() for letter in text):
        raise ReadError(
            f"{source} has no text layer, only pictures of its pages: recognise the text first (OCR)"
        )
    given.check_size(text, source)
    first = " ".join(line for page in pages[:1] for line in page)
    article = read_text(text, source=source, title=given.title or _title(layer, first))
    shown = (find_day(line) for line in pages[0]) if pages else iter(())
    days = {day[0] for day in shown if day}
    created = _CREATED.match(layer["created"] or "")
    day = "-".join(created.groups()) if created else None
    return replace(
        article,
        authors=article.authors or _author(layer, first),
        published=article.published or (day if day in days else None),
        reader=READER,
    )


def paragraphs_of_lines(lines: Sequence[str]) -> list[str]:
    """The paragraphs of lines that a margin broke.

    A paragraph ends with a sentence on a line that is not full, and before an item of a list; a short
    line that ends none and has no other behind it that goes on in lower case is a heading.
    """
    usual = sorted(map(len, lines))[int(0.9 * len(lines))] if lines else 0
    whole = " ".join(lines)
    found: list[str] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else ""
        if not i or _parts(before, line, FULL * usual):
            found.append(line)
        elif _PARTED.search(before) and line[:1].islower():
            found[-1] = _unhyphenated(found[-1], line, whole)
        else:
            found[-1] += f" {line}"
    return found


def _parts(before: str, line: str, full: float) -> bool:
    """Whether a paragraph ends between two lines."""
    if is_item(line):
        return True
    if len(before) >= full or line[:1].islower():
        return False
    return ends_sentence(before) or before.endswith(":") or len(before) < 0.75 * full


def _unhyphenated(before: str, after: str, whole: str) -> str:
    """Two lines that a hyphen parts: the word keeps it where the text has it so within a line."""
    start, end = before.rsplit(" ", 1)[-1], after.split(" ", 1)[0].rstrip(".,;:!?")
    return before + after if f"{start}{end}" in whole else before[:-1] + after


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """The pages without the lines that stand at the edges of several of them, numbers aside."""
    edges = Counter(
        key
        for page in pages
        for key in {_DIGITS.sub("#", line) for line in page[:EDGE] + page[-EDGE:] if line}
    )
    kept = []
    for page in pages:
        last = len(page) - EDGE
        kept.append(
            [
                line
                for i, line in enumerate(page)
                if EDGE <= i < last or (edges[_DIGITS.sub("#", line)] < REPEATED and not line.isdigit())
            ]
        )
    return kept


def _title(layer: Mapping[str, Any], first: str) -> str | None:
    """The title of the metadata, if the first page shows it."""
    title = " ".join((layer["title"] or "").split())
    return title if len(title.split()) > 1 and plain(title) in plain(first) else None


def _author(layer: Mapping[str, Any], first: str) -> tuple[str, ...]:
    """The authors of the metadata whom the first page names."""
    names = [" ".join(name.split()) for name in re.split(r"[,;&]|\band\b", layer["author"] or "")]
    return tuple(name for name in names if len(name.split()) > 1 and is_name(name) and name in first)


def _layer(raw: bytes, source: str, most_text: int) -> dict[str, Any]:
    """What the other process read.

    Raises:
        ReadError: it could not, or took too long.
    """
    command = [sys.executable, "-I", str(Path(__file__).with_name("pdf_layer.py")), str(most_text)]
    damaged = f"{source} is a damaged PDF, or one that kb cannot read"
    advice = "print it into a new PDF, or save its text"
    try:
        ran = subprocess.run(command, input=raw, capture_output=True, timeout=2 * SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"{damaged} (it takes more than {2 * SECONDS} s): {advice}") from error
    if ran.returncode == ENCRYPTED:
        raise ReadError(f"{source} is an encrypted PDF: save it without a password")
    if ran.returncode:
        told = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        why = told[-1][:200] if told and ran.returncode > 0 else "it takes too much time or memory"
        raise ReadError(f"{damaged} ({why}): {advice}")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found

"""A PDF with a text layer -> an Article."""

from __future__ import annotations

from kb.errors import ReadError
from kb.model.values import Article
from kb.read.given import Given


def read_pdf(raw: bytes, source: str, given: Given) -> Article:
    raise ReadError(f"{source} is a PDF")

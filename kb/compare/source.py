"""A draft as a text to be read: from a file, a pipe or a string, with its day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from kb.errors import ReadError
from kb.extract import ENGLISH
from kb.model.values import Article
from kb.read import read_file
from kb.read.language import detect_language
from kb.read.lines.days import parse_published
from kb.read.streams.encoding import decode
from kb.read.streams.opened import STDIN


def draft_in_file(path: Path, *, published: str | None = None) -> Article:
    """The draft in a file of text, Markdown or HTML, or a PDF, with its title; "-" is standard input.

    Its day is the one given, else the one that it states, else today.

    Raises:
        ReadError: it cannot be read, or is not in English.
        UsageError: `published` is no date.
    """
    article = read_file(path, published=published)
    if article.title and article.title not in article.text:
        article = dataclasses.replace(article, text=f"{article.title}\n\n{article.text}")
    return _dated(article, "standard input" if str(path) == STDIN else str(path))


def draft_in_text(text: str, *, published: str | None = None) -> Article:
    """The draft in a string, all of it as it stands. Its day is the one given, else today.

    Raises:
        ReadError: it is empty, or not in English.
        UsageError: `published` is no date.
    """
    day = parse_published(published) if published is not None else None
    text = decode(text.encode("utf-8", "surrogatepass"), "the draft")
    return _dated(Article(text, published=day, language=detect_language(text)), "the draft")


def _dated(article: Article, name: str) -> Article:
    if article.language not in (None, ENGLISH):
        raise ReadError(
            f"{name} is in another language ({article.language}): figures and events are read in English"
        )
    day = article.published if article.published_day else dt.datetime.now().astimezone().date().isoformat()
    return dataclasses.replace(article, published=day, url=None, publisher=None, kind="page")

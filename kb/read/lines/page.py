"""The lines of a saved page, told apart: title, days, bylines, addresses, captions, furniture, text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kb.read.lines.bylines import find_authors
from kb.read.lines.days import day_line, is_untold_day
from kb.read.lines.furniture import furniture_class, is_caption
from kb.read.lines.labels import find_url, labelled, url_label
from kb.read.lines.paragraphs import Line, ends_sentence, word_count

Role = Literal[
    "text",
    "prose",
    "title",
    "day",
    "author",
    "url",
    "caption",
    "line",
    "section",
    "cut",
    "disclaimer",
    "label",
]
FEWEST_WORDS = 8  # of a sentence of the body; a shorter one may be a heading, a label, a caption
LONG_PROSE = 250  # characters; a line of this length is prose whatever it ends with
_NUMERIC_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:,?\s+\d{1,2}[:.]\d\d.{0,12})?")


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the page and what it is; `genre` where it is the page's own label."""

    line: Line
    role: Role
    genre: str | None = None

    @property
    def text(self) -> str:
        return self.line.text


def part_of(line: Line) -> Part:
    """The line with its role as far as it can be told from the line alone."""
    kind = furniture_class(line.text)
    if kind is not None:
        if kind.startswith("genre-"):
            return Part(line, "label", kind.removeprefix("genre-"))
        return Part(line, kind)  # type: ignore[arg-type]  # the classes of the table are roles: tested
    numeric = _NUMERIC_DAY.fullmatch(line.text) is not None or is_untold_day(line.text)
    if numeric or next(day_line(line.text), None) is not None:
        return Part(line, "day")
    if find_authors(line.text):
        return Part(line, "author")
    if labelled(line.text, "title") or labelled(line.text, "publisher"):
        return Part(line, "label")
    if _is_address(line.text):
        return Part(line, "url")
    if is_caption(line.text):
        return Part(line, "caption")
    prose = len(line.text) > LONG_PROSE or (
        ends_sentence(line.text) and word_count(line.text) >= FEWEST_WORDS and not line.heading
    )
    return Part(line, "prose" if prose else "text")


def _is_address(text: str) -> bool:
    """Whether the line is a web address, or the label of one, and nothing else."""
    if len(text) > 2_000:
        return False
    url = find_url(text)
    if url is None:
        return text.rstrip().endswith(":") and url_label(text)
    return url_label(text) or not any(character.isalnum() for character in text.replace(url, ""))

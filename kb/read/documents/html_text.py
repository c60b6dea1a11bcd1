"""The main text of a page: trafilatura's reading of it, without what is none of the article."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from kb.read.lines.body import body_of
from kb.read.lines.bylines import find_authors
from kb.read.lines.days import dateline_day, day_line
from kb.read.lines.page import Part, part_of
from kb.read.lines.paragraphs import Line, ends_sentence, join_broken
from kb.read.lines.plain import strip_markup
from kb.read.lines.titles import Page, read_page
from kb.read.markup.dates import find_shown_day
from kb.read.markup.structured import Structured
from kb.read.markup.words import words_of

logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it has to say is in our errors
HEAD = 6  # lines of the main text that may still belong to the page's header
LONGEST_DAY = 60  # characters of a line that tells the day, and the time and the place with it
BESIDE_NAMES = 40  # characters of a byline that are no names: "by", a role, a day
SUMMARY = 2  # paragraphs before the article's body as stated that can be its summary
KNOWN_BY = 60  # characters by which a paragraph is found in the body as stated
FEWEST_PARTS, LEAST_TEXT = 3, 400  # paragraphs and characters in a cell that holds a page
_BREAKS = re.compile(r"\n\s*")
_BLOCK_END = re.compile(r"</?(?:p|div|br|li|h[1-6]|blockquote)\b[^<>]{0,300}>|\n+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MainText:
    """The paragraphs of a page's article, items of lists and rows of tables among them.

    `published` and `authors` are what lines of their own in front of them tell; they are none of it.
    """

    paragraphs: list[str]
    published: str | None
    authors: tuple[str, ...]


def find_main_text(
    tree: HtmlElement, stated: Structured, title: str | None, authors: Sequence[str]
) -> MainText:
    """The article's own text, without its title, its day and its authors' names in lines of their own."""
    _fold_spaces(tree)
    _open_layout(tree)
    text, wide = _main_text(tree)
    lines = _parts(text)
    language = (tree.get("lang") or "").lower()
    shown = _parts(wide)[:HEAD] or lines[:HEAD]
    lines = [
        line
        for i, line in enumerate(lines)
        if i >= HEAD or not (_is_day(line.text, language) or _is_byline(line.text, authors))
    ]
    page = read_page(lines, title, whole=True) if title else Page(lines, None, 0, menu=False)
    found = join_broken([part.text for part in body_of(page)]) or [line.text for line in lines]
    paragraphs = _within(found, _stated_body(stated))
    return MainText(paragraphs, _day_in(shown, paragraphs), _authors_in(shown))


def _parts(text: str) -> list[Part]:
    return [part_of(Line(words)) for words in map(strip_markup, text.splitlines()) if words]


def _day_in(head: Sequence[Part], paragraphs: Sequence[str]) -> str | None:
    """The day that a line of the head tells, or the dateline of the text."""
    lines = (part for part in head if part.role in ("day", "author"))
    days = (said for part in lines for said in day_line(part.text, byline=part.role == "author"))
    found = (day for role, day in days if role in ("published", "unlabelled"))
    return next(found, None) or (dateline_day(paragraphs[0]) if paragraphs else None)


def _authors_in(head: Sequence[Part]) -> tuple[str, ...]:
    """Whom the first byline in the head names."""
    return next((find_authors(part.text) for part in head if part.role == "author"), ())


def _fold_spaces(tree: HtmlElement) -> None:
    """Make a space of every line break in the page's source, as browsers do: it is no break of the text."""
    preformatted = {node for pre in tree.iter("pre", "textarea", "script", "style") for node in pre.iter()}
    for node in tree.iter():
        if node.text and "\n" in node.text and node not in preformatted:
            node.text = _BREAKS.sub(" ", node.text)
        if node.tail and "\n" in node.tail and node.getparent() not in preformatted:
            node.tail = _BREAKS.sub(" ", node.tail)


def _open_layout(tree: HtmlElement) -> None:
    """Take the tables apart by which old pages place their columns: the text in a cell is no table's."""
    for table in list(tree.iter("table")):
        if any(_holds_page(cell) for cell in table.iter("td")):
            for node in [table, *table.iter("tbody", "tr", "td")]:
                node.tag = "div"


def _holds_page(cell: HtmlElement) -> bool:
    """Whether a cell holds paragraphs of an article rather than a value."""
    parts = sum(1 for _ in cell.iter("p", "br", "div", "h1", "h2", "h3", "table"))
    return parts >= FEWEST_PARTS and len(words_of(cell)) >= LEAST_TEXT


def _main_text(tree: HtmlElement) -> tuple[str, str]:
    """What trafilatura takes for the main text, a line a paragraph, and what with its wide setting.

    It looks again with looser settings where its first look finds little, and then may take the articles
    around this one; its wide setting does without the second look and shows that it happened.
    """
    found = _extracted(tree, wide=False)
    wide = _extracted(tree, wide=True) if found else ""
    return (wide if len(wide) < len(found) // 2 else found), wide


def _extracted(tree: HtmlElement, *, wide: bool) -> str:
    from trafilatura import bare_extraction

    document = bare_extraction(tree, include_comments=False, with_metadata=False, favor_recall=wide)
    return str(document.text or "") if document is not None and not isinstance(document, dict) else ""


def _is_day(words: str, language: str) -> bool:
    """Whether a line is the day of the page, in whatever language."""
    return len(words) <= LONGEST_DAY and find_shown_day(words, language) is not None


def _is_byline(words: str, authors: Sequence[str]) -> bool:
    """Whether a line names the page's authors and hardly anything else."""
    named = sum(len(name) for name in authors if name in words)
    return named > 0 and len(words) <= named + BESIDE_NAMES and not ends_sentence(words)


def _stated_body(page: Structured) -> list[str]:
    """The article's body as the page states it for machines, parted where it is parted there."""
    bodies = [body for body in page.values("articleBody") if isinstance(body, str)]
    longest = max(bodies, key=len, default="")
    return [words for words in map(strip_markup, _BLOCK_END.sub("\n", longest).split("\n")) if words]


def _within(found: list[str], stated: list[str]) -> list[str]:
    """The paragraphs found, without boxes before and behind the body that the page states; else that body.

    A stated body goes before a text that has less than half of it, or all of it in fewer paragraphs.
    One that has less than half of the text is an excerpt and tells nothing.
    """
    whole, size = _fold("".join(stated)), sum(map(len, found))
    if len(whole) > 2 * size or (len(stated) > len(found) and _fold("".join(found)) == whole):
        return stated
    inside = [len(words) > 20 and _fold(words)[:KNOWN_BY] in whole for words in found]
    if 2 * sum(len(words) for words, known in zip(found, inside) if known) < size or not any(inside):
        return found
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    return found[first if first > SUMMARY else 0 : last]


def _fold(words: str) -> str:
    return re.sub(r"\W+", "", words.lower())

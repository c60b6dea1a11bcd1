"""A text as people save pages -> an Article: the body alone, and what the page says of itself.

The lines are read as a head (masthead, title, byline, day, captions), a body, and a foot (teasers,
comment form, notices). The head ends with the first line of prose; the foot begins where the
lexicon knows an end, or a list of teasers after which little prose follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.model.values import Article, Genre
from kb.read.documents.front_matter import split_front_matter
from kb.read.language import detect_language
from kb.read.lines.body import body_of
from kb.read.lines.bylines import find_authors
from kb.read.lines.days import dateline_day, day_line
from kb.read.lines.furniture import plain
from kb.read.lines.labels import find_url, labelled, labels, linked_url, url_label
from kb.read.lines.page import Part, part_of
from kb.read.lines.paragraphs import Line, join_broken, lines_of
from kb.read.lines.plain import strip_markup
from kb.read.lines.titles import HEAD, Page, read_page, same_title

READER = "text/3"
HEAD_TEXT = 20_000  # characters in which the lines of the head are looked for
_WORD = r"[A-Z][\w'’&-]*(?:\.\w[\w'’&-]*)*"
_NAME = rf"(?P<name>(?:[Tt]he )?{_WORD}(?: (?:(?:of|the|and|for) |& )*{_WORD}){{0,6}})"
_POSITION_OF = re.compile(rf"necessarily (?:reflect|represent)\b.{{0,80}}?\b(?:of|by) {_NAME}")
_COPYRIGHT = re.compile(
    r"^(?:[Cc]opyright|COPYRIGHT|©|\([cC]\))[\s©(cC)]*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,]*(?:by )?" + _NAME
)
_OF_READERS = re.compile(r"\b(?:readers|users|comment(?:s|ers|ators))\b", re.IGNORECASE)
_RIGHTS = re.compile(r"[.,|]?\s*\b(?:all rights reserved|inc|ltd|llc|gmbh|plc)\b.*$", re.IGNORECASE)


def read_text(text: str, *, source: str = "<text>", title: str | None = None) -> Article:
    """The article in a text: its body as paragraphs separated by an empty line, and what the text states.

    Args:
        text: decoded, with "\\n" as line ends.
        source: what was read, for messages.
        title: the article's title if it is known already: found again, it is no part of the body.
    """
    stated, text = split_front_matter(text)
    title = title or stated.title
    lines = [part_of(line) for line in _with_labels(lines_of(text))]
    page = read_page(lines, title)
    if title is None and not body_of(page):  # what looks like a title is all that there is
        page = Page(lines, None, 0, menu=False)
    parts = page.parts
    body = "\n\n".join(join_broken([part.text for part in body_of(page)]))
    published, modified = _days(page)
    article = Article(
        body,
        title=page.title,
        published=published,
        modified=modified,
        url=_url(parts) or _linked(text),
        publisher=_publisher(parts, page.title),
        authors=_authors(parts),
        language=detect_language(body),
        genre=_genre(page),
        source=source,
        reader=READER,
    )
    return stated.applied(article)


def _with_labels(lines: list[Line]) -> list[Line]:
    """The lines, with a label on a line of its own put before what it tells: "By", "Published"."""
    alone = {label for kind in ("author", "published", "modified") for label in labels(kind)}
    found: list[Line] = []
    for line in lines:
        before = found[-1].text.rstrip(" :").lower() if found else ""
        joined = f"{found[-1].text} {line.text}" if before in alone else ""
        if joined and (find_authors(joined) or next(day_line(joined), None)):
            found[-1] = Line(joined)
        else:
            found.append(line)
    return found


def _days(page: Page) -> tuple[str | None, str | None]:
    """The days of publication and of the last change. A masthead shows the day of saving instead."""
    parts = page.parts
    titles = sum(part.role == "title" for part in parts)
    web = page.menu or titles > 1 or any(part.role in ("section", "cut", "line") for part in parts)
    body = _first_prose(page)
    first_title = next((i for i, part in enumerate(parts) if part.role == "title"), 0)
    found: dict[str, list[str]] = {"published": [], "modified": [], "head": [], "masthead": []}
    for i, part in enumerate(parts):
        if part.role not in ("day", "author", "line"):
            continue
        for role, day in day_line(part.text, byline=part.role == "author"):
            if role in ("published", "modified"):
                found[role].append(day)
            elif role == "unlabelled" and i < body:
                found["masthead" if i < first_title and titles else "head"].append(day)
    near = [] if web else found["masthead"]
    published = found["published"] or found["head"] or near
    if not published and body < len(parts) and (dated := dateline_day(parts[body].text)):
        published = [dated]
    return min(published, default=None), max(found["modified"], default=None)


def _first_prose(page: Page) -> int:
    """The position of the first line of the article's own prose."""
    prose = (i for i, part in enumerate(page.parts) if part.role == "prose" and i >= page.start)
    return next(prose, len(page.parts))


def _authors(parts: Sequence[Part]) -> tuple[str, ...]:
    """Whom the first byline names."""
    return next((find_authors(part.text) for part in parts if part.role == "author"), ())


def _url(parts: Sequence[Part]) -> str | None:
    """The article's own address: the labelled one, else the only one that stands alone on a line."""
    alone: list[str] = []
    for i, part in enumerate(parts):
        if part.role != "url":
            continue
        url = find_url(part.text)
        if url is None:
            continue
        if url_label(part.text) or (i and parts[i - 1].role == "url" and find_url(parts[i - 1].text) is None):
            return url
        alone.append(url)
    return alone[0] if len(alone) == 1 else None


def _linked(text: str) -> str | None:
    """The address that a link in the head says to be the article's own, if one alone does."""
    head: set[str] = set()
    for line in [line for line in text[:HEAD_TEXT].splitlines() if line.strip()][:HEAD]:
        if part_of(Line(strip_markup(line))).role == "prose":
            break
        if (url := linked_url(line)) is not None:
            head.add(url)
    return head.pop() if len(head) == 1 else None


def _publisher(parts: Sequence[Part], title: str | None) -> str | None:
    """Who the page says published it: by a label, a disclaimer, a copyright line, a name behind its title."""
    for part in parts:
        if part.role == "label" and (name := labelled(part.text, "publisher")):
            return name
    for part in parts:
        if part.role == "disclaimer" and (match := _POSITION_OF.search(part.text)):
            return match["name"].rstrip(".")
    for part in parts:
        if part.role == "line" and (match := _COPYRIGHT.search(part.text)):
            return _RIGHTS.sub("", match["name"]).rstrip(".") or None
    for part in parts:
        if title and part.role == "title" and same_title(plain(part.text), plain(title)):
            tail = part.text[len(title) :].strip(" |-–—·«»:")
            if part.text.lower().startswith(title.lower()) and tail:
                return tail
    return None


def _genre(page: Page) -> Genre | None:
    """What the page calls itself, by a label of its own in the head or a disclaimer of opinion."""
    labels = [part.genre for part in page.parts[: _first_prose(page)] if part.genre]
    if any(part.role == "disclaimer" and not _OF_READERS.search(part.text) for part in page.parts):
        return "opinion"
    return labels[-1] if labels and not page.menu else None  # type: ignore[return-value]

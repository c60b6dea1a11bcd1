"""The title that a saved page shows."""

from __future__ import annotations

from dataclasses import dataclass

from kb.read.lines.furniture import plain
from kb.read.lines.labels import labelled
from kb.read.lines.layout import without_menus
from kb.read.lines.page import Part
from kb.read.lines.paragraphs import ends_sentence, word_count

LONGEST_LABEL = 20  # characters, of a section
LONGEST_TITLE = 250  # characters
FOLLOWED = 5  # lines between a title and its day or byline
NEAR = 8  # lines before the article, behind a menu
_PASSED = ("caption", "label", "title", "prose")  # they may stand between a title and its day
HEAD = 40  # lines before the article; a title is looked for no further


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page from its head to its foot; `start` is the first of the run that is its article.

    `menu` tells that more stood before them: what is far from the article may be the site's.
    """

    parts: list[Part]
    title: str | None
    start: int
    menu: bool


def read_page(lines: list[Part], title: str | None = None, *, whole: bool = False) -> Page:
    """The page with those lines marked that are its title: the one given, else the one that it shows.

    With `whole` the lines are the article's own, and none is taken for a menu.
    """
    parts, start, menu = (lines, 0, False) if whole else without_menus(lines)
    page = Page(parts, None, start, menu)
    found = title or _labelled_title(parts[:HEAD]) or _find_title(page)
    if found is None:
        return page
    wanted = plain(found)
    return Page([_as_title(part, wanted) for part in parts], found, start, menu)


def _labelled_title(head: list[Part]) -> str | None:
    found = (labelled(part.text, "title") for part in head if part.role == "label")
    return next((title for title in found if title), None)


def _as_title(part: Part, wanted: str) -> Part:
    if part.role in ("text", "prose", "caption", "label") and same_title(plain(part.text), wanted):
        return Part(part.line, "title")
    return part


def same_title(one: str, other: str) -> bool:
    """Whether two lines in plain form are one title, a section before it or a site's name behind it aside."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) <= 20:
        return False
    if longer.endswith(shorter):
        return len(longer) - len(shorter) < LONGEST_LABEL
    tail = longer[len(shorter) :]
    return longer.startswith(shorter) and len(tail) < 50 and tail.lstrip()[:1] in "|-–—·«»:"


def _find_title(page: Page) -> str | None:
    """The likeliest line of the head: repeated, marked, or in front of the byline or the day."""
    head = _head(page)
    plains = {i: plain(page.parts[i].text) for i in head}
    best: tuple[int, int] | None = None
    for i in head:
        part = page.parts[i]
        if not _can_be_title(part):
            continue
        again = sum(same_title(words, plains[i]) for words in plains.values()) > 1
        if part.text.endswith(".") and ends_sentence(part.text) and not (again or part.line.heading):
            continue
        likeness = _likeness(part.text)
        score = (4 if likeness else 2) * again + 3 * part.line.heading + likeness + _followed(page, i)
        score += 2 * (page.start - i <= NEAR) if page.menu else 0
        if best is None or score > best[0]:
            best = (score, i)
    if best is None or (best[0] == 0 and any(part.role == "text" for part in page.parts[best[1] + 1 :][:1])):
        return None
    same = (page.parts[i].text for i in head if same_title(plains[i], plains[best[1]]))
    return min(same, key=len)  # once without the site's name, where it is repeated


def _followed(page: Page, at: int) -> int:
    """How much what follows a line is what follows a title: its day or byline, else furniture of a header."""
    behind = [part.role for part in page.parts[at + 1 : at + 1 + FOLLOWED] if part.role not in _PASSED]
    if behind[:1] in (["day"], ["author"]) and page.menu:
        return 3  # among the titles of others nearness tells; elsewhere a summary may stand between
    return 2 if {"day", "author"} & set(behind) else int(behind[:1] == ["line"] and not page.menu)


def _likeness(text: str) -> int:
    """How much the words look like a headline rather than a name: their number, one in lower case."""
    words = text.split()
    return (len(words) >= 4) + (len(words) >= 8) + any(word.islower() and len(word) > 3 for word in words)


def _head(page: Page) -> range:
    """Positions of the lines before the article, or before its first prose that is no repeated title."""
    first = [plain(part.text) for part in page.parts[:HEAD]]
    end = 0
    while end < len(first) and (page.parts[end].role != "prose" or first.count(first[end]) > 1):
        end += 1
    end = max(end, page.start)
    return range(max(0, end - HEAD), end)


def _can_be_title(part: Part) -> bool:
    text = part.text
    return (
        part.role in ("text", "prose")
        and len(text) <= LONGEST_TITLE
        and word_count(text) >= 2
        and (text[0].isalnum() or text[0] in "\"'“‘«„¿¡$€£[")
        and not text.endswith((":", ",", ";"))
    )

"""Where on a page the article stands: the run of lines that is richest in prose, and what is far from it."""

from __future__ import annotations

from collections.abc import Sequence

from kb.read.lines.page import Part
from kb.read.lines.paragraphs import is_item, word_count

MENU = 25  # entries before or behind the article; more of them are a site's menus
ENTRY = 5  # words of an entry at most
MOST = 400  # characters that a line of prose may count for: one long notice is no article
_COST = {"line": 15, "disclaimer": 15, "section": 60, "cut": 300}
OTHER_COST = 30  # of any other line that is no prose
_KEPT = {"line", "disclaimer", "url", "day", "author"}  # of the foot: they may state something of the article


def main_run(parts: Sequence[Part]) -> tuple[int, int]:
    """The half-open run of lines in which prose outweighs the rest most; empty at 0 without prose."""
    best, run, start = (0, 0, 0), 0, 0
    for i, part in enumerate(parts):
        run += min(len(part.text), MOST) if part.role == "prose" else -_COST.get(part.role, OTHER_COST)
        if run <= 0:
            run, start = 0, i + 1
        elif run > best[0]:
            best = (run, start, i + 1)
    return best[1], best[2]


def _links(parts: Sequence[Part]) -> int:
    """How many lines are like the entries of a menu: a few words without a number."""
    return sum(
        word_count(part.text) <= ENTRY and not is_item(part.text) and not any(map(str.isdigit, part.text))
        for part in parts
    )


def without_menus(parts: Sequence[Part]) -> tuple[list[Part], int, bool]:
    """The lines of the article with a little around it, how many stand before it, and whether more did.

    A text without long lists of lines before or behind its prose is left as it is.
    """
    start, end = main_run(parts)
    head, foot = list(parts[:start]), list(parts[end:])
    menu = _links(head) > MENU
    if menu:
        head = head[-MENU:]
    announced = any(part.text.endswith(":") for part in (*parts[max(0, end - 1) : end], *foot[:1]))
    if _links(foot) > MENU and not announced:
        foot = [part for part in foot if part.role in _KEPT]
    return [*head, *parts[start:end], *foot], len(head), menu

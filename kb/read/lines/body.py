"""The body of a saved page: its parts without head, foot, furniture and teasers."""

from __future__ import annotations

from collections.abc import Sequence

from kb.read.lines.days import day_line
from kb.read.lines.page import FEWEST_WORDS, Part
from kb.read.lines.paragraphs import ends_sentence, is_item, word_count
from kb.read.lines.titles import Page

SHORTEST_LIST = 3  # lines behind a colon at the end of the text
LONGEST_LIST = 50  # items that are looked at
LONG_PROSE = 80  # characters; teasers are shorter, or cut off


def body_of(page: Page) -> list[Part]:
    """The parts that are the article's own text, in order."""
    parts = page.parts
    body: list[Part] = []
    behind = _prose_behind(parts)
    before = 0
    seen_prose = in_teasers = False
    start, head_end = _title_end(page), page.start if page.menu else _head_end(parts)
    for i, part in enumerate(parts[start:], start):
        if part.role == "cut" and seen_prose:
            break
        if part.role == "section":
            if seen_prose and behind[i] <= before // 2:
                break  # little prose follows: the article has ended, and the page goes on with others
            in_teasers = True
        elif part.role == "prose" or (
            part.role == "text" and not in_teasers and (seen_prose or _is_content(part, in_head=i < head_end))
        ):
            body.append(part)
            before += _prose_length(part)
            seen_prose = True
            in_teasers = False
        elif part.role == "day" and seen_prose and not in_teasers and _is_bare_day(part):
            body.append(part)  # a heading of a chronicle
    if any(part.role == "prose" for part in body):
        del body[_last_closing(body) :]
    return body


def _title_end(page: Page) -> int:
    """The position behind the last repetition of the title in the head; of a menu's lines all without one."""
    end = 0
    for i, part in enumerate(page.parts):
        if part.role == "prose" and i >= page.start:
            break
        if part.role == "title":
            end = i + 1
    return end or (page.start if page.menu else 0)


def _prose_behind(parts: Sequence[Part]) -> list[int]:
    """For every position, how many characters of whole prose follow it before the page is cut off."""
    behind = [0] * (len(parts) + 1)
    for i in range(len(parts) - 1, -1, -1):
        behind[i] = 0 if parts[i].role == "cut" else behind[i + 1] + _prose_length(parts[i])
    return behind


def _prose_length(part: Part) -> int:
    """The length of a line that is too long and too whole to be a teaser; 0 for any other."""
    text = part.text
    return len(text) if part.role == "prose" and len(text) > LONG_PROSE and _is_whole(text) else 0


def _is_whole(text: str) -> bool:
    return ends_sentence(text) and not text.endswith(("...", "…", "[…]", "[...]"))


def _head_end(parts: Sequence[Part]) -> int:
    """The position behind the last day or byline in front of the first line of prose; 0 for none."""
    end = 0
    for i, part in enumerate(parts):
        if part.role == "prose":
            break
        if part.role in ("day", "author"):
            end = i + 1
    return end


def _is_content(part: Part, *, in_head: bool) -> bool:
    """Whether a line before the first prose that is no sentence belongs to the body.

    Between title and byline stand a section, an institute, or a summary, which has more words; behind
    them more than a label, or a number.
    """
    words = word_count(part.text)
    return (
        words >= FEWEST_WORDS if in_head else words > 3 or any(character.isdigit() for character in part.text)
    )


def _is_bare_day(part: Part) -> bool:
    return [role for role, _ in day_line(part.text)] == ["unlabelled"]


def _last_closing(body: Sequence[Part]) -> int:
    """The position behind the last part that can close the text, or behind a list that the text announces."""
    end = len(body)
    while end and not _closes(body, end - 1):
        if body[end - 1].text.endswith(":") and len(body) - end >= SHORTEST_LIST:
            return len(body)
        end -= 1
    return end


def _closes(body: Sequence[Part], at: int) -> bool:
    """Whether the part can be the last: by itself, or as an item of a list of which another one can."""
    start = at
    while start and at - start < LONGEST_LIST and is_item(body[start].text):
        start -= 1
    return any(_may_close(part) for part in body[start + 1 : at + 1]) or _may_close(body[at])


def _may_close(part: Part) -> bool:
    """Whether the line can be an article's last: a sentence, or a list's item with a number."""
    text = part.text
    if part.role == "day":
        return False
    return (
        part.role == "prose" or ends_sentence(text) or any(c.isdigit() for c in text) or word_count(text) > 8
    )

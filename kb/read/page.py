"""The lines of a saved page, told apart: title, days, bylines, addresses, captions, furniture, text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kb.read.bylines import find_authors
from kb.read.days import day_line
from kb.read.furniture import furniture_class, is_caption, plain
from kb.read.labels import find_url, labelled, url_label
from kb.read.paragraphs import Line, ends_sentence, word_count

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
LONGEST_LABEL = 20  # characters, of a section
LONGEST_TITLE = 250  # characters
FEWEST_WORDS = 8  # of a sentence of the body; a shorter one may be a heading, a label, a caption
LONG_PROSE = 250  # characters; a line of this length is prose whatever it ends with
_NUMERIC_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:,?\s+\d{1,2}[:.]\d\d.{0,12})?")
HEAD = 40  # lines; a title is looked for no further


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the page and what it is; `genre` where it is the page's own label."""

    line: Line
    role: Role
    genre: str | None = None

    @property
    def text(self) -> str:
        return self.line.text


def parts_of(lines: list[Line], title: str | None) -> tuple[list[Part], str | None]:
    """Every line with its role, and the title: the one given, else the one that the head shows."""
    parts = [part_of(line) for line in lines]
    title = title or _labelled_title(parts) or find_title(parts)
    if title is None:
        return parts, None
    wanted = plain(title)
    return [_as_title(part, wanted) for part in parts], title


def part_of(line: Line) -> Part:
    """The line with its role as far as it can be told from the line alone."""
    kind = furniture_class(line.text)
    if kind is not None:
        if kind.startswith("genre-"):
            return Part(line, "label", kind.removeprefix("genre-"))
        return Part(line, kind)  # type: ignore[arg-type]  # the classes of the table are roles: tested
    if _NUMERIC_DAY.fullmatch(line.text) or next(day_line(line.text), None) is not None:
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


def _labelled_title(parts: list[Part]) -> str | None:
    found = (labelled(part.text, "title") for part in parts[:HEAD] if part.role == "label")
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


def find_title(parts: list[Part]) -> str | None:
    """The title that a page shows in its head: repeated, marked, or in front of the byline or the day."""
    head = _head(parts)
    best: tuple[int, int] | None = None
    for i in head:
        part = parts[i]
        if not _can_be_title(part):
            continue
        words = plain(part.text)
        again = sum(same_title(plain(other.text), words) for other in parts[:HEAD]) > 1
        if ends_sentence(part.text) and part.text.endswith(".") and not (again or part.line.heading):
            continue
        after = next(
            (p.role for p in parts[i + 1 : i + 6] if p.role not in ("caption", "label", "title")), None
        )
        score = (
            4 * again
            + 3 * part.line.heading
            + 2 * (after in ("day", "author", "line"))
            + _likeness(part.text)
        )
        if best is None or score > best[0]:
            best = (score, i)
    if best is None or (best[0] == 0 and any(part.role == "text" for part in parts[best[1] + 1 :][:1])):
        return None
    words = plain(parts[best[1]].text)
    same = (part.text for part in parts[:HEAD] if same_title(plain(part.text), words))
    return min(same, key=len)  # once without the site's name, where it is repeated


def _likeness(text: str) -> int:
    """How much the words look like a headline rather than a name: their number, one in lower case."""
    words = text.split()
    return (len(words) >= 4) + (len(words) >= 8) + any(word.islower() and len(word) > 3 for word in words)


def _head(parts: list[Part]) -> list[int]:
    """Positions of the lines before the first line of prose that is no repeated title."""
    seen = [plain(part.text) for part in parts[:HEAD]]
    found: list[int] = []
    for i, part in enumerate(parts[:HEAD]):
        if part.role == "prose" and seen.count(seen[i]) == 1:
            break
        found.append(i)
    return found


def _can_be_title(part: Part) -> bool:
    text = part.text
    return (
        part.role in ("text", "prose")
        and len(text) <= LONGEST_TITLE
        and word_count(text) >= 2
        and (text[0].isalnum() or text[0] in "\"'“‘«„¿¡$€£[")
        and not text.endswith((":", ",", ";"))
    )

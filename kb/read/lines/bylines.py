"""The authors that a line names."""

from __future__ import annotations

import re

from kb.lexicon import read_words
from kb.read.lines.days import find_day
from kb.read.lines.labels import labels

_BETWEEN = re.compile(r"\s*(?:[,;|/•·]|\band\b|&|\bwith\b)\s*", re.IGNORECASE)
_ITEM = re.compile(r"^[-*•]\s+(?=[\w ]{2,20}:)")  # "- Author: Ann Doe" in a list of what is known of a text
_TITLED = re.compile(r",\s*The\s(?:(?!\s(?:and|with)\s)[^,;|/•·&])*")  # "By Ann Doe, The Example": a paper
NAME_WORD = re.compile(r"^(?:[^\W\d_a-z][\w.'’-]*|[^\W\d_]['’][^\W\d_][\w-]*)$")


def find_authors(line: str) -> tuple[str, ...]:
    """The authors that a byline names, or nothing where the line is none.

    >>> find_authors("By Ann Doe, Political Editor, and John von Roe | June 3, 2026")
    ('Ann Doe', 'John von Roe')
    >>> find_authors("By Ann Doe, The Daily Example")
    ('Ann Doe',)
    >>> find_authors("By Monday the water had gone.")
    ()
    """
    if len(line) > 200:
        return ()
    line = _ITEM.sub("", line)
    lower = line.lower()
    label = next(
        (x for x in labels("author") if lower.startswith(x) and not lower[len(x) : len(x) + 1].isalnum()),
        None,
    )
    if label is None:
        return ()
    rest = line[len(label) :].lstrip(" \t:–—-")
    if (day := find_day(rest)) is not None:
        rest = re.sub(r"(?i)\W*\b(?:on|published|posted|updated)?\W*$", "", day[1])
    rest = _TITLED.sub("", re.sub(r"\([^()]{0,80}\)|\S+@\S+", "", rest))
    split = (re.sub(r"\s+(?:in|for|at|from|on)\s.*", "", part).strip(" .") for part in _BETWEEN.split(rest))
    parts = [part for part in split if part]
    if not parts or not is_name(parts[0]):
        return ()
    return tuple(dict.fromkeys(part for part in parts if is_name(part)))


def is_name(words: str) -> bool:
    """Whether the words can be the name of a person or a desk: capitalised, six at most, no role or day."""
    parts = words.split()
    if not 1 <= len(parts) <= 6 or any(character.isdigit() for character in words):
        return False
    if {part.lower().strip(".,") for part in parts} & read_words("bylines", kind="role"):
        return False
    particles = read_words("bylines", kind="particle")
    return all(NAME_WORD.match(part) or part.lower() in particles for part in parts) and any(
        NAME_WORD.match(part) for part in parts
    )

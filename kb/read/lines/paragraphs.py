"""Lines and paragraphs: hard-wrapped lines joined, sentences that an empty line cuts put together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.read.lines.plain import RULE, is_heading, strip_markup

NARROWEST, WIDEST = 40, 100  # characters of the lines of a text that an editor wrapped
SHORTEST_CUT = 60  # characters; a shorter line without a full stop is more likely a heading
_END = re.compile(r"[.!?…。।؟:;][\"'”’»)\]*_]*$")
_SENTENCE_END = re.compile(r"[.!?…。।؟][\"'”’»)\]*_]*$")
_ITEM = re.compile(r"^(?:[-*+•●▪‣–—]\s|\d{1,3}[.)]\s|[a-z][.)]\s)")
_UNPARTED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")  # Thai, Japanese, Chinese
# Function words that end no sentence and no heading.
_OPEN_END = re.compile(
    r"(?:,|\b(?:the|an?|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|whose|than|as|its|their|his|her))$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its markup; `heading` where markup says so, `paragraph` where an empty line precedes."""

    text: str
    heading: bool = False
    paragraph: bool = True


def ends_sentence(text: str) -> bool:
    """Whether the words end as a sentence does, closing quotes and brackets aside.

    >>> ends_sentence("He said: “No.”"), ends_sentence("What we know")
    (True, False)
    """
    return _SENTENCE_END.search(text[-12:]) is not None


def is_item(text: str) -> bool:
    """Whether the words are an item of a list, by the mark before them."""
    return _ITEM.match(text) is not None


def word_count(text: str) -> int:
    """How many words there are; of scripts that do not part words, a word for every two letters."""
    return len(text.split()) + len(_UNPARTED.findall(text)) // 2


def lines_of(text: str) -> list[Line]:
    """The lines of a text that hold words; those of a wrapped paragraph are one line."""
    found: list[Line] = []
    for block in re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", text):
        raw = [line for line in block.split("\n") if line.strip()]
        if len(raw) == 2 and RULE.match(raw[1]):  # a title with a line drawn under it
            found.append(Line(strip_markup(raw[0]), heading=True))
            continue
        cleaned = [(strip_markup(line), is_heading(line)) for line in raw]
        if is_wrapped([line for line, _ in cleaned]):
            found.append(Line(_unwrapped([line for line, _ in cleaned])))
            continue
        paragraph = True
        for line, heading in cleaned:
            if line:
                found.append(Line(line, heading, paragraph))
                paragraph = False
    return found


def is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a block are one paragraph, broken at a margin."""
    if len(lines) < 2 or any(_ITEM.match(line) for line in lines[1:]):
        return False
    filled, last = lines[:-1], lines[-1]
    widths = [len(line) for line in filled]
    if not NARROWEST <= max(widths) <= WIDEST or min(widths) < 0.6 * max(widths) or len(last) > WIDEST:
        return False
    return sum(not ends_sentence(line) for line in filled) >= 0.6 * len(filled) and (
        ends_sentence(last) or last[:1].islower()
    )


def _unwrapped(lines: list[str]) -> str:
    """One paragraph of the lines; a word that a hyphen parts at the margin keeps it."""
    parts = [lines[0]]
    for line in lines[1:]:
        parted = re.search(r"\w-$", parts[-1][-2:]) is not None and line[:1].islower()
        parts.append(line if parted else f" {line}")
    return "".join(parts)


def join_broken(paragraphs: list[str]) -> list[str]:
    """The paragraphs, with those put together that an empty line cuts within a sentence.

    >>> join_broken(["Although several dozen people", "were freed.", "What next", "Nobody knows."])
    ['Although several dozen people were freed.', 'What next', 'Nobody knows.']
    """
    joined: list[list[str]] = []
    for paragraph in paragraphs:
        if joined and _continues(joined[-1][-1], paragraph):
            joined[-1].append(paragraph)
        else:
            joined.append([paragraph])
    return [" ".join(parts) for parts in joined]


def _continues(before: str, after: str) -> bool:
    if _END.search(before[-12:]) or _ITEM.match(after):
        return False
    if after[:1].islower():
        return not _ITEM.match(before) or len(before) > SHORTEST_CUT
    return len(before) > SHORTEST_CUT and _OPEN_END.search(before[-12:]) is not None

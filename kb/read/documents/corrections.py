"""What a page says of having been corrected: notices of corrections, clarifications, updates, retractions.

The words are data: lexicon/correction_notices.csv. Notices stand beside the article's body as often as
in it, so the whole page is looked at, but for menus, forms and what readers wrote below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from kb.errors import ReadError
from kb.lexicon import read_table
from kb.read.documents.html import is_html, parse_markup
from kb.read.markup.structured import clean, read_structured

Kind = Literal["correction", "clarification", "update", "retraction"]
FEWEST_WORDS = 5  # of a notice besides its label: "Updated: 3 May 2024" tells a time, no correction
LONGEST = 1_500  # characters; a longer line is prose that mentions a correction
NEAREST = 60  # characters from the label to its colon: "Correction, 3 May 2024:"
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "mark", "q", "s"}
    | {"small", "span", "strong", "sub", "sup", "time", "u"}
)
_PASSED_OVER = frozenset(
    {"script", "style", "noscript", "template", "nav", "form", "select", "button", "svg", "head"}
)
_READERS = re.compile(r"\b(?:comments?|respond|disqus|related|recommended)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Notice:
    """That the page was corrected, in its own words, white space folded."""

    kind: Kind
    words: str


def find_notices(text: str) -> tuple[Notice, ...]:
    """The notices of a page of HTML, or of a plain text, in order, each once.

    >>> find_notices("Correction: An earlier version gave 40 as the number of wards.")[0].kind
    'correction'
    """
    found: dict[str, Notice] = {}
    for line, is_label in _lines(text):
        notice = _notice(line, labelled=is_label)
        if notice is not None:
            found.setdefault(notice.words, notice)
    return tuple(found.values())


def _lines(text: str) -> Iterator[tuple[str, str | None]]:
    """The lines of a page, each with the label that stands alone in the line before it."""
    label: str | None = None
    for line in _page_lines(text) if is_html(text) else text.splitlines():
        words = " ".join(line.split())
        if words:
            yield words, label
            label = words if _rules().alone.fullmatch(words) else None


def _page_lines(text: str) -> Iterator[str]:
    """What a page shows, a line a block; and what it states of corrections for machines."""
    try:
        tree = parse_markup(text, "the page")
    except ReadError:
        return
    yield from _stated(tree)
    line: list[str] = []
    hidden = 0
    for event, node in iterwalk(tree, events=("start", "end")):
        block = node.tag not in _INLINE
        if block and line:
            yield "".join(line)
            line = []
        passed_over = not isinstance(node.tag, str) or node.tag in _PASSED_OVER or _is_readers(node)
        if event == "start":
            hidden += passed_over
            line += [] if hidden else [node.text or ""]
        else:
            hidden -= passed_over
            line += [] if hidden else [node.tail or ""]
    yield "".join(line)


def _is_readers(node: HtmlElement) -> bool:
    return _READERS.search(f"{node.get('id') or ''} {node.get('class') or ''}".replace("-", " ")) is not None


def _stated(tree: HtmlElement) -> Iterator[str]:
    """The corrections that JSON-LD states: schema.org's `correction`, a text or a CorrectionComment."""
    for value in read_structured(tree).values("correction"):
        words = clean(value.get("text") or value.get("description") if isinstance(value, dict) else value)
        if words and "://" not in words:
            yield f"Correction: {words}"


@dataclass(frozen=True, slots=True)
class _Rules:
    """The table as patterns, with the kind that each word tells."""

    label: re.Pattern[str]
    alone: re.Pattern[str]
    done: re.Pattern[str]
    past: re.Pattern[str]
    phrases: Mapping[str, Kind]
    kinds: Mapping[str, Kind]


@cache
def _rules() -> _Rules:
    words: dict[str, list[str]] = {}
    kinds: dict[str, Kind] = {}
    for row in sorted(read_table("correction_notices"), key=lambda row: -len(row["words"])):
        words.setdefault(row["class"], []).append(row["words"])
        kinds[row["words"]] = row["kind"]  # type: ignore[assignment]  # the table is tested
    one_of = {name: "|".join(map(re.escape, listed)) for name, listed in words.items()}
    label, thing, done, past = (one_of[name] for name in ("label", "thing", "done", "past"))
    return _Rules(
        re.compile(rf"({label})(?:[ ,(\[/](?:[^:]|:\d){{0,{NEAREST}}}?)?(?::| [–—-]) ", re.IGNORECASE),
        re.compile(rf"({label})[:.]?", re.IGNORECASE),
        re.compile(rf"\bthis (?:{thing}) (?:was|is|has|had)(?: \w+){{0,3}}? ({done})\b(.*)", re.IGNORECASE),
        re.compile(rf"\b({past}) versions? of (?:this|the|our|a) (?:{thing})\b", re.IGNORECASE),
        {phrase: kinds[phrase] for phrase in words["phrase"]},
        kinds,
    )


def _notice(line: str, *, labelled: str | None) -> Notice | None:
    """The notice that a line is, if it is one."""
    if len(line) > LONGEST:
        return None
    rules = _rules()
    if labelled is not None and _says_something(line):
        label = rules.alone.fullmatch(labelled)
        return Notice(rules.kinds[label[1].lower()], f"{labelled.rstrip(':.')}: {line}") if label else None
    label = rules.label.match(line)
    if label is not None and _says_something(line[label.end() :]):
        return Notice(rules.kinds[label[1].lower()], line)
    done = rules.done.search(line)
    if done is not None and (rules.kinds[done[1].lower()] != "update" or _says_something(done[2])):
        return Notice(rules.kinds[done[1].lower()], line)
    past = rules.past.search(line)
    if past is not None and _says_something(line):
        return Notice(rules.kinds[past[1].lower()], line)
    folded = line.lower()
    kind = next((kind for phrase, kind in rules.phrases.items() if phrase in folded), None)
    return Notice(kind, line) if kind is not None else None


def _says_something(words: str) -> bool:
    """Whether words tell more than a day or a name."""
    return sum(not _DIGITS.search(word) for word in words.split()) >= FEWEST_WORDS

"""Whose a text says that it is: an agency's, or another outlet's that had it first. Pure.

Agencies sign in a few places: the dateline, the byline, the last line, the line of their rights. What is
told with the help of an agency ("with reporting by AFP") is the outlet's own text.
"""

from __future__ import annotations

import calendar
import re
from functools import cache

from kb.lexicon import read_table

_HEAD, _TAIL = 200, 80  # characters in which a text has an agency's tag
_FOOT = 400  # characters at the end that may hold its rights
_NOTED = 400  # characters in which a note says where a text was published first
_LINES = 3  # at the beginning, of which one may be a byline
_ALONE = 4  # letters from which a tag that is a line of its own is no other abbreviation
_NAME = r"[A-Z][\w’'&-]*(?:(?: (?:of|the|for|and|de|in))*(?: [A-Z][\w’'&-]*)+|\.[a-z]{2,4})*"
_TEXT = r"[Tt]h(?:is|e) (?:article|story|report|piece|post|text|analysis|interview|column|essay|commentary)"
# "This article was originally published by Global Voices", "Reprinted with permission from The Example";
# "in" stands before a month or a language as well, before a name of two words it does not.
_FIRST = re.compile(
    rf"(?:(?:{_TEXT}[^.\n]{{0,20}} (?:originally|first)|(?:\A|\n|[.!?(*] ?)(?:Originally|First)) "
    r"(?:published|appeared|posted)(?: first)? (?:by|on|at|in(?= the | [A-Z]\S* [A-Z]))"
    rf"|{_TEXT} (?:appeared|ran|was published) first (?:by|on|at|in(?= the | [A-Z]\S* [A-Z]))"
    r"|\b(?:Republished|Reprinted|Reposted|Syndicated)(?: with(?: the| kind)* permission)? (?:from|of|by))"
    rf" (?:the )?(?P<name>{_NAME})"
)
_DAYS = frozenset([*calendar.month_name, *calendar.month_abbr, *calendar.day_name]) - {""}
# "By Jane Doe, Associated Press", "Jane Doe | AP", "AFP/Jane Doe"; not "Jane Doe with AFP", who wrote it.
_BYLINE_PARTS = re.compile(r"\s*(?:[,|/;()•·]|\s[-–—]\s)\s*")
_BY = re.compile(r"(?:by|from|via|source:)\s+(?:the\s+(?=[A-Z]))?", re.IGNORECASE)
_STAFF = re.compile(
    r"\s+(?:staff|writers?|staff writers?|reporters?|correspondents?|newsroom|news agency)\Z", re.I
)


def agency_of(
    text: str, authors: tuple[str, ...] = (), publisher: str | None = None
) -> tuple[str, str] | None:
    """Whose a text says it is, and by what: an agency's tag, or the outlet that it first appeared in.

    Also what an agency publishes itself is that agency's. None where nothing says so.
    """
    for author in authors:
        if (tag := _in_byline(author)) is not None:
            return _tags()[tag], f"byline {author.strip()}"
    if (signed := _signed(text)) is not None:
        return signed
    for where in (text[:_NOTED], text[-_NOTED:]):
        match = _FIRST.search(where)
        if match and match["name"] != publisher and match["name"].split()[0] not in _DAYS:
            name = match["name"].strip(" '’")
            return _tags().get(name, name), f"says: {' '.join(match[0].split())}"
    if publisher is not None and publisher.strip() in _tags():
        return _tags()[publisher.strip()], f"published by {publisher.strip()}"
    return None


def _signed(text: str) -> tuple[str, str] | None:
    """The agency whose tag, byline or rights stand in the text, and in what words."""
    places = ((text[:_HEAD], _dateline()), (text[-_TAIL:], _signature()), (text[-_FOOT:], _rights()))
    for where, pattern in places:
        if (match := pattern.search(where)) is not None:
            return _tags()[match["tag"]], f"tag {' '.join(match[0].split())}"
    lines = [line.strip() for line in text[:_HEAD].split("\n") if line.strip()]
    for line in lines[:_LINES]:
        tag = _in_byline(line) if _BY.match(line) and not line.endswith(".") else line
        if tag in _tags() and (tag != line or len(tag) >= _ALONE):
            return _tags()[tag], f"byline {line}"
    return None


def _in_byline(said: str) -> str | None:
    """The tag that is a byline, or one of its parts; None for another's."""
    for part in _BYLINE_PARTS.split(said.strip()):
        name = _STAFF.sub("", _BY.sub("", part, count=1))
        for tag in (part, name, name.title()):
            if tag in _tags():
                return tag
    return None


@cache
def _tags() -> dict[str, str]:
    return {tag: row["name"] for row in read_table("agencies") for tag in row["tags"].split("|")}


def _any_tag() -> str:
    return f"(?P<tag>{'|'.join(sorted(map(re.escape, _tags()), key=len, reverse=True))})"


@cache
def _dateline() -> re.Pattern[str]:
    """A dateline in capitals, the tag in brackets, a dash: "MINSK (Reuters) -", "VILNIUS, May 3 (AP) —"."""
    return re.compile(rf"\A\s*[^\n(]{{0,80}}\({_any_tag()}\)\s*(?:[-–—―:_]|\n)")


@cache
def _signature() -> re.Pattern[str]:
    """The tag as the last word of a text: "(AFP)", "— Reuters", "Source: TASS"."""
    return re.compile(rf"(?:\(|[-–—]\s?|\b[Ss]ource:\s?|\n(?:By )?){_any_tag()}\)?\.?\s*\Z")


@cache
def _rights() -> re.Pattern[str]:
    """A line of rights with its year: "© 2026 AFP"; without one it may be that of a photograph."""
    holder = rf"(?:by )?(?:[Tt]he )?{_any_tag()}\b"
    return re.compile(rf"(?:\A|\n)\s*(?:©|\([Cc]\)|Copyright)[\s©,]*(?:19|20)\d\d[\s,–-]*{holder}")

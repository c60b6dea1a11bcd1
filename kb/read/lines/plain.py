"""A line of a saved page or of Markdown without its markup."""

from __future__ import annotations

import html
import re
import unicodedata

_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\([^()\s]{0,2000}(?:\s\"[^\"]{0,300}\")?\)")
_LINK = re.compile(
    r"\[((?:[^\[\]\n]|\[[^\[\]\n]{0,300}\]){0,1000})\]\((?:[^()\n]|\([^()\n]{0,300}\)){0,2000}\)"
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|div|em|font|h[1-6]|i|img|li|mark|ol|p|s|small|span|strong|sub|sup|time|u|ul)(?:\s[^<>]{0,500})?/?>",
    re.I,
)
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]{1,500}?)(?<=[^\s*_])\1(?![\w*])")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*)$")
_QUOTED = re.compile(r"^\s{0,3}>\s?")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e]")
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
_SPACES = re.compile(r"\s+")
_KEPT = "\ue000"  # stands for the space inside a number while the others are folded
RULE = re.compile(r"^\s*(?:[-*_=~]\s*){3,}$")


def is_heading(line: str) -> bool:
    """Whether the line is a Markdown heading."""
    return _HEADING.match(line) is not None


def strip_markup(line: str) -> str:
    """The words of a line: links, emphasis, tags, entities and invisible characters resolved, spaces folded.

    A no-break space that groups the digits of a number stays.

    >>> strip_markup("**By** [Ann Doe](#), see <b>10&nbsp;000</b>  more")
    'By Ann Doe, see 10\\xa0000 more'
    """
    if RULE.match(line):
        return ""
    if (heading := _HEADING.match(line)) is not None:
        words = heading[1].rstrip()
        bare = words.rstrip("#")
        line = bare if bare[-1:].isspace() else words
    line = _QUOTED.sub("", line)
    if "](" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    if "<" in line:
        line = _TAG.sub("", line)
    if "&" in line:
        line = html.unescape(line)
    if "*" in line or "_" in line:
        line = _EMPHASIS.sub(r"\2", line)
    line = _INVISIBLE.sub("", line)
    kept = _GROUPED.findall(line)
    line = _SPACES.sub(" ", _GROUPED.sub(_KEPT, line)).strip()
    for space in kept:
        line = line.replace(_KEPT, space, 1)
    return unicodedata.normalize("NFC", line)

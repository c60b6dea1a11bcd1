"""What stands before a Markdown text between fences, YAML's `---` or TOML's `+++`: data about the text.

Read is the plain form that people and programs write: a key a line, with a word, a quoted string or a
list. It is read line by line and never given to a parser of YAML: anchors, tags and types are none of
a newspaper's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kb.errors import UsageError
from kb.lexicon import read_table
from kb.model.values import Article
from kb.read.given import parse_url
from kb.read.markup.authors import names_in
from kb.read.markup.dates import normalize_date

LONGEST = 20_000  # characters between the fences
_FENCED = re.compile(
    rf"\ufeff?(?:---[ \t]*\n(.{{1,{LONGEST}}}?)\n(?:---|\.\.\.)|\+\+\+[ \t]*\n(.{{1,{LONGEST}}}?)\n\+\+\+)"
    r"[ \t]*(?:\n|$)",
    re.DOTALL,
)
_KEYED = re.compile(r"([A-Za-z][\w .-]{0,40}?|\"[^\"\n]{1,40}\")[ \t]*(?::(?=\s|$)|=)[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?:(?:name|title)[ \t]*:[ \t]*)?(.+)")
_QUOTED = re.compile(r"(?:\"([^\"\n]*)\"|'((?:[^'\n]|'')*)')[ \t]*,?[ \t]*(?:#.*)?")
_PARTS = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[^,\[\]\"']+")
_PARTIAL = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
_LINKED = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]+)\]\]")  # as note programs link to a person's note


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the lines before a text state of it; None where they do not."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None

    def applied(self, article: Article) -> Article:
        """The article of the text with what is stated here in place of what the text shows."""
        return replace(
            article,
            authors=self.authors or article.authors,
            published=self.published or article.published,
            modified=self.modified or article.modified,
            url=self.url or article.url,
            publisher=self.publisher or article.publisher,
            language=article.language or self.language,
        )


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """What stands before a text, read, and the text; a text that begins otherwise is left as it is.

    >>> found, body = split_front_matter("---\\ntitle: A bridge\\ndate: 2026-06-03\\n---\\nIt closes.")
    >>> found.title, found.published, body
    ('A bridge', '2026-06-03', 'It closes.')
    >>> split_front_matter("---\\nIt closes: see below.\\n---\\n")[1]
    '---\\nIt closes: see below.\\n---\\n'
    """
    fenced = _FENCED.match(text)
    values = _values((fenced[1] or fenced[2]).split("\n")) if fenced else None
    fields = {row["field"] for row in read_table("front_matter") if values and row["key"] in values}
    if fenced is None or values is None or not fields:
        return FrontMatter(), text
    return _read(values), text[fenced.end() :]


def _values(lines: list[str]) -> dict[str, list[str]] | None:
    """The values of each key, in lower case without marks; None where a line is none of such data."""
    found: dict[str, list[str]] = {}
    key: str | None = None
    folded = False
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (keyed := _KEYED.fullmatch(line.rstrip())) is not None:
            key = re.sub(r"[\W_]", "", keyed[1]).lower()
            folded = keyed[2] in (">", ">-", "|", "|-")
            found.setdefault(key, [] if folded else list(_parts(keyed[2])))
        elif key is None or not (line[0] in " \t" or line.startswith(("- ", "]"))):
            return None
        elif folded:
            found[key] = [" ".join([*found[key], line.strip()])]
        elif (item := _ITEM.fullmatch(line.rstrip())) is not None:
            found[key] += _parts(item[1])
    return found


def _parts(words: str) -> Iterator[str]:
    """The strings of a value: one, or those of a list in brackets; without quotes and comments."""
    words = words.strip()
    if words.startswith("[") and not words.startswith("[["):
        for part in _PARTS.findall(words):
            yield from _parts(part)
        return
    if (quoted := _QUOTED.fullmatch(words)) is not None:
        words = quoted[1] if quoted[1] is not None else quoted[2].replace("''", "'")
    else:
        words = re.sub(r"\s#.*", "", words).rstrip(" ,")
    if words := " ".join(_LINKED.sub(r"\1", words).split()):
        yield words


def _read(values: dict[str, list[str]]) -> FrontMatter:
    """What the values state, of each field the first key's that states it."""
    found = FrontMatter()
    for row in read_table("front_matter"):
        field, said = row["field"], values.get(row["key"], [])
        if said and not getattr(found, field):
            value: Any = tuple(_names(said)) if field == "authors" else _stated(field, said[0])
            found = replace(found, **{field: value})
    return found


def _names(said: list[str]) -> Iterator[str]:
    for words in said:
        yield from names_in(words)


def _stated(field: str, words: str) -> str | None:
    """The value of a field; None for what is none: a date that nobody can tell, a part of an address."""
    if field in ("published", "modified"):
        return words if _PARTIAL.fullmatch(words) else normalize_date(words)
    if field == "url":
        try:
            return parse_url(words)
        except UsageError:
            return None
    if field == "language":
        code = _LANGUAGE.fullmatch(words)
        return code[1].lower() if code else None
    if field == "publisher" and ("://" in words or "/" in words):
        return None
    return words

"""What the pages of `kb.query.pages` answer with: frozen rows of one thing each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kb.query.rows import Figure, Report


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands in an article, and whom it names."""

    uid: str
    entity_uid: str | None
    entity: str
    kind: str
    mention: str
    stands_for: str | None
    start_char: int
    end_char: int
    quote: str
    title: str | None
    published: str | None
    url: str | None
    status: str
    article_uid: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article in a list: what it says of itself, and how much it states.

    A note may stand for `more` others on the address that it cites.
    """

    uid: str
    kind: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    cites_url: str | None
    figures: int
    more: int = 0


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article with the text as read and all that was found in it; offsets are code points of the text.

    `origin` says in words where its text is from, `relatives` are articles with text of one origin.
    `series` are the series of its figures, by the figures' uids. `text` is None where it was withdrawn.
    """

    source: Source
    cites_url: str | None
    modified: str | None
    retrieved_at: str | None
    language: str | None
    authors: tuple[str, ...]
    text: str | None
    revisions: int
    origin: str | None
    relatives: tuple[Source, ...]
    tags: tuple[str, ...]
    figures: tuple[Figure, ...]
    reports: tuple[Report, ...]
    names: tuple[Name, ...]
    series: dict[str, str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of a name: in which script and language, and where kb has it from."""

    spelling: str
    language: str | None
    script: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Company:
    """Somebody or something that is named in the same sentences."""

    uid: str
    name: str
    kind: str
    sentences: int


@dataclass(frozen=True, slots=True)
class EntityPage:
    """A person, an organisation or a place: its names, where it is named, and with whom."""

    uid: str
    name: str
    kind: str
    wikidata: str | None
    spellings: tuple[Spelling, ...]
    names: tuple[Name, ...]
    mentions: int
    company: tuple[Company, ...]
    published: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class SeriesHead:
    """A series in a list: what is counted where, how many figures, clashes and independent sources it has."""

    uid: str
    measure: str
    place: str | None
    figures: int
    clashes: int
    sources: int = 0

    @property
    def heading(self) -> str:
        """The measure with its place."""
        return f"{self.measure} in {self.place}" if self.place else self.measure


@dataclass(frozen=True, slots=True)
class EventHead:
    """An event in a list: what happened when and where, who took part, how many independent sources tell."""

    uid: str
    date: str | None
    earliest: dt.date | None
    latest: dt.date | None
    title: str
    kind: str | None
    participants: str | None
    place: str | None
    sources: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in a base: how much of everything, the newest articles, the largest series."""

    counts: dict[str, int]
    newest: tuple[Source, ...]
    series: tuple[SeriesHead, ...]


@dataclass(frozen=True, slots=True)
class EntityHead:
    """An entity in a list: how often it is named, in how many articles, and how many it published."""

    uid: str
    name: str
    kind: str
    mentions: int
    articles: int
    published: int


@dataclass(frozen=True, slots=True)
class ConflictHead:
    """A clash in a list: of which kind it is, and why."""

    uid: str
    kind: str
    explanation: str

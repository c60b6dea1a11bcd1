"""The facts of an article as plain, frozen values: no database, no model, no behaviour beyond checks.

Offsets count Unicode code points of `Article.text` and are half-open, `[start_char, end_char)`.
`None` means "the source does not say".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

Comparator = Literal["=", "~", ">", ">=", "<", "<=", "between"]
Relation = Literal["value", "change", "ratio"]
Direction = Literal["up", "down"]
Level = Literal["before", "after"]
Voice = Literal["own", "quoted", "reported", "unnamed"]
Stance = Literal["asserted", "hedged", "alleged", "planned", "hypothetical", "denied", "opinion"]
Status = Literal["provisional", "revised", "estimate", "forecast"]
DateBasis = Literal["stated", "publication", "text"]
EntityKind = Literal["person", "organisation", "place"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Role = Literal["agent", "patient", "place", "other"]
QuantityKind = Literal[
    "count", "money", "percent", "share", "measurement", "duration", "age", "times", "rate", "bare"
]
ArticleKind = Literal["page", "quote", "note"]
Genre = Literal["news", "opinion", "statement", "explainer"]
RevisionCause = Literal["fetched", "supplied", "reread"]


@dataclass(frozen=True, slots=True)
class Span:
    """Exact words of a text: `text[start_char:end_char] == words`, never empty."""

    start_char: int
    end_char: int
    words: str

    def __post_init__(self) -> None:
        if self.start_char < 0 or self.end_char - self.start_char != len(self.words) or not self.words:
            raise ValueError(f"span {self.start_char}:{self.end_char} does not fit its words {self.words!r}")

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start_char < other.end_char and other.start_char < self.end_char


@dataclass(frozen=True, slots=True)
class Interval:
    """When: an EDTF string (ISO 8601-2, plus ISO weeks) with the inclusive days that it spans.

    `earliest` or `latest` is None where that end is open or unknown; both None with `date` None is a
    time that the text names and nobody can resolve. `~` marks a bound as approximate and does not
    widen it. `basis` tells how it was found: stated in full, counted from the day of publication,
    or from another date of the text.
    """

    date: str | None
    earliest: dt.date | None
    latest: dt.date | None
    basis: DateBasis | None = "stated"

    def __post_init__(self) -> None:
        if self.earliest and self.latest and self.earliest > self.latest:
            raise ValueError(f"interval {self.date}: {self.earliest} is after {self.latest}")


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody or some place a fact speaks of: its name, and the words of the text that give it.

    `name` is as written, or for a pronoun or an adjective of nationality the name it stands for;
    `span` is None where the name does not stand in the text (the article's own place).
    """

    name: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: its words, its TIMEX3 type and value, and the interval it covers.

    `value` is in TIMEX3 form (`1998-01-14`, `P2D`, `PAST_REF`, `XXXX-WXX-1`; a range written as one,
    "2008-10", has both ends: `2008/2010`). `span` leaves the preposition out, `interval` takes it in:
    "since 2022" has the span "2022" and the interval `2022/..`. `interval` is None for
    a duration or a set that lies nowhere on the calendar, and holds a None date where the calendar
    position is meant but cannot be resolved (a weekday in an article without a date).
    """

    span: Span
    type: TimeType
    value: str
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the text gives it, with all that belongs to reading it, before anybody asks what it says.

    `span` is the phrase (comparator, number, unit or counted noun); `number` the numerals or number
    words alone; `noun` the noun phrase counted or the words of the unit, None for a bare number.
    Values follow `Claim`. `descending` tells that a range was written with its higher end first;
    `level` that the number is where a change began ("from fourteen") or what it reached ("to 31").
    """

    span: Span
    number: Span
    noun: Span | None
    comparator: Comparator
    low: float | None
    high: float | None
    unit: str
    kind: QuantityKind
    relation: Relation = "value"
    direction: Direction | None = None
    vague: bool = False
    descending: bool = False
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in the text; `stands_for` is what it is put for ("Minsk": a government)."""

    span: Span
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody, some body or some place, with all its mentions in one article, in order."""

    name: str
    kind: EntityKind
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a change or a ratio is compared with, as far as the text says."""

    words: str
    place: Reference | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """How much, how many: a figure as the text states it.

    `low` and `high` are in whole units (3.5 billion is 3500000000.0, 12 % is 12.0); which of them is
    None follows from the comparator: `>` `>=` have no high, `<` `<=` no low. `part_of` is the
    position, among the article's claims, of the whole of which this is a part.
    """

    phrase: Span
    sentence: Span
    comparator: Comparator
    low: float | None
    high: float | None
    unit: str
    measure: str
    subject: str | None = None
    place: Reference | None = None
    relation: Relation = "value"
    direction: Direction | None = None
    baseline: Baseline | None = None
    interval: Interval | None = None
    speaker: Reference | None = None
    voice: Voice = "own"
    stance: Stance = "asserted"
    status: Status | None = None
    part_of: int | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part in an event, and how."""

    reference: Reference
    role: Role


@dataclass(frozen=True, slots=True)
class Report:
    """An event as one sentence tells it; `title` is made of the source's own words."""

    trigger: Span
    sentence: Span
    title: str
    kind: str | None
    interval: Interval
    stance: Stance = "asserted"
    participants: tuple[Participant, ...] = ()
    place: Reference | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A source as it was read: the body's text, and what the source says of itself.

    `published` and `modified` are ISO 8601 dates or date-times with their offset, as the source
    states them; a month or a year where it says no more. `source` names what was read (a path, a URL)
    for messages; `raw` is its bytes. `retrieved_at` is when they came from the web, with its offset,
    where that is known.
    """

    text: str
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    genre: Genre | None = None
    kind: ArticleKind = "page"
    cites_url: str | None = None
    source: str = "<text>"
    reader: str = "text/1"
    raw: bytes = field(default=b"", repr=False)
    retrieved_at: dt.datetime | None = None

    @property
    def published_day(self) -> dt.date | None:
        """The day of publication in the source's own offset, or None where it does not say the day."""
        if self.published is None or len(self.published) < len("2026-06-03"):
            return None
        return dt.date.fromisoformat(self.published[:10])


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one article states, in the order of its text."""

    article: Article
    sentences: tuple[Span, ...] = ()
    times: tuple[Time, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    reports: tuple[Report, ...] = ()

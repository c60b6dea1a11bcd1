"""What the questions answer with: frozen rows, each with the words and the source it rests on.

Fields bear the names of the columns of the public views. `earliest` and `latest` are inclusive days,
None where that end is open or unknown; offsets count code points of the revision's text, half-open.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from kb.model.show import number_with_unit
from kb.query.beside import Implied, Lent, Linked, Near, Related

FOUND = {"found": True}  # of fields that no column of a view has


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantitative claim as one source states it; the phrase stands in the quote, letter by letter.

    `said_status` is what the source says of how final it is: provisional, revised, estimate, forecast.
    `primary` if it stands in its speaker's own publication. `chain` tells by whom its article's text came
    to all that have the figure from one source: `Reuters -> The Example, example.org`.
    """

    uid: str
    measure: str | None
    comparator: str
    low: float | None
    high: float | None
    unit: str | None
    relation: str
    direction: str | None
    baseline: str | None
    place: str | None
    date: str | None
    earliest: dt.date | None
    latest: dt.date | None
    speaker: str | None
    voice: str
    stance: str
    phrase: str
    start_char: int
    end_char: int
    quote: str
    quote_start: int
    quote_end: int
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    source_kind: str
    status: str
    cites_url: str | None = None
    said_status: str | None = None
    primary: bool = field(default=False, metadata=FOUND)
    chain: str | None = field(default=None, metadata=FOUND)

    @property
    def value(self) -> str:
        """The number with its comparator and unit: `> 800 people`, `2,000-3,000 EUR`, `up 3%`."""
        return number_with_unit(self.comparator, self.low, self.high, self.unit, self.direction)


@dataclass(frozen=True, slots=True)
class Report:
    """An event as one article tells it."""

    uid: str
    event_uid: str
    trigger: str
    date: str | None
    earliest: dt.date | None
    latest: dt.date | None
    stance: str
    quote: str
    start_char: int
    end_char: int
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    source_kind: str


@dataclass(frozen=True, slots=True)
class Event:
    """A happening with all that is told of it; `sources` counts the independent ones."""

    uid: str
    date: str | None
    earliest: dt.date | None
    latest: dt.date | None
    title: str
    kind: str | None
    participants: str | None
    place: str | None
    sources: int
    status: str
    reports: tuple[Report, ...]

    @property
    def quote(self) -> str:
        """The sentence of the first report."""
        return self.reports[0].quote

    @property
    def url(self) -> str | None:
        """Where the first report was published."""
        return self.reports[0].url

    @property
    def other_dates(self) -> str | None:
        """The dates by which reports tell it that do not meet its own, each once; None where all agree."""
        others = (report.date for report in self.reports if report.date and _apart(self, report))
        return "; ".join(dict.fromkeys(sorted(others))) or None


def _apart(event: Event, report: Report) -> bool:
    """Whether a report's interval and that of its event have no day in common."""
    before = report.latest is not None and event.earliest is not None and report.latest < event.earliest
    after = report.earliest is not None and event.latest is not None and report.earliest > event.latest
    return before or after


@dataclass(frozen=True, slots=True)
class Named:
    """A person, an organisation or a place, with the forms in which the sources name it.

    `articles` name it, `published` ones are its own; what only publishes has no `quote`.
    """

    uid: str
    name: str
    kind: str
    forms: tuple[str, ...]
    mentions: int
    articles: int
    published: int
    quote: str | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence or a title that holds the words looked for; in `marked` they stand between `[[` and `]]`.

    `uid` is the article's; a title has no offsets.
    """

    uid: str
    quote: str
    marked: str
    start_char: int | None
    end_char: int | None
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    source_kind: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all hold, and why."""

    uid: str
    kind: str
    explanation: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What somebody concluded on a series for a time: a figure of one's own, never a source.

    `series` is the uid that the series has now, None where none of its claims is left; `used` and
    `set_aside` are uids of claims. `stale` tells what changed since, a sentence each; nothing if it is
    empty. `recorded_at` is ISO 8601 in UTC.
    """

    uid: str
    series: str | None
    heading: str | None
    unit: str | None
    date: str | None
    earliest: dt.date | None
    latest: dt.date | None
    low: float | None
    best: float | None
    high: float | None
    rule: str
    provisional: bool
    used: tuple[str, ...]
    set_aside: tuple[str, ...]
    stale: tuple[str, ...]
    by: str
    recorded_at: str
    note: str | None
    withdrawn: bool

    @property
    def value(self) -> str:
        """The best value, and the bounds: `969 (960-980) political prisoners`."""
        ends = [f"{end:,.15g}" for end in (self.low, self.high) if end is not None]
        if self.low is None or self.high is None:
            ends = [("at least " if self.high is None else "at most ") + end for end in ends]
        bounds = "-".join(ends)
        if self.best is None:
            said = bounds
        else:
            said = f"{self.best:,.15g} ({bounds})" if bounds else f"{self.best:,.15g}"
        return f"{said} {self.unit}" if self.unit else said


@dataclass(frozen=True, slots=True)
class Series:
    """One measure at one place: its figures in order of the time for which they hold.

    `kind` tells how its numbers run (stock, flow, cumulative, share, level), None where nobody can tell;
    `sources` counts the independent ones, `voices` those who speak: a speaker once, whoever quotes him;
    `clashes` counts what in it does not fit together. `part_of` is the series of the whole, `parts` those
    of its subgroups, `near` others that may count the same; `lent` tells which figures have their place from
    another telling of their text. `relations` are told where they were asked for. `definition` is what a
    user says that the measure counts, `assessments` what people conclude: no figures of its sources.
    """

    uid: str
    measure: str
    kind: str | None
    place: str | None
    sources: int
    voices: int
    clashes: int
    figures: tuple[Figure, ...]
    part_of: Linked | None = None
    parts: tuple[Linked, ...] = ()
    implied: tuple[Implied, ...] = ()
    relations: tuple[Related, ...] = ()
    measure_uid: str | None = None
    definition: str | None = None
    assessments: tuple[Assessment, ...] = ()
    lent: tuple[Lent, ...] = ()
    near: tuple[Near, ...] = ()

    @property
    def heading(self) -> str:
        """The measure with its place: `political prisoners held in Belarus`."""
        return f"{self.measure} in {self.place}" if self.place else self.measure


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided on two things, as it stands; `a` and `b` say how they are named or told.

    `recorded_at` is ISO 8601 in UTC.
    """

    uid: str
    kind: str
    verdict: str
    a: str
    b: str
    uid_a: str
    uid_b: str
    by: str
    recorded_at: str
    note: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may be one, or what people contradict each other on, with what they `said` of it.

    Of two that nobody decided on `score` from 0 to 1 ranks them; `company` is named together with both
    entities, and `why` tells of two measures, with both quotes, what speaks for it. What is said may be of
    two things of one kind (a kind of entity, event or measure) or of a single one, with nothing as `b`:
    figure, event, name, an article that one files under a tag and another does not, the definition of a
    measure, the series that two assess differently, a listed spelling.
    """

    a: str
    b: str | None
    kind: str
    score: float
    company: tuple[str, ...]
    uid_a: str
    uid_b: str | None
    said: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A spelling that a user listed for a name; `recorded_at` is ISO 8601 in UTC."""

    uid: str
    kind: str
    name: str
    spelling: str
    source: str
    by: str
    recorded_at: str

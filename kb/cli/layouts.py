"""How each kind of row looks: what a table shows of it, and which attributes a line of a pipe has."""

from __future__ import annotations

from rich.text import Text

from kb.cli.show import Column, Layout
from kb.model.plain import folded
from kb.query.decided import Entry
from kb.query.pending import Pending
from kb.query.rows import Candidate, Conflict, Decision, Event, Figure, Hit, Listed, Named, Report
from kb.query.sources import ARROW
from kb.query.tags import Filed, Tag

QUIET = "dim"
HIT = "bold"


def source_of(row: Figure | Report | Hit | Pending) -> str:
    """Where the words stand, as far as known: publisher or else title, and day; the URL on its own line."""
    title = f"“{row.title}”" if row.title else None
    who = ", ".join(part for part in (row.publisher or title, (row.published or "")[:10]) if part)
    return "\n".join(part for part in (who, row.url, _cited(row)) if part) or "source not named"


def _cited(row: Figure | Report | Hit | Pending) -> str | None:
    """That it is a quote or a note, and of what page, if known: a note has no words of the page."""
    page = row.cites_url if isinstance(row, Figure | Pending) else None
    if page:
        return f"{row.source_kind} on {page}"
    return f"a {row.source_kind}" if row.source_kind != "page" else None


def marked(quote: str, words: str) -> Text:
    """The quote with the words set off."""
    text = Text(quote)
    start = quote.find(folded(words))
    if start >= 0:
        text.stylize(HIT, start, start + len(folded(words)))
    return text


def when(row: Figure | Event) -> Text:
    """The date as it is known; an open or an approximate end as EDTF writes it."""
    return Text(row.date or "-")


def _dates(row: Event) -> Text:
    """The date as it is known, and those by which others tell it."""
    return when(row).append(f"\nor {row.other_dates}", QUIET) if row.other_dates else when(row)


def _words(row: Figure | Report, words: str) -> Text:
    chain = f"\none text: {in_turn(row.chain)}" if isinstance(row, Figure) and row.chain else ""
    return marked(row.quote, words).append("\n" + source_of(row) + chain, QUIET)


def in_turn(chain: str) -> str:
    """A chain of those who have one text, the first of them first, in words."""
    return chain.replace(ARROW, ", then ")


def _figure(row: Figure) -> Text:
    text = Text(row.value, HIT).append(f"\n{row.measure}", "default")
    if row.speaker:
        text.append(f"\nsays {row.speaker}" + (", in its own publication" if row.primary else ""), QUIET)
    said = (row.said_status, row.stance if row.stance != "asserted" else None)
    if any(said):
        text.append("\n" + ", ".join(filter(None, said)), QUIET)
    return text


def _event(row: Event) -> Text:
    text = Text(row.title, HIT)
    notes = [row.kind, row.place, f"{row.sources} sources" if row.sources > 1 else None]
    notes += [
        stance for stance in dict.fromkeys(report.stance for report in row.reports) if stance != "asserted"
    ]
    if any(notes):
        text.append("\n" + ", ".join(note for note in notes if note), QUIET)
    return text


def _reports(row: Event) -> Text:
    return Text("\n").join(_words(report, report.trigger) for report in row.reports)


def _hit(row: Hit) -> Text:
    text = Text()
    for i, part in enumerate(row.marked.replace("]]", "[[").split("[[")):
        text.append(part, HIT if i % 2 else None)
    return text.append("\n" + source_of(row), QUIET)


def _conflict(row: Conflict) -> Text:
    """Every sentence once, with the phrases of all its figures in the explanation."""
    said = {(figure.quote, source_of(figure)): figure for figure in reversed(row.figures)}
    return Text("\n").join(_words(figure, figure.phrase) for figure in reversed(said.values()))


def _candidate(row: Candidate) -> Text:
    if row.said is not None:
        return Text(row.said.replace("; ", "\n"), HIT)
    return Text(row.why or "; ".join(row.company))


def _decided(row: Decision) -> Text:
    says = "is the same as" if row.verdict == "same" else "is not"
    text = Text(f"{row.a} {says} {row.b}", "strike" if row.withdrawn else HIT)
    return text.append(f"\n{row.note}", QUIET) if row.note else text


def _entry(row: Entry) -> Text:
    said = row.verdict if row.kind == "reading" else f"{row.kind}: {row.verdict}"
    if row.kind == "tag":
        said += f" {row.value}"
    elif row.field is not None:
        said += f" {row.field}: {row.value or 'not said'}"
    said += "".join(f" {word} {uid}" for word, uid in (("as", row.other), ("of", row.withdraws)) if uid)
    text = Text(said, HIT if row.stands else QUIET)
    if not row.stands and row.withdraws is None:
        text.append(" (stands no more)", QUIET)
    return text.append(f"\n{row.note}", QUIET) if row.note else text


FIGURES: Layout[Figure] = Layout(
    (
        Column("when", when),
        Column("figure", _figure, 2),
        Column("in the words of", lambda row: _words(row, row.phrase), 3),
    ),
    (
        "date",
        "value",
        "measure",
        "place",
        "speaker",
        "stance",
        "quote",
        "title",
        "published",
        "url",
        "cites_url",
        "source_kind",
        "said_status",
        "uid",
    ),
    "No figures: nothing in the database fits.",
)
EVENTS: Layout[Event] = Layout(
    (Column("when", _dates), Column("what", _event, 2), Column("in the words of", _reports, 3)),
    ("date", "title", "kind", "participants", "place", "sources", "quote", "url", "other_dates", "uid"),
    "No events: nothing in the database fits.",
)
ENTITIES: Layout[Named] = Layout(
    (
        Column("name", lambda row: Text(row.name, HIT), 2),
        Column("kind", lambda row: Text(row.kind)),
        Column("named", lambda row: Text(str(row.mentions), justify="right")),
        Column("articles", lambda row: Text(str(row.articles), justify="right")),
        Column("own", lambda row: Text(str(row.published or ""), justify="right")),
        Column("as", lambda row: Text("; ".join(row.forms)), 3),
    ),
    ("name", "kind", "mentions", "articles", "published", "forms", "quote", "url", "uid"),
    "No names: nothing in the database fits.",
)
HITS: Layout[Hit] = Layout(
    (Column("found", _hit, 1),),
    ("marked", "title", "published", "url", "source_kind", "uid"),
    "Nothing found.",
)
CONFLICTS: Layout[Conflict] = Layout(
    (
        Column("kind", lambda row: Text(row.kind)),
        Column("why", lambda row: Text(row.explanation), 2),
        Column("in the words of", _conflict, 3),
    ),
    ("kind", "explanation", "uid"),
    "No conflicts.",
)
CANDIDATES: Layout[Candidate] = Layout(
    (
        Column("one", lambda row: Text(row.a, HIT).append(f"\n{row.uid_a}", QUIET), 2),
        Column("other", lambda row: Text(row.b or "-", HIT).append(f"\n{row.uid_b or ''}", QUIET), 2),
        Column("kind", lambda row: Text(row.kind)),
        Column("named with both, why, or what people say", _candidate, 2),
    ),
    ("a", "b", "kind", "score", "company", "uid_a", "uid_b", "said", "why"),
    "No candidates: nothing left to decide.",
)
DECISIONS: Layout[Decision] = Layout(
    (
        Column("decision", lambda row: Text(row.uid)),
        Column("what", _decided, 3),
        Column("by", lambda row: Text(f"{row.by}\n{row.recorded_at[:16]}"), 1),
    ),
    ("uid", "verdict", "a", "b", "kind", "by", "recorded_at", "withdrawn", "note", "uid_a", "uid_b"),
    "Nothing was decided.",
)
TAGS: Layout[Tag] = Layout(
    (
        Column("tag", lambda row: Text(row.tag, HIT), 2),
        Column("articles", lambda row: Text(str(row.articles), justify="right")),
        Column("facts", lambda row: Text(str(row.facts), justify="right")),
        Column("last", lambda row: Text(row.last[:16])),
    ),
    ("tag", "articles", "facts", "last"),
    "No tags.",
)
FILED: Layout[Filed] = Layout(
    (
        Column("what", lambda row: Text(row.about or "-", HIT).append(f"\n{row.uid}", QUIET), 3),
        Column("kind", lambda row: Text(row.kind)),
        Column("where", lambda row: Text(row.url or "-"), 2),
        Column("by", lambda row: Text(f"{row.by}\n{row.recorded_at[:16]}"), 1),
    ),
    ("uid", "kind", "about", "url", "by", "recorded_at", "note"),
    "Nothing is filed under it.",
)
ENTRIES: Layout[Entry] = Layout(
    (
        Column("when", lambda row: Text(row.recorded_at[:16])),
        Column("by", lambda row: Text(row.by)),
        Column("what", _entry, 3),
        Column("uid", lambda row: Text(row.uid or "")),
    ),
    (
        *("recorded_at", "by", "kind", "verdict", "field", "value", "other", "stands", "note"),
        *("withdraws", "uid"),
    ),
    "Nothing was decided.",
)
LISTED: Layout[Listed] = Layout(
    (
        Column("spelling", lambda row: Text(row.spelling, HIT), 2),
        Column("of", lambda row: Text(row.name), 2),
        Column("kind", lambda row: Text(row.kind)),
        Column("source", lambda row: Text(row.source).append(f"\n{row.uid}", QUIET), 2),
    ),
    ("spelling", "name", "kind", "source", "by", "recorded_at", "uid"),
    "No spellings are listed.",
)

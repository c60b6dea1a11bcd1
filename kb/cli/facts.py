"""What one article states, for eyes: three tables that rest on no database."""

from __future__ import annotations

import typer
from rich.text import Text

from kb.cli.layouts import HIT, QUIET, marked
from kb.cli.show import Column, Layout, show_table
from kb.model.plain import folded
from kb.model.show import number_with_unit
from kb.model.values import Claim, Entity, Facts, Interval, Report


def _date(interval: Interval | None) -> Text:
    return Text((interval.date if interval else None) or "-")


def _claim(claim: Claim) -> Text:
    value = number_with_unit(claim.comparator, claim.low, claim.high, claim.unit, claim.direction)
    text = Text(value, HIT).append(f"\n{claim.measure}", "default")
    return text.append(f"\nsays {claim.speaker.name}", QUIET) if claim.speaker else text


def _report(report: Report) -> Text:
    who = ", ".join(participant.reference.name for participant in report.participants)
    text = Text(report.title, HIT)
    return text.append(f"\n{who}", QUIET) if who else text


def _forms(entity: Entity) -> dict[str, None]:
    return dict.fromkeys(folded(mention.span.words) for mention in entity.mentions)


_CLAIMS: Layout[Claim] = Layout(
    (
        Column("when", lambda claim: _date(claim.interval)),
        Column("figure", _claim, 2),
        Column("sentence", lambda claim: marked(folded(claim.sentence.words), claim.phrase.words), 3),
    ),
    (),
    "No figures.",
)
_REPORTS: Layout[Report] = Layout(
    (
        Column("when", lambda report: _date(report.interval)),
        Column("what", _report, 2),
        Column("sentence", lambda report: marked(folded(report.sentence.words), report.trigger.words), 3),
    ),
    (),
    "No dated events.",
)
_ENTITIES: Layout[Entity] = Layout(
    (
        Column("name", lambda entity: Text(entity.name, HIT), 2),
        Column("kind", lambda entity: Text(entity.kind)),
        Column("as", lambda entity: Text("; ".join(_forms(entity))), 3),
    ),
    (),
    "No names.",
)


def show_facts(facts: Facts) -> None:
    """Print title, figures, events and names."""
    article = facts.article
    said = (article.title, article.publisher, article.published, ", ".join(article.authors), article.url)
    typer.echo("\n".join(part for part in said if part))
    show_table(facts.claims, _CLAIMS)
    show_table(facts.reports, _REPORTS)
    show_table(facts.entities, _ENTITIES)

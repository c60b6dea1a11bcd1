"""Facts as plain data: the JSON that `kb extract` prints. Words are white-space-folded, offsets exact."""

from __future__ import annotations

from typing import Any

from kb.model.values import Article, Claim, Entity, Facts, Interval, Reference, Report, Span, Time


def folded(words: str) -> str:
    """The words with every run of white space as one space."""
    return " ".join(words.split())


def plain_facts(facts: Facts) -> dict[str, Any]:
    """The facts of an article in the form that DESIGN's `kb extract --json` has: see docs/json.md."""
    return {
        "article": plain_article(facts.article),
        "figures": [_claim(claim) for claim in facts.claims],
        "events": [_report(report) for report in facts.reports],
        "entities": [_entity(entity) for entity in facts.entities],
        "times": [_time(time) for time in facts.times],
    }


def plain_article(article: Article) -> dict[str, Any]:
    """What the source says of itself, and its text."""
    return {
        "title": article.title,
        "published": article.published,
        "modified": article.modified,
        "url": article.url,
        "publisher": article.publisher,
        "authors": list(article.authors),
        "language": article.language,
        "text": article.text,
    }


def _offsets(span: Span) -> dict[str, int]:
    return {"start_char": span.start_char, "end_char": span.end_char}


def _interval(interval: Interval | None) -> dict[str, Any]:
    if interval is None:
        return {"date": None, "earliest": None, "latest": None, "date_basis": None}
    return {
        "date": interval.date,
        "earliest": interval.earliest.isoformat() if interval.earliest else None,
        "latest": interval.latest.isoformat() if interval.latest else None,
        "date_basis": interval.basis,
    }


def measure_with_place(measure: str, place: str | None) -> str:
    """What is measured, as it is shown: with its place ("political prisoners in Belarus")."""
    if not place or place.lower() in measure.lower():
        return measure
    return f"{measure} {place}" if place.islower() else f"{measure} in {place}"


def _name(reference: Reference | None) -> str | None:
    return folded(reference.name) if reference else None


def _claim(claim: Claim) -> dict[str, Any]:
    baseline = claim.baseline
    return {
        "phrase": folded(claim.phrase.words),
        **_offsets(claim.phrase),
        "sentence": folded(claim.sentence.words),
        "comparator": claim.comparator,
        "low": claim.low,
        "high": claim.high,
        "unit": claim.unit,
        "measure": measure_with_place(claim.measure, _name(claim.place)),
        "subject": claim.subject,
        "relation": claim.relation,
        "direction": claim.direction,
        "baseline": {"words": baseline.words, "place": _name(baseline.place), **_interval(baseline.interval)}
        if baseline
        else None,
        "place": _name(claim.place),
        "speaker": _name(claim.speaker),
        "voice": claim.voice,
        "stance": claim.stance,
        "status": claim.status,
        "part_of": claim.part_of,
        **_interval(claim.interval),
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "trigger": folded(report.trigger.words),
        **_offsets(report.trigger),
        "sentence": folded(report.sentence.words),
        "title": report.title,
        "kind": report.kind,
        "stance": report.stance,
        "place": _name(report.place),
        **_interval(report.interval),
        "participants": [_name(participant.reference) for participant in report.participants],
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "kind": entity.kind,
        "mentions": [
            {"text": folded(mention.span.words), **_offsets(mention.span), "stands_for": mention.stands_for}
            for mention in entity.mentions
        ],
    }


def _time(time: Time) -> dict[str, Any]:
    return {
        "text": folded(time.span.words),
        **_offsets(time.span),
        "type": time.type,
        "value": time.value,
        **_interval(time.interval),
    }

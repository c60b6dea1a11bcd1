"""A fact as a person states it, made of the words that it rests on and of its reading in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from kb.desk.corrections import columns_of, parsed_date, parsed_value
from kb.desk.wording import phrase_in, sentence_around
from kb.errors import UsageError
from kb.lexicon import read_table
from kb.model.plain import folded
from kb.model.values import (
    Article,
    Baseline,
    Claim,
    Entity,
    EntityKind,
    Facts,
    Interval,
    Mention,
    Participant,
    Reference,
    Report,
    Role,
    Span,
)

FactKind = Literal["figure", "event", "name"]
Reading = Mapping[str, str | Sequence[str] | None]
_NOTHING: Mapping[str, Any] = {"comparator": "=", "low": None, "high": None}
_COUNTED = ("count", "bare")  # kinds of quantities whose noun is what is measured


def given_fact(
    kind: FactKind, text: str, sentences: Sequence[Span], quote: Span, reading: Reading
) -> tuple[Span, Facts]:
    """The words of a fact within a quote, and the facts of the text with nothing but this one.

    Raises:
        UsageError: what is said cannot be its reading, or says too little.
    """
    said = {name: value for name, value in reading.items() if isinstance(value, str) and value.strip()}
    article = Article(text)
    if kind == "figure":
        claim = _claim(quote, sentences, said)
        return claim.phrase, Facts(article, (claim.sentence,), claims=(claim,))
    sentence = sentence_around(quote, sentences)
    if kind == "event":
        who = reading.get("who")
        report = _report(quote, sentence, said, [who] if isinstance(who, str) else who or ())
        return quote, Facts(article, (sentence,), reports=(report,))
    if "kind" not in said:
        raise UsageError(f"what is it? Give a kind: {', '.join(get_args(EntityKind))}")
    columns = columns_of("mention", {"name": folded(quote.words), **said}, _NOTHING)
    entity = Entity(columns["name"], columns["kind"], (Mention(quote),))  # type: ignore[arg-type]
    return quote, Facts(article, (sentence,), entities=(entity,))


def _claim(quote: Span, sentences: Sequence[Span], said: dict[str, str]) -> Claim:
    value = parsed_value(said["value"]) if "value" in said else None
    phrase, quantity = phrase_in(quote, value)
    number = value or quantity
    if number is None:
        raise UsageError(f"“{folded(quote.words)}” has no number that kb reads: give it with --value")
    unit = said.get("unit") or number.unit or (quantity.unit if quantity is not None else "")
    if not unit:
        raise UsageError("what is counted? Give a --unit: a noun, %, a currency or a unit")
    if "measure" not in said and number.kind not in _COUNTED:
        raise UsageError("what is measured? Give a --measure in a few words")
    words = folded(quote.words if phrase == quote else number.span.words)
    columns = columns_of("claim", {"value": words, "measure": unit, **said, "unit": unit}, _NOTHING)
    low, high = (float(columns[end]) if columns[end] else None for end in ("low", "high"))
    return Claim(
        phrase=phrase,
        sentence=sentence_around(phrase, sentences),
        comparator=columns["comparator"],  # type: ignore[arg-type]
        low=low,
        high=high,
        unit=columns["unit"],
        measure=columns["measure"],
        subject=columns.get("subject") or None,
        place=_reference(columns.get("place")),
        relation=columns.get("relation", "value"),  # type: ignore[arg-type]
        direction=columns.get("direction") or None,  # type: ignore[arg-type]
        baseline=Baseline(columns["baseline"]) if columns.get("baseline") else None,
        interval=parsed_date(said["date"]) if "date" in said else None,
        speaker=_reference(columns.get("speaker")),
        voice=columns.get("voice") or ("reported" if "speaker" in said else "own"),  # type: ignore[arg-type]
        stance=columns.get("stance", "asserted"),  # type: ignore[arg-type]
    )


def _report(span: Span, sentence: Span, said: dict[str, str], who: Sequence[str]) -> Report:
    columns = columns_of("report", {"title": folded(span.words), **said}, _NOTHING)
    told_by = {row["kind"]: row["told_by"] for row in read_table("event_kinds")}.get(columns.get("kind", ""))
    role: Role = "patient" if told_by in ("patient", "victim") else "agent"
    return Report(
        trigger=span,
        sentence=sentence,
        title=columns["title"],
        kind=columns.get("kind") or None,
        interval=parsed_date(said["date"]) if "date" in said else Interval(None, None, None, None),
        stance=columns.get("stance", "asserted"),  # type: ignore[arg-type]
        participants=tuple(Participant(Reference(folded(name), None), role) for name in who if name.strip()),
        place=_reference(columns.get("place")),
    )


def _reference(name: str | None) -> Reference | None:
    return Reference(name, None) if name else None

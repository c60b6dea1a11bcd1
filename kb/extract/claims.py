"""Figures of an article: quantities with what they measure, where, when, and who says so."""

from __future__ import annotations

from kb.extract.attribution import speaker_of
from kb.extract.document import Document
from kb.extract.measure import measured
from kb.extract.mentions import Mentions
from kb.extract.phrases import Reading, anchor_of
from kb.extract.stance import stance_of
from kb.model.values import Claim, Entity, Quantity, Time


def find_claims(
    document: Document,
    times: tuple[Time, ...],
    quantities: tuple[Quantity, ...],
    entities: tuple[Entity, ...],
) -> tuple[Claim, ...]:
    """The article's figures in order."""
    reading = Reading.of(document, times, Mentions(entities))
    return tuple(_claim(reading, quantity) for quantity in quantities)


def _claim(reading: Reading, quantity: Quantity) -> Claim:
    document = reading.document
    anchor = anchor_of(document, quantity)
    what = measured(reading, quantity)
    speaker, voice = speaker_of(document, anchor, reading.mentions)
    return Claim(
        phrase=quantity.span,
        sentence=document.sentence_span(quantity.span.start_char),
        comparator=quantity.comparator,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        measure=what.words,
        subject=what.subject,
        relation=quantity.relation,
        direction=quantity.direction,
        speaker=speaker,
        voice=voice,
        stance=stance_of(document, anchor, through_adjuncts=True),
    )

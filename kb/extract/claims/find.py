"""Figures of an article: quantities with what they measure, where, when, and who says so."""

from __future__ import annotations

from dataclasses import replace

from kb.extract.attribution.stance import stance_of
from kb.extract.attribution.voice import speaker_of
from kb.extract.claims.article_place import place_of_article
from kb.extract.claims.asides import Asides
from kb.extract.claims.baseline import baseline_of, baseline_span
from kb.extract.claims.context import Context
from kb.extract.claims.holding import holding_of
from kb.extract.claims.measure import measured
from kb.extract.claims.parts import Counted, parts_of
from kb.extract.claims.phrases import Reading, anchor_of
from kb.extract.claims.places import place_of, without_demonym
from kb.extract.claims.shared_ends import with_shared_ends
from kb.extract.claims.statuses import status_of
from kb.extract.document import Document
from kb.extract.entities.mentions import Mentions
from kb.model.values import Baseline, Claim, Entity, Quantity, Time

LONGEST_SENTENCE = 400  # tokens; a longer one is a table or junk, whose parse says nothing


def find_claims(
    document: Document,
    times: tuple[Time, ...],
    quantities: tuple[Quantity, ...],
    entities: tuple[Entity, ...],
) -> tuple[Claim, ...]:
    """The article's figures in order, one for each quantity."""
    reading = Reading.of(document, times, Mentions(entities), quantities)
    counted = [
        Counted(quantity, anchor_of(document, quantity), document.sentence_at(quantity.span.start_char))
        for quantity in quantities
    ]
    baselines = [baseline_span(reading, quantity) for quantity in quantities]
    asides = Asides(reading, quantities, [span for span in baselines if span])
    context = Context(reading, place_of_article(document, entities, reading.mentions))
    for item, words, whole in zip(counted, baselines, parts_of(counted), strict=True):
        claim = context.converted(item.quantity)
        if claim is None and len(item.sentence) > LONGEST_SENTENCE:
            claim = _plain(document, item.quantity)
        elif claim is None:
            baseline = baseline_of(reading, words) if words else None
            own = asides.reading_for(item.quantity)
            claim = context.completed(_claim(own, item, baseline, whole), item, own)
        context.claims.append(claim)
    return tuple(map(without_demonym, with_shared_ends(document, context.claims)))


def _plain(document: Document, quantity: Quantity) -> Claim:
    """A quantity as a claim without anything that only a sentence's parse could tell."""
    return Claim(
        phrase=quantity.span,
        sentence=document.sentence_span(quantity.span.start_char),
        comparator=quantity.comparator,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        measure=quantity.unit,
        relation=quantity.relation,
        direction=quantity.direction,
    )


def _claim(reading: Reading, item: Counted, baseline: Baseline | None, whole: int | None) -> Claim:
    """A quantity as a claim, by what its own sentence says."""
    document, quantity, anchor = reading.document, item.quantity, item.anchor
    plain = _plain(document, quantity)
    speaker, voice = speaker_of(document, anchor, reading.mentions)
    place = place_of(reading, anchor, quantity.span, speaker)
    what = measured(reading, quantity, place)
    if quantity.kind == "age" and what.subject is not None:
        place = None  # a person is as old everywhere
    return replace(
        plain,
        measure=what.words,
        subject=what.subject,
        place=place,
        baseline=baseline,
        interval=holding_of(reading, anchor, quantity),
        speaker=speaker,
        voice=voice,
        stance=stance_of(document, anchor, through_adjuncts=True),
        status=status_of(anchor),
        part_of=whole,
    )

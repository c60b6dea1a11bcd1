"""Dated events of an article: triggers with their time, kind and participants.

Only a happening that the text itself dates becomes a report. Verbs that only report speech or thought,
times of day alone, durations, datelines and vague references ("recently") give none.
"""

from __future__ import annotations

from kb.extract.attribution.stance import is_of_bound, stance_of
from kb.extract.document import Document
from kb.extract.entities.mentions import Mentions
from kb.extract.reports.moods import is_conditional, is_taken_for_granted
from kb.extract.reports.participants import participants_of, place_of
from kb.extract.reports.stand_ins import stand_ins
from kb.extract.reports.titles import clause_of, title_of
from kb.extract.reports.triggers import Trigger, find_triggers
from kb.model.values import Claim, Entity, Participant, Report, Stance, Time

_PRONOUNS = frozenset(["he", "she", "it", "they", "his", "its", "their"])
_PLANS = frozenset(["plan", "schedule", "slate", "set", "expect"])


def find_reports(
    document: Document, times: tuple[Time, ...], entities: tuple[Entity, ...], _claims: tuple[Claim, ...] = ()
) -> tuple[Report, ...]:
    """The article's events in order of their triggers."""
    mentions = Mentions(entities)
    timed = _timed(document, times)
    return tuple(_report(document, trigger, mentions, timed) for trigger in find_triggers(document, times))


def _timed(document: Document, times: tuple[Time, ...]) -> frozenset[int]:
    """The positions of the tokens inside expressions that date something."""
    spans = (
        document.doc.char_span(time.span.start_char, time.span.end_char, alignment_mode="expand")
        for time in times
        if time.interval is not None
    )
    return frozenset(token.i for span in spans if span for token in span)


def _report(document: Document, trigger: Trigger, mentions: Mentions, timed: frozenset[int]) -> Report:
    doc, phrase = document.doc, trigger.phrase
    last = doc[phrase.end - 1]
    participants = participants_of(document, trigger.token, mentions, timed)
    return Report(
        trigger=document.span(doc[phrase.start].idx, last.idx + len(last)),
        sentence=document.sentence_span(trigger.token.idx),
        title=title_of(
            trigger.token, phrase, timed, stand_ins(document, trigger.token) | _antecedents(participants)
        ),
        kind=phrase.kind,
        interval=trigger.interval,
        stance=_stance(document, trigger, timed),
        participants=participants,
        place=place_of(participants),
    )


def _stance(document: Document, trigger: Trigger, timed: frozenset[int]) -> Stance:
    """The stance of the words, where the day of publication and the subject leave it at that."""
    token, published = trigger.token, document.published
    stance = stance_of(document, clause_of(token) or token)
    if stance == "planned" and token.dep_ == "acl" and token.tag_ == "VBN" and token.lemma_ not in _PLANS:
        return "asserted"  # "the museum, founded in 1891, will close"
    if stance == "planned" and is_conditional(token):
        return "hypothetical"
    if stance != "asserted" and not (stance == "denied" and is_taken_for_granted(token, timed)):
        return stance
    subject = next((child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.lower_ in ("nobody", "none", "nothing"):
        return "denied"
    denying = (child for child in subject.children if child.dep_ == "det") if subject is not None else ()
    if any(child.lower_ == "no" and not is_of_bound(child) for child in denying):
        return "denied"
    earliest = trigger.interval.earliest
    return "planned" if published and earliest and earliest > published else "asserted"


def _antecedents(participants: tuple[Participant, ...]) -> dict[int, str]:
    """What the pronouns among those who took part stand for, by offset."""
    references = (participant.reference for participant in participants)
    return {
        span.start_char: reference.name
        for reference in references
        if (span := reference.span) is not None and span.words.lower() in _PRONOUNS
    }

"""Figures of whole sentences: one case a line in `cases/claims.csv`, and what must hold of every claim."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.extract import extract
from kb.extract.claims.find import LONGEST_SENTENCE
from kb.model.plain import measure_with_place
from kb.model.values import Article, Claim
from tests.case_tables import cases

FIELDS = ("measure", "place", "date", "speaker", "voice", "stance", "status", "baseline", "whole")
PUBLISHED = "2024-05-14"


@cache
def _claims(text: str) -> tuple[Claim, ...]:
    return extract(Article(text, published=PUBLISHED, language="en")).claims


def _plain(claims: tuple[Claim, ...], claim: Claim, field: str) -> str | None:
    """A field as the case file writes it."""
    place = claim.place.name if claim.place else None
    values = {
        "measure": measure_with_place(claim.measure, place) if place else claim.measure,
        "place": place,
        "date": claim.interval.date if claim.interval else None,
        "speaker": claim.speaker.name if claim.speaker else None,
        "voice": claim.voice,
        "stance": claim.stance,
        "status": claim.status,
        "baseline": claim.baseline.words if claim.baseline else None,
        "whole": claims[claim.part_of].phrase.words if claim.part_of is not None else None,
    }
    return values[field]


@pytest.mark.parametrize("case", cases("claims"))
def test_claim(case: dict[str, str]) -> None:
    claims = _claims(case["text"])
    claim = next(claim for claim in claims if case["phrase"] in claim.phrase.words)
    expected = {field: case[field] for field in FIELDS if case[field]}
    found = {field: _plain(claims, claim, field) or "-" for field in expected}
    assert found == expected


VOCABULARY = (
    '12 three 45% $5 dozens people of in the who said Kenya Oxfam and , . ; : ( ) " “ ” than were killed to'
    " from more rose by 2019 Monday yesterday including according it that not\n\n is was would half report"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY.split(" ")), max_size=30).map(" ".join))
def test_claims_of_any_words(text: str) -> None:
    claims = extract(Article(text, published=PUBLISHED, language="en")).claims
    for position, claim in enumerate(claims):
        references = (claim.place, claim.speaker, claim.baseline.place if claim.baseline else None)
        spans = [claim.phrase, claim.sentence, *(r.span for r in references if r and r.span)]
        assert all(text[span.start_char : span.end_char] == span.words for span in spans)
        assert claim.sentence.overlaps(claim.phrase)
        assert claim.measure.strip() == claim.measure
        assert claim.part_of is None or 0 <= claim.part_of < position


def test_a_sentence_too_long_to_parse_gives_plain_claims() -> None:
    text = "12 apples, " * (LONGEST_SENTENCE // 2) + "and no more."
    assert {claim.measure for claim in extract(Article(text, language="en")).claims} == {"apples"}

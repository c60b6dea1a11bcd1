"""Figures of whole sentences: one case a line in `cases/claims.csv`, and what must hold of every claim."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from kb.extract import extract
from kb.model.plain import measure_with_place
from kb.model.values import Article, Claim

_LINES = (Path(__file__).parent / "cases/claims.csv").read_text(encoding="utf-8").splitlines()
CASES = list(csv.DictReader(line for line in _LINES if not line.startswith("#")))
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


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_claim(case: dict[str, str]) -> None:
    claims = _claims(case["text"])
    claim = next(claim for claim in claims if case["phrase"] in claim.phrase.words)
    expected = {field: case[field] for field in FIELDS if case[field]}
    found = {field: _plain(claims, claim, field) or "-" for field in expected}
    assert found == expected


def test_every_case_says_why() -> None:
    assert all(case["why"] for case in CASES)

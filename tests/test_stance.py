"""Stance of single facts: one case a line in `cases/stance.csv`."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kb.extract.document import analyse
from kb.extract.stance import stance_of
from kb.model.values import Article

_LINES = (Path(__file__).parent / "cases/stance.csv").read_text(encoding="utf-8").splitlines()
CASES = list(csv.DictReader(line for line in _LINES if not line.startswith("#")))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_stance(case: dict[str, str]) -> None:
    document = analyse(Article(case["sentence"]))
    token = next(token for token in document.doc if token.text == case["word"])
    assert stance_of(document, token, through_adjuncts=token.like_num) == case["stance"]

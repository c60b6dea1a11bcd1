"""Stance of single facts: one case a line in `cases/stance.csv`."""

from __future__ import annotations

import pytest

from kb.extract.attribution.stance import stance_of
from kb.extract.document import analyse
from kb.model.values import Article
from tests.case_tables import cases


@pytest.mark.parametrize("case", cases("stance"))
def test_stance(case: dict[str, str]) -> None:
    document = analyse(Article(case["sentence"]))
    token = next(token for token in document.doc if token.text == case["word"])
    assert stance_of(document, token, through_adjuncts=token.like_num) == case["stance"]

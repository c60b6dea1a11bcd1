"""The time that belongs to a word: one case a line in `cases/timing.csv`."""

from __future__ import annotations

import pytest

from kb.extract.dating.timing import time_of
from kb.extract.document import analyse
from kb.extract.times import find_times
from kb.model.values import Article
from tests.case_tables import cases


@pytest.mark.parametrize("case", cases("timing"))
def test_time_of(case: dict[str, str]) -> None:
    document = analyse(Article(case["sentence"], published="2020-01-10"))
    token = next(token for token in document.doc if token.text == case["word"])
    time = time_of(document, find_times(document), token)
    assert ((time and time.interval and time.interval.date) or "") == case["date"], case["why"]

"""What conditions and negations around a happening leave of it."""

from __future__ import annotations

import pytest

from kb.extract import extract
from kb.model.values import Article


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("If the talks fail, sanctions will be imposed in June 2025.", ["hypothetical"]),
        ("Unless they pay, the court will hold a hearing on 3 June 2025.", ["hypothetical"]),
        ("He will resign in June 2025 if he loses.", ["hypothetical"]),
        ("Even if it rains, the march will be held on 3 June 2025.", ["planned"]),
        ("The Commission did not recognise the 2020 presidential election.", ["asserted"]),
        ("The earthquake of 11 May 2025 did not cause damage.", ["asserted", "denied"]),
        ("They did not sign the 2015 agreement.", ["asserted"]),
        ("The ministers did not sign an agreement on 8 May 2025.", ["denied"]),
        ("The government did not hold the 2021 election.", ["denied"]),
        ("The vote was not held in 2020.", ["denied"]),
    ],
)
def test_stance(text: str, stances: list[str]) -> None:
    facts = extract(Article(text, published="2025-05-14"))
    assert [report.stance for report in facts.reports] == stances

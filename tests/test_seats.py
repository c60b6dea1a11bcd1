"""Seats of government to which something is said or done stand for those who govern from them."""

from __future__ import annotations

import pytest

from kb.extract.document import analyse
from kb.extract.entities import find_entities
from kb.model.values import Article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister accused Moscow of a breach.", ["government of Russia"]),
        ("Ankara was warned by its allies.", ["government of Turkey"]),
        ("The bloc urged Minsk to free them.", ["government of Belarus"]),
        ("Storms hit Ankara on Monday.", [None]),
        ("They left Moscow by train.", [None]),
    ],
)
def test_who_is_spoken_to(text: str, expected: list[str | None]) -> None:
    document = analyse(Article(text))
    found = [mention for entity in find_entities(document) for mention in entity.mentions]
    assert [mention.stands_for for mention in found] == expected

"""Entities: which words of a text are names, of what kind, and which of them name one thing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.extract.document import analyse
from kb.extract.entities import find_entities, with_nested
from kb.model.values import Article, Entity
from tests.case_tables import cases

WORDS = st.sampled_from(
    ["Minsk", "said", "Anna", "Novak,", "the", "of", "and", "President", "US", "(EU)", "Ministry", "in"]
) | st.sampled_from(["–", "“", "12", "Street", "\n\n", "de", "al-Assad", "Monday", "French", "Ltd.", "A320"])


def entities(text: str) -> tuple[Entity, ...]:
    return find_entities(analyse(Article(text)))


def forms(entity: Entity) -> frozenset[str]:
    return frozenset(mention.span.words for mention in entity.mentions)


@pytest.mark.parametrize("case", cases("entities"))
def test_entities(case: dict[str, str]) -> None:
    found = entities(case["text"])
    for kind in ("person", "organisation", "place"):
        wanted = {frozenset(entity.split("=")) for entity in case[f"{kind}s"].split(";") if entity}
        assert {forms(entity) for entity in found if entity.kind == kind} == wanted, kind


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_mentions_are_words_of_the_text_and_do_not_overlap(text: str) -> None:
    spans = sorted((m.span for entity in entities(text) for m in entity.mentions), key=lambda s: s.start_char)
    assert all(text[span.start_char : span.end_char] == span.words for span in spans)
    assert all(one.end_char <= other.start_char for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Harvest Party of Northern Ireland won a seat.",
            {"Harvest Party of Northern Ireland", "Harvest Party"},
        ),
        ("The Republican Party of Idaho met.", {"Republican Party of Idaho"}),
        ("The Bank of Finland met.", {"Bank of Finland"}),
        ("Harvest Party (E & W) - 1 seat", {"Harvest Party (E & W)", "Harvest Party"}),
        ("The European Union (EU) agreed.", {"European Union", "EU"}),
        ("The Brexit Party won no seats.", {"The Brexit Party", "Brexit Party"}),
        ("The Labour Party won no seats.", {"Labour Party"}),
        ("Anna Holm told KQRT 9 news so.", {"KQRT 9", "KQRT 9 news"}),
    ],
)
def test_names_inside_a_name(text: str, expected: set[str]) -> None:
    document = analyse(Article(text))
    found = with_nested(document, find_entities(document))
    bodies = [entity for entity in found if entity.kind == "organisation"]
    assert [forms(entity) for entity in bodies] == [expected]
    assert all(text[m.span.start_char : m.span.end_char] == m.span.words for e in found for m in e.mentions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks between Minsk and Warsaw failed.", ["government of Belarus", "government of Poland"]),
        ("Minsk said it would answer.", ["government of Belarus"]),
        ("Sanctions on Moscow stay in force.", ["government of Russia"]),
        ("They met in Minsk and flew to Moscow.", [None, None]),
        ("Crowds filled Brussels' streets.", [None]),
        ("Brussels criticised the law.", ["European Union"]),
    ],
)
def test_a_capital_is_put_for_its_government(text: str, expected: list[str | None]) -> None:
    mentions = sorted(
        (m for entity in entities(text) for m in entity.mentions), key=lambda m: m.span.start_char
    )
    assert [mention.stands_for for mention in mentions] == expected


@pytest.mark.parametrize(
    "text", ["A" * 20_000, "A. " * 7_000, "The Of And " * 3_000, "Ministry of " * 3_000, "Li-" * 5_000]
)
def test_long_texts_without_sense(text: str) -> None:
    entities(text)

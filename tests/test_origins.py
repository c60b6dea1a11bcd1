"""Whose text an article has: variants of one text are one root, two tellings of one event are two."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.resolve.texts.agencies import agency_of
from kb.resolve.texts.takes import kinship, sketch
from tests.case_tables import CASES

STORY = (
    "A ferry ran aground off the northern cape before dawn, and 120 passengers spent six hours in the rain.",
    "Lifeboats from three harbours brought everybody ashore by noon, the coast guard said; none was hurt.",
    "The captain told investigators that a buoy which should have marked the reef had drifted in the storm.",
    "The ferry company has cancelled all crossings until Friday and promised to refund every ticket it sold.",
    "Divers will look at the hull on Thursday, when the wind is expected to drop and the current to turn.",
)
RETOLD = (
    "Everyone aboard a ship that hit rocks near the cape is safe, according to the coast guard.",
    "Rescue boats needed half a day for the job because of high waves and thick fog in the strait.",
    "Investigators suspect that a sea mark was no longer where the charts show it.",
    "No ship of the line will sail this week, its owners announced, and passengers get their money back.",
)


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


VARIANTS = {
    "same": text(*STORY),
    "dateline": text("NORTH CAPE, May 3 - " + STORY[0], *STORY[1:]),
    "more": text(
        *STORY, "The mayor of the harbour town thanked the crews of the lifeboats in a short speech."
    ),
    "less": text(*STORY[:4]),
    "intro": text("Our readers on the islands had a long night.", *STORY),
    "edited": text(STORY[0].replace("before dawn", "early in the morning"), *STORY[1:]),
    "swapped": text(STORY[1], STORY[0], *STORY[2:]),
    "credited": text(*STORY, "Source: Reuters"),
    "short-end": text(*STORY[:3], STORY[3]),
    "headed": text("Ferry runs aground", *STORY),
}


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "same"])
def test_variants_are_reprints(name: str) -> None:
    found = kinship(VARIANTS["same"], VARIANTS[name])
    assert found is not None
    assert found[0] == "reprint"
    assert set(sketch(VARIANTS["same"])) & set(sketch(VARIANTS[name]))


def test_a_later_take_has_other_numbers() -> None:
    later = VARIANTS["same"].replace("120 passengers", "134 passengers")
    found = kinship(VARIANTS["same"], later)
    assert found is not None
    assert found[0] == "later take"
    assert "134" in found[1]


def test_an_excerpt_stands_in_a_longer_text() -> None:
    found = kinship(text(*STORY, *RETOLD, *RETOLD[::-1]), text(*STORY[:2]))
    assert found is not None
    assert found[0] == "excerpt"


def test_the_same_event_in_other_words_is_another_text() -> None:
    assert kinship(text(*STORY), text(*RETOLD)) is None


@pytest.mark.parametrize(
    ("words", "authors", "agency"),
    [
        ("MINSK (Reuters) - The talks began.", (), "Reuters"),
        ("VILNIUS, May 3 (AP) — The talks began.", (), "Associated Press"),
        ("The talks began and ended. (AFP)", (), "Agence France-Presse"),
        ("The talks began.", ("Associated Press",), "Associated Press"),
        ("The Reuters building was sold. It is old.", (), None),
        ("The talks (AP was not invited) began.", (), None),
        ("MINSK, May 3 (AP) _ The talks began.", (), "Associated Press"),
        ("By Ann Example, Associated Press\n\nThe talks began.", (), "Associated Press"),
        ("Reuters\n\nThe talks began.", (), "Reuters"),
        ("Interfax, Reuters and TASS were there.\n\nThe talks began.", (), None),
        ("The talks began.\n\nBy AFP", (), "Agence France-Presse"),
        ("The talks began.\n\n© 2026 AFP. All rights reserved.", (), "Agence France-Presse"),
        ("The talks began.\n\nPhoto © AFP", (), None),
        ("The talks began.\n\nWith reporting by AFP and Reuters", (), None),
        ("The talks began.", ("Ann Example | AP",), "Associated Press"),
        ("The talks began.", ("Reuters Staff",), "Reuters"),
        ("The talks began.", ("AFP/Ann Example",), "Agence France-Presse"),
        ("The talks began.", ("Ann Example with AFP",), None),
    ],
)
def test_agencies_by_their_tags(words: str, authors: tuple[str, ...], agency: str | None) -> None:
    found = agency_of(words, authors)
    assert (found[0] if found else None) == agency


def roots(folder: Path, names: tuple[str, ...]) -> set[frozenset[str]]:
    """The families that articles make when they are loaded in this order."""
    path = folder / f"{'-'.join(names)}.db"
    with KnowledgeBase(path) as base:
        for name in names:
            file = folder / f"{name}.txt"
            file.write_text(TEXTS[name], encoding="utf-8")
            base.load(file, url=f"https://{name}.example.org/", published=f"2026-05-0{len(name) % 9 + 1}")
        rows = base.sql("""
            SELECT article.url, independent_source.root FROM article
            JOIN independent_source ON independent_source.article_id = article.id""")
    families: dict[str, set[str]] = {}
    for row in rows:
        families.setdefault(row["root"], set()).add(row["url"])
    return {frozenset(family) for family in families.values()}


TEXTS = {
    "first": VARIANTS["same"],
    "second": VARIANTS["more"],
    "third": VARIANTS["less"],
    "other": text(*RETOLD),
}


def test_families_do_not_depend_on_the_order_of_loading(tmp_path: Path) -> None:
    found = [roots(tmp_path, names) for names in itertools.islice(itertools.permutations(TEXTS), 0, 24, 7)]
    family = frozenset(f"https://{name}.example.org/" for name in ("first", "second", "third"))
    assert all(families == {family, frozenset({"https://other.example.org/"})} for families in found)


WIRE = (CASES / "wire" / "harbour.txt").read_text(encoding="utf-8").strip().split("\n\n")
ADDED = (
    "The ferry company said that passengers with tickets for Tuesday could travel on any other day of the"
    " week, and that extra boats would run to the islands on Thursday morning if the weather allowed it."
)
OUTLETS = {
    "as-it-came": text(*WIRE),
    "dateline": text("LISBURY, March 3 - " + WIRE[0], *WIRE[1:]),
    "agency-in-front": text("LISBURY (Reuters) - " + WIRE[0], *WIRE[1:]),
    "agency-at-the-end": text(*WIRE, "(Reuters)"),
    "headed": text("Night of fire on the waterfront", "By our own staff", *WIRE),
    "added": text(*WIRE[:4], ADDED, *WIRE[4:]),
    "cut": text(*WIRE[:5], *WIRE[6:]),
    "short": text(*WIRE[:6]),
    "moved": text(WIRE[0], *WIRE[2:4], WIRE[1], *WIRE[4:]),
    "spelt": text(*WIRE)
    .replace("harbour", "harbor")
    .replace("metres", "meters")
    .replace("Tuesday", "March 3"),
}


def test_ten_variants_of_an_article_are_one_root_and_another_telling_is_two(tmp_path: Path) -> None:
    retold = (CASES / "wire" / "harbour_retold.txt").read_text(encoding="utf-8")
    for name, words in {**OUTLETS, "retold": retold}.items():
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    with KnowledgeBase(tmp_path / "kb.db") as base:
        for name in (*OUTLETS, "retold"):
            base.load(tmp_path / f"{name}.txt", url=f"https://{name}.example.org/", published="2026-03-04")
        rows = base.sql("""
            SELECT article.url, independent_source.root FROM article
            JOIN independent_source ON independent_source.article_id = article.id""")
    assert len(rows) == len(OUTLETS) + 1
    assert len({row["root"] for row in rows if "retold" not in row["url"]}) == 1
    assert len({row["root"] for row in rows}) == 2


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("This article was originally published by Global Lanterns under a free licence.", "Global Lanterns"),
        ("It rained.\n\nFirst published in The Example Review.", "The Example Review"),
        ("Reprinted with the kind permission of the Example Institute.", "Example Institute"),
        ("The count was first published by Lantern Watch on Monday.", None),
        ("This story was first published on May 3, 2026.", None),
        ("This story was first published in Russian.", None),
    ],
)
def test_a_text_says_where_it_first_appeared(words: str, name: str | None) -> None:
    found = agency_of(words)
    assert (found[0] if found else None) == name


def test_what_an_agency_publishes_itself_is_its_own() -> None:
    found = agency_of("The talks began.", publisher="Reuters")
    assert found is not None
    assert found[0] == "Reuters"
    assert agency_of("The talks began.", publisher="The Example") is None


@given(st.text(max_size=400))
def test_any_text_has_a_sketch(words: str) -> None:
    assert sketch(words) == sketch(words)
    assert sketch(words) == () or kinship(words, words) == ("reprint", kinship(words, words)[1])  # type: ignore[index]

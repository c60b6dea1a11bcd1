"""Reprints: whatever a house does to an article, in whatever order its copies come, it stays one source."""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from kb.model.values import Article, Facts
from kb.read import read_file
from kb.resolve import trace
from kb.resolve.texts.changed import changed_numbers
from kb.resolve.texts.takes import kinship, sketch
from tests.case_tables import CASES
from tests.store_facts import empty_base

DATA = Path(__file__).parent.parent / "data" / "articles"
HEAD = (
    "Our readers have asked about this for weeks. What follows is the report as it reached the newsroom"
    " this morning, with a few words of our own where a name or a place may not be known here."
)
FOOT = (
    "The newspaper asked two lawyers what may come next. Neither wanted to be named, and both of them"
    " said that a decision before the summer would surprise them."
)
INSERTS = ("Advertisement", "Read also: the week in pictures", "Sign up here for our letter of the morning")
SPELLINGS = {
    "prisoners": "inmates",
    "organisation": "organization",
    "said": "told reporters",
    "about": "around",
}


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def joined(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)


def two_thirds(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[: 2 * len(words) // 3])


def without_middle(text: str) -> str:
    words = text.split(" ")
    return " ".join(words[: len(words) // 3] + words[2 * len(words) // 3 :])


def with_inserts(text: str) -> str:
    turns = itertools.cycle(INSERTS)
    return joined([part for own in paragraphs(text) for part in (own, next(turns))])


def swapped(text: str) -> str:
    parts = paragraphs(text)
    for i in range(1, len(parts) - 1, 3):
        parts[i], parts[i + 1] = parts[i + 1], parts[i]
    return joined(parts)


def respelt(text: str) -> str:
    changed = re.sub(r"\w+", lambda match: SPELLINGS.get(match[0], match[0]), text)
    return changed.replace('"', "”").replace("'", "’").replace(" - ", " – ")


VARIANTS: Mapping[str, Callable[[str], str]] = {
    "title": lambda text: f"What nobody expected of this spring\n\n{text}",
    "head": lambda text: joined([HEAD, *paragraphs(text)]),
    "foot": lambda text: joined([*paragraphs(text), FOOT]),
    "cut at the end": two_thirds,
    "cut in the middle": without_middle,
    "half": lambda text: text[: len(text) // 2],
    "dateline": lambda text: f"GENEVA, September 12 - {text}",
    "agency in front": lambda text: f"GENEVA (AFP) - {text}",
    "agency behind": lambda text: f"{text}\n\n(Reuters)",
    "respelt": respelt,
    "swapped": swapped,
    "inserts": with_inserts,
    "merged": lambda text: " ".join(text.split()),
    "soft hyphens": lambda text: re.sub(r"([a-z]{4})([a-z]{4})", "\\1\u00ad\\2", text),
    "head, cut, dateline": lambda text: joined([HEAD, f"LONDON, May 3 - {two_thirds(text)}"]),
}


def articles() -> dict[str, str]:
    """The texts of the demo."""
    files = sorted(path for path in DATA.iterdir() if path.name != "README.md")
    return {path.stem: read_file(path).text for path in files}


TEXTS = articles()
WHO = sorted(TEXTS)


@pytest.mark.parametrize("name", WHO)
def test_what_a_house_does_to_an_article_leaves_it_one_text(name: str) -> None:
    text = TEXTS[name]
    for what, change in VARIANTS.items():
        found = kinship(text, change(text))
        assert found is not None, what
        assert found[0] in ("reprint", "excerpt"), what
        assert kinship(change(text), text) is not None, what
        assert set(sketch(text)) & set(sketch(change(text))), what


@pytest.mark.parametrize("name", WHO[::3])
def test_variants_are_one_root_in_any_order(name: str, tmp_path: Path) -> None:
    retold = (CASES / "wire" / "harbour_retold.txt").read_text(encoding="utf-8")
    copies = {"as it came": TEXTS[name], **{what: change(TEXTS[name]) for what, change in VARIANTS.items()}}
    for seed in range(3):
        names = [*copies, "another"]
        random.Random(seed).shuffle(names)
        (tmp_path / str(seed)).mkdir()
        found = families(tmp_path / str(seed), [(what, copies.get(what, retold)) for what in names])
        assert found == {frozenset(copies), frozenset(["another"])}


def families(folder: Path, texts: Sequence[tuple[str, str]]) -> set[frozenset[str]]:
    """The families that texts make, loaded in this order; without the facts in them."""
    with empty_base(folder) as store:
        run = store.start_run("test", "1")
        for what, words in texts:
            url = f"https://{what.replace(' ', '-').replace(',', '')}.example.org/"
            article = Article(words, what, f"2026-05-{len(what):02}", url=url, raw=what.encode())
            with store.transaction() as connection:
                stored = store.add(Facts(article, (), (), (), (), ()), run)
                assert stored.revision_id is not None
                trace(connection, stored.revision_id, run)
        query = """
            SELECT revision.title, independent_source.root FROM independent_source
            JOIN revision ON revision.article_id = independent_source.article_id"""
        found: dict[str, set[str]] = defaultdict(set)
        for title, root in store.connection.exec_driver_sql(query):
            found[root].add(title)
    return {frozenset(titles) for titles in found.values()}


def test_a_copy_that_is_like_another_copy_only_has_the_agency_of_that_one(tmp_path: Path) -> None:
    text = TEXTS[WHO[3]]
    signed, copy = f"GENEVA (AFP) - {text}", joined([HEAD, text])
    far = joined([HEAD, FOOT, text[: len(text) // 2], FOOT.upper(), HEAD.upper()])
    for number, order in enumerate(itertools.permutations([("s", signed), ("c", copy), ("f", far)])):
        (tmp_path / str(number)).mkdir()
        assert families(tmp_path / str(number), order) == {frozenset("scf")}


def test_two_agencies_of_one_text_are_one_root_in_any_order(tmp_path: Path) -> None:
    text = TEXTS[WHO[3]]
    third = len(text) // 3
    chain = [("a", f"(Reuters) - {text[: 2 * third]}"), ("b", text), ("c", f"{text[third:]}\n\n(AFP)")]
    for number, order in enumerate(itertools.permutations(chain)):
        (tmp_path / str(number)).mkdir()
        assert families(tmp_path / str(number), order) == {frozenset("abc")}


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        ("It killed at least 12 people there.", "It killed at least 19 people there.", ["19"]),
        ("It killed seven people in the town.", "It killed nine people in the town.", ["9"]),
        ("It cost 1,200 euros in all.", "It cost 1200 euros in all.", []),
        ("It killed 12 people. It hurt 15 people.", "It hurt 15 people. It killed 12 people.", []),
        ("OSLO, May 3 (AP) - It rained a lot.", "OSLO, May 4 (AP) - It rained a lot.", []),
        ("Updated at 10:45 this morning by us.", "Updated at 11:30 this morning by us.", []),
        ("He was born in 1985 and raised there.", "He was born in 1986 and raised there.", []),
    ],
)
def test_numbers_that_a_later_take_changed(before: str, after: str, numbers: list[str]) -> None:
    assert changed_numbers(before, after) == numbers


@pytest.mark.parametrize("name", WHO)
def test_one_number_that_is_another_makes_a_later_take(name: str) -> None:
    text = TEXTS[name]
    told = list(re.finditer(r"(?<=[a-z] )\d{2,3}(?= [a-z]{4})", text))
    for match in told[:3]:
        later = text[: match.start()] + str(int(match[0]) + 7) + text[match.end() :]
        assert kinship(text, later) is not None
        assert (kinship(text, later) or ("",))[0] == "later take"

"""The articles of `data/`: what kb makes of them, exactly; and what was marked in them by hand."""

from __future__ import annotations

import difflib
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.regold import ARTICLES, GOLDEN, snapshot

LONGEST = 80  # lines of a difference that are shown


@cache
def _facts(article: Path) -> str:
    return snapshot(article)


@cache
def _marked(article: Path) -> dict[str, Any]:
    marked: dict[str, Any] = yaml.safe_load((GOLDEN / f"{article.stem}.yaml").read_text(encoding="utf-8"))
    return marked


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_facts_are_those_of_the_snapshot(article: Path) -> None:
    """A change that is meant is written with `python -m tests.regold`, and looked at."""
    wanted = (GOLDEN / f"{article.stem}.json").read_text(encoding="utf-8")
    found = _facts(article)
    lines = list(
        difflib.unified_diff(wanted.splitlines(), found.splitlines(), "golden", "found", lineterm="", n=2)
    )
    if lines:
        pytest.fail("\n".join(lines[:LONGEST]), pytrace=False)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_the_article_says_of_itself_what_was_marked(article: Path) -> None:
    found, marked = json.loads(_facts(article))["article"], _marked(article)["article"]
    keys = ("title", "published", "authors", "publisher", "url")
    assert {key: found[key] for key in keys} == {key: marked[key] for key in keys}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_marks_are_in_the_text(article: Path) -> None:
    text = " ".join(json.loads(_facts(article))["article"]["text"].split())
    marked = _marked(article)
    sentences = [item["sentence"] for item in (*marked["figures"], *marked["events"])]
    mentions = [mention for entity in marked["entities"] for mention in entity["mentions"]]
    assert [words for words in (*sentences, *mentions) if words not in text] == []
    assert [f["phrase"] for f in marked["figures"] if f["phrase"] not in f["sentence"]] == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_no_trap_is_sprung(article: Path) -> None:
    facts, marked = json.loads(_facts(article)), _marked(article)
    words = [figure["phrase"] for figure in facts["figures"]] + [
        event["trigger"] for event in facts["events"]
    ]
    words += [mention["text"] for entity in facts["entities"] for mention in entity["mentions"]]
    assert [
        trap["phrase"] for trap in marked["traps"] if any(trap["phrase"] in found for found in words)
    ] == []


def test_every_article_is_marked() -> None:
    stems = sorted(path.stem for path in ARTICLES)
    assert sorted(path.stem for path in GOLDEN.glob("*.yaml")) == stems
    assert sorted(path.stem for path in GOLDEN.glob("*.json")) == stems

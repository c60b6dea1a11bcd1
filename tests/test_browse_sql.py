"""What Datasette shows of a base beside its rows: canned queries, descriptions, labels, search."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.browse.catalogue import queries
from tests.browsing import Browser

ASKED = {
    "measure": "prisoners",
    "place": "Belarus",
    "speaker": "",
    "year": "2026",
    "since": "2026",
    "publisher": "",
    "name": "Belarus",
    "words": "prisoners",
}


@pytest.mark.parametrize("name", sorted(queries()))
def test_canned_queries_are_told_and_answer(demo: Path, name: str) -> None:
    browser = Browser(demo)
    assert queries()[name]["title"]
    assert queries()[name]["description"]
    answer = browser.get(f"/{demo.stem}/{name}.json", params={**ASKED, "_shape": "array"})
    assert answer.status_code == 200
    assert answer.json() or name in ("clashes", "events_of")


def test_tables_say_what_their_columns_mean(demo: Path) -> None:
    browser = Browser(demo)
    page = browser.get(f"/{demo.stem}/figures").text
    assert "How the number binds" in page
    assert "USD" in page
    assert "prisoner" in browser.get(f"/{demo.stem}/passage", params={"_search": "prisoner"}).text
    labelled = browser.get(f"/{demo.stem}/mention.json", params={"_labels": "on", "_shape": "objects"}).json()
    assert {"value", "label"} <= set(labelled["rows"][0]["entity_id"])

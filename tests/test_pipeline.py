"""The way of an article into a base: whole or not at all, once, and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import kb.pipeline
from kb.errors import StoreError, UsageError
from kb.extract import extract
from kb.model.values import Article, Facts, Span
from kb.pipeline import Loaded, load, summary
from kb.read import Given
from kb.resolve import differences
from kb.store import Store

WORDS = "Ann Lee met 12 dockers in Riga on May 4, 2026.\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "kb.db") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    for number in range(3):
        (path / f"{number}.txt").write_text(WORDS.replace("12", str(12 + number)))
    (path / "README.md").write_text("These are no articles, but 3 files that tell of 2026.")
    (path / ".hidden.txt").write_text(WORDS)
    return path


def count(store: Store, table: str) -> int:
    return int(store.driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_folder_is_loaded_file_by_file(store: Store, folder: Path) -> None:
    steps = load(store, [folder], Given(publisher="The Gazette"))
    first = next(steps)
    assert (Path(first.source).name, first.outcome, first.figures) == ("0.txt", "loaded", 1)
    assert count(store, "article") == count(store, "attempt") == 1  # each is in before the next is read
    rest = list(steps)
    assert [Path(step.source).name for step in rest] == ["1.txt", "2.txt"]
    assert {row[0] for row in store.driver.execute("SELECT publisher FROM figures")} == {"The Gazette"}
    assert [step.outcome for step in load(store, [folder], Given())] == ["unchanged"] * 3


def test_an_article_whose_facts_do_not_fit_is_not_stored(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(article: Article) -> Facts:
        facts = extract(article)
        if "13" not in article.text:
            return facts
        (claim,) = facts.claims
        shifted = Span(claim.phrase.start_char + 1, claim.phrase.end_char + 1, claim.phrase.words)
        return replace(facts, claims=(replace(claim, phrase=shifted),))

    monkeypatch.setattr(kb.pipeline, "extract", broken)
    done = list(load(store, [folder], Given()))
    assert [step.outcome for step in done] == ["loaded", "failed", "loaded"]
    assert "words" in str(done[1].reason)
    assert (count(store, "article"), count(store, "attempt")) == (2, 3)
    assert list(differences(store.connection)) == []
    monkeypatch.undo()
    assert summary(load(store, [folder], Given())) == "1 loaded, 2 unchanged"


def test_a_base_that_cannot_be_written_ends_the_load(store: Store, folder: Path) -> None:
    store.driver.execute(f"PRAGMA max_page_count = {store.driver.execute('PRAGMA page_count').fetchone()[0]}")
    (folder / "1.txt").write_text(WORDS * 500)
    with pytest.raises(StoreError, match="full"):
        list(load(store, [folder], Given()))
    assert count(store, "article") <= 1


@pytest.mark.parametrize("given", [Given(url="https://example.org/a"), Given(title="A title")])
def test_what_belongs_to_one_article_is_not_said_of_many(store: Store, folder: Path, given: Given) -> None:
    for sources in ([folder], [folder / "0.txt", folder / "1.txt"]):
        with pytest.raises(UsageError, match="one article"):
            list(load(store, sources, given))
    assert [step.outcome for step in load(store, [folder / "0.txt"], given)] == ["loaded"]


def test_the_summary_counts_by_outcome() -> None:
    assert summary([]) == "no articles"
    steps = [
        Loaded("a", "failed", reason="no"),
        Loaded("b", "loaded"),
        Loaded("c", "loaded"),
        Loaded("d", "revised"),
    ]
    assert summary(steps) == "2 loaded, 1 revised, 1 failed"

"""kb reextract, kb history and kb withdraw as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.extract import VERSION
from kb.read.documents.text import READER
from tests.command import Command
from tests.store_facts import empty_base
from tests.test_any_sequence import FIRST, SECOND, put, read_again
from tests.test_changes import PAGE

URL = PAGE.url or ""
NEWER = PAGE.text.replace("over 40", "over 55")


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("KB_DATABASE", str(tmp_path / "kb.db"))
    return Command(capsys)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A base of one page in two states, both by the present reader, the second also by other rules."""
    from dataclasses import replace

    with empty_base(tmp_path) as store:
        put(store, replace(PAGE, reader=READER))
        put(store, replace(PAGE, text=NEWER, title="Boats", reader=READER))
        read_again(store, SECOND)
        read_again(store, replace(FIRST, version=VERSION))
    return tmp_path / "kb.db"


def test_history_of_a_page(kb: Command, path: Path) -> None:
    told = kb("history", URL).out
    assert "its publisher changed what it states: +0 ~1 -0" in told
    assert "> 40 boats → > 55 boats" in told
    assert "title: - → Boats" in told
    assert "another version of kb (another) read the same text" in told
    steps = json.loads(kb("history", URL, "--json").out)
    assert [step["kind"] for step in steps] == ["first", "facts", "extractor", "extractor"]
    (change,) = steps[1]["facts"]
    assert "over 40" in change["before"]["quote"]
    assert NEWER[change["after"]["start_char"] : change["after"]["end_char"]] == "over 55 boats"


def test_nothing_is_read_again_without_need(kb: Command, path: Path) -> None:
    assert "nothing to read again" in kb("reextract").out
    assert kb("reextract", URL, "--all").code == 2
    assert kb("reextract", "https://example.org/none").code == 2


@pytest.mark.slow
def test_the_real_extractor_tells_what_it_reads(kb: Command, path: Path) -> None:
    foretold = json.loads(kb("reextract", "--all", "--dry-run", "--json").out)
    done = json.loads(kb("reextract", "--all", "--json").out)
    assert foretold == done
    assert done["total"]["outcomes"] == {"read": 1, "unchanged": 0, "failed": 0}
    assert json.loads(kb("reextract", "--all", "--json").out)["total"]["outcomes"]["unchanged"] == 1
    assert kb("check").code == 0


def test_a_withdrawal_asks_first(kb: Command, path: Path) -> None:
    resting = kb("withdraw", URL, "--reason", "a slip", "--dry-run")
    assert "series" in resting.err
    asked = kb("withdraw", URL, "--reason", "a slip")
    assert asked.code == 2
    assert "say --yes" in asked.err
    assert "boats" in kb("figures").out


def test_a_withdrawal(kb: Command, path: Path) -> None:
    done = kb("withdraw", URL, "--reason", "a slip", "--yes", "--by", "Eve")
    assert done.code == 0
    assert "is withdrawn: a slip" in done.out
    assert "withdrawn by Eve: a slip" in kb("history", URL).out
    assert {step["kind"] for step in json.loads(kb("history", URL, "--json").out)} == {"blank", "withdrawn"}
    assert kb("check").out == "all holds\n"
    assert b"Novak" not in path.read_bytes()
    assert kb("reextract", URL).code == 2
    again = json.loads(kb("withdraw", URL, "--reason", "once more", "--yes", "--by", "Eve", "--json").out)
    assert (again["reason"], again["swept"]) == ("a slip", True)
    assert "is withdrawn: a court" in kb("withdraw", URL, "--reason", "a court", "--yes", "--by", "Adam").out
    told = kb("history", URL).out
    assert "withdrawn by Eve: a slip" in told
    assert "withdrawn by Adam: a court" in told
    assert "once more" not in told

"""`kb review` at a terminal, key by key: as somebody sits before it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest

from kb import KnowledgeBase

KEYS = "help: "


class Terminal:
    """A terminal in which Eve reviews."""

    def __init__(self, base: Path, *options: str) -> None:
        command = ["-m", "kb", "review", "--kind", "figure", "--db", str(base), *options]
        env = {**os.environ, "KB_USER": "Eve", "TERM": "xterm"}
        self._screen = pexpect.spawn(
            sys.executable, command, env=env, encoding="utf-8", timeout=300, dimensions=(60, 200)
        )

    def see(self, words: str) -> str:
        """Wait until the words are there; what stands before them."""
        self._screen.expect_exact(words)
        return str(self._screen.before)

    def press(self, keys: str) -> str:
        """Answer the question; what stands before it."""
        before = self.see(KEYS)
        self._screen.send(keys)
        return before

    def correct(self, field: str, value: str) -> None:
        """Correct one field of what is shown."""
        self.press("c")
        self.see("Enter done: ")
        self._screen.send(field)
        self._screen.expect(r"\n  \w+: ")
        self._screen.sendline(value)
        self.see("Enter done: ")
        self._screen.send("\r")

    def end(self) -> tuple[int | None, str]:
        """Wait until it is over: the exit code, and what was said last."""
        self._screen.expect(pexpect.EOF)
        self._screen.close()
        return self._screen.exitstatus, str(self._screen.before)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    text = (
        "The museum counted 40 old clocks in 2024. It keeps 12 stoves, 7 lamps and 3 bells in Brno in 2024."
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with KnowledgeBase(tmp_path / "kb.db") as opened:
        opened.load(tmp_path / "a.txt")
    return tmp_path / "kb.db"


def values(base: Path) -> dict[str, str]:
    with KnowledgeBase(base, read_only=True) as opened:
        return {figure.phrase: f"{figure.value} {figure.status}" for figure in opened.figures()}


def test_a_sitting_and_another_one_later(base: Path) -> None:
    assert set(values(base)) == {"40 old clocks", "12 stoves", "7 lamps", "3 bells"}
    sitting = Terminal(base)
    assert "[[40 old clocks]]" in sitting.press("a")
    sitting.correct("v", "over 12")
    assert "[[7 lamps]]" in sitting.press("u")  # not what is to be taken back, but where it was pressed
    sitting.correct("v", "nonsense")
    assert "is no figure" in sitting.press("?")
    sitting.correct("v", "about 12")
    sitting.press("q")
    code, said = sitting.end()
    assert code == 0
    assert "1 accepted, 1 corrected; 2 left" in said
    assert values(base) == {
        "40 old clocks": "40 old clocks accepted",
        "12 stoves": "~12 stoves corrected",
        "7 lamps": "7 lamps machine",
        "3 bells": "3 bells machine",
    }
    later = Terminal(base)
    assert "[[7 lamps]]" in later.press("s")
    assert "[[3 bells]]" in later.press("n")
    later.see("note: ")
    later._screen.sendline("they ring")
    later.press("r")
    code, said = later.end()
    assert (code, values(base)["3 bells"]) == (0, "3 bells rejected")
    with KnowledgeBase(base, read_only=True) as opened:
        (made,) = opened.sql("SELECT * FROM review WHERE verdict = 'rejected'")
        assert (made["by"], made["note"]) == ("Eve", "they ring")
        assert not opened.check()


def test_an_interruption_keeps_what_was_answered(base: Path) -> None:
    sitting = Terminal(base)
    sitting.press("a")
    sitting.press("\x03")
    code, said = sitting.end()
    assert code == 0
    assert "1 accepted; 3 left" in said
    assert "Traceback" not in said
    assert values(base)["40 old clocks"] == "40 old clocks accepted"

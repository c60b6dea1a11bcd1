"""Drafts against a base: what is known of each of their figures and events."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import KnowledgeBase
from kb.compare import Comparison
from kb.compare.numbers import Fit, fit, rounds_to
from kb.errors import ReadError, UsageError
from kb.model.values import Comparator
from kb.query import Answer
from kb.resolve.relations.pairs import Told
from tests.case_tables import CASES
from tests.command import Command
from tests.conftest import ROOT

RIGHT = 0.95  # of all answers; and none may be a wrong "same"
VERDICTS = {
    "same",
    "compatible",
    "contradicts",
    "superseded",
    "other date",
    "other place",
    "other measure",
    "other speaker",
    "not found",
}


def rows() -> list[dict[str, str]]:
    lines = (CASES / "compare.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))


def drafts() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows():
        found[row["draft"]].append(row)
    return found


@pytest.fixture(scope="module")
def full(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base with the articles and the notes of `data/`. For reading alone."""
    path = Path(shutil.copy(demo, tmp_path_factory.mktemp("full") / "full.db"))
    with KnowledgeBase(path) as base:
        base.load(ROOT / "data" / "notes")
    return path


@pytest.fixture
def changed(full: Path, tmp_path: Path) -> Path:
    """A copy of that base, to be changed as a test likes."""
    return Path(shutil.copy(full, tmp_path / "kb.db"))


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


def text_of(draft: list[dict[str, str]]) -> str:
    return " ".join(dict.fromkeys(row["sentence"] for row in draft))


def answer_to(row: dict[str, str], text: str, found: Answer[Comparison]) -> Comparison | None:
    start = text.index(row["sentence"])
    stop = start + len(row["sentence"])
    return next(
        (
            one
            for one in found
            if start <= one.start_char < stop and one.kind == row["kind"] and row["words"] in one.phrase
        ),
        None,
    )


def test_the_drafts_have_every_kind_of_answer() -> None:
    assert len(drafts()) >= 20
    assert all(len({row["sentence"] for row in draft}) == 5 for draft in drafts().values())
    assert {row["verdict"] for row in rows()} == VERDICTS


def test_drafts_are_answered_rightly(full: Path) -> None:
    wrong = []
    with KnowledgeBase(full, read_only=True) as base:
        for draft in drafts().values():
            text = text_of(draft)
            found = base.compare(text, published=draft[0]["published"])
            for row in draft:
                got = answer_to(row, text, found)
                verdict = got.verdict if got else "not read"
                assert verdict != "same" or row["verdict"] == "same", f"a wrong same: {row['sentence']}"
                if verdict != row["verdict"]:
                    wrong.append(f"{row['id']} {row['words']}: {verdict}, not {row['verdict']}")
    assert len(wrong) <= (1 - RIGHT) * len(rows()), "\n".join(wrong)


def test_an_answer_has_the_words_and_who_stands_behind_them(full: Path) -> None:
    text = (
        "By April 3, 2025, the earthquake had killed 3,085 people in Myanmar, the military government said."
    )
    with KnowledgeBase(full, read_only=True) as base:
        (one,) = base.compare(text, published="2025-04-05")
    assert text[one.start_char : one.end_char] == one.phrase == "3,085 people"
    assert (one.verdict, one.is_disputed, one.quote) == ("same", True, text)
    best = one.evidence[0]
    assert (best.bearing, best.sources, best.repeats, best.is_note) == ("same", 2, 1, False)
    assert best.fact.url == "https://wire.example.com/asia/myanmar-quake-toll-3085"
    assert "3,085" in best.fact.quote
    against = [other for other in one.evidence if other.bearing == "contradicts"]
    assert any(other.is_note and other.sources == 2 for other in against)


def test_a_speaker_s_own_publication_is_primary(tmp_path: Path) -> None:
    text = tmp_path / "statement.txt"
    text.write_text("Freedom Ledger counted 71 political prisoners in Laos on May 2, 2026.", encoding="utf-8")
    with KnowledgeBase(tmp_path / "kb.db") as base:
        base.load(text, published="2026-05-03", publisher="Freedom Ledger")
        (one,) = base.compare("On May 2, 2026, Laos held 71 political prisoners, Freedom Ledger said.")
    assert (one.verdict, [other.primary for other in one.evidence]) == ("same", [1])


def test_not_found_tells_what_was_looked_at(full: Path) -> None:
    with KnowledgeBase(full, read_only=True) as base:
        (one,) = base.compare("Poland holds 2,750 political prisoners.", published="2026-06-10")
    assert one.verdict == "not found"
    assert (one.looked.articles, one.looked.notes) == (10, 35)
    assert one.looked.first is not None
    assert one.looked.first < "2022"
    assert "political prisoners held in Belarus" in one.looked.near
    assert one.remarks == ("told of the present, taken as 2026-06-10",)


def test_a_lost_comparator_contradicts(full: Path) -> None:
    with KnowledgeBase(full, read_only=True) as base:
        (one,) = base.compare("Belarus holds 800 political prisoners.", published="2026-06-20")
    assert one.verdict == "contradicts"
    assert "the comparator is a part of the number" in one.reason


def test_a_number_of_another_direction_contradicts(full: Path) -> None:
    said = "Trade of Belarus {} 18 percent in 2017."
    with KnowledgeBase(full, read_only=True) as base:
        found = [
            base.compare(said.format(verb), published="2026-06-20")[0] for verb in ("grew by", "fell by")
        ]
    assert "same" not in [one.verdict for one in found[1:]]


def test_what_was_rejected_never_counts(changed: Path) -> None:
    said = "On June 21, 2025, Belarus released 14 political prisoners."
    with KnowledgeBase(changed) as base:
        before = base.compare(said)[0]
        base.reject(before.evidence[0].fact.uid, by="ana")
        assert before.verdict == "same"
        assert base.compare(said)[0].verdict != "same"


def test_a_corrected_reading_wins(changed: Path) -> None:
    said = "On June 21, 2025, Belarus released {} political prisoners."
    with KnowledgeBase(changed) as base:
        uid = base.compare(said.format(14))[0].evidence[0].fact.uid
        base.correct(uid, {"value": "41"}, by="ana")
        assert [base.compare(said.format(number))[0].verdict for number in (41, 14)] == [
            "same",
            "contradicts",
        ]


def test_what_was_withdrawn_never_counts(changed: Path) -> None:
    said = "On June 21, 2025, Belarus released 14 political prisoners."
    with KnowledgeBase(changed) as base:
        url = base.compare(said)[0].evidence[0].fact.url
        assert url is not None
        base.withdraw(url, reason="asked to", by="ana")
        assert base.compare(said)[0].verdict not in ("same", "compatible")


def test_nothing_is_stored(full: Path) -> None:
    before = full.read_bytes()
    with KnowledgeBase(full, read_only=True) as base:
        first = base.compare("Belarus holds 969 political prisoners.", published="2026-03-05")
        assert base.compare("Belarus holds 969 political prisoners.", published="2026-03-05") == first
    assert full.read_bytes() == before


def test_an_empty_base_has_nothing(tmp_path: Path) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as base:
        (one,) = base.compare("Belarus holds 969 political prisoners.")
    assert (one.verdict, one.looked.articles, one.evidence) == ("not found", 0, ())


@pytest.mark.parametrize(
    ("text", "published", "error"),
    [
        (" \n", None, ReadError),
        (
            "Sie sagte, dass in diesem Jahr 969 politische Gefangene in Belarus festgehalten werden.",
            None,
            ReadError,
        ),
        ("Belarus holds 969 political prisoners.", "someday", UsageError),
    ],
)
def test_what_cannot_be_compared_is_told(
    full: Path, text: str, published: str | None, error: type[Exception]
) -> None:
    with KnowledgeBase(full, read_only=True) as base, pytest.raises(error):
        base.compare(text, published=published)


def test_the_command_reads_a_file_with_its_title(kb: Command, full: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(
        "Toll in Myanmar reaches 3,145\n\nApril 5, 2025\n\nBy Ana Example\n\nThe generals in Myanmar put the "
        "number of people killed by the earthquake at 3,145 on April 3, 2025, and rain has made the rescue "
        "slower than it was.\n",
        encoding="utf-8",
    )
    ran = kb("compare", draft, "--db", full)
    assert ran.code == 0
    assert ran.out.startswith("The draft is of 2025-04-05")
    assert "“Toll in Myanmar reaches 3,145”" in ran.out
    assert "note on https://" in ran.out
    ran = kb("compare", draft, "--db", full, "--json", "--published", "2025-04-06")
    assert {row["as_of"] for row in json.loads(ran.out)} == {"2025-04-06"}


def test_the_command_reads_standard_input(kb: Command, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"Some 320 journalists have left Belarus since 2020."))
    monkeypatch.setattr(sys, "stdin", piped)
    ran = kb("compare", "-", "--db", full, "--published", "2026-06-10")
    assert (ran.code, "looked at 10 articles and 35 notes" in ran.out) == (0, True)


def told(comparator: Comparator, low: float | None, high: float | None) -> Told:
    return Told(
        uid="a",
        comparator=comparator,
        low=low,
        high=high,
        earliest=None,
        latest=None,
        approximate=False,
        published=None,
        article="a",
        root="a",
        outlet=None,
        speaker=None,
        opening="",
    )


@pytest.mark.parametrize(
    ("draft", "base", "expected"),
    [
        (told(">", 900, None), told("=", 969, 969), "borne out"),
        (told("=", 900, 900), told(">", 800, None), "open"),
        (told("=", 800, 800), told(">", 800, None), "bare"),
        (told(">=", 800, None), told("=", 800, 800), "borne out"),
        (told("~", 1000, 1000), told("=", 969, 969), "borne out"),
        (told("=", 969, 969), told("~", 1000, 1000), "near"),
        (told("=", 1150, 1150), told("between", 1110, 1180), "near"),
        (told("=", 1374, 1374), told(">=", 1500, None), "against"),
        (told(">=", 140, None), told("=", 969, 969), "open"),
        (told("=", 23e9, 23e9), told("=", 23.4e9, 23.4e9), "against"),
    ],
)
def test_how_two_numbers_stand(draft: Told, base: Told, expected: Fit) -> None:
    assert fit(draft, base) == expected


def test_a_rounded_number_is_told_as_such() -> None:
    assert rounds_to(told("=", 23e9, 23e9), told("=", 23.4e9, 23.4e9))
    assert not rounds_to(told("~", 23e9, 23e9), told("=", 23.4e9, 23.4e9))
    assert not rounds_to(told("=", 24e9, 24e9), told("=", 23.4e9, 23.4e9))


NUMBERS = st.integers(0, 10**9).map(float)
TOLD = st.one_of(
    NUMBERS.map(lambda low: told("=", low, low)),
    NUMBERS.map(lambda low: told("~", low, low)),
    NUMBERS.map(lambda low: told(">", low, None)),
    NUMBERS.map(lambda high: told("<=", None, high)),
    st.tuples(NUMBERS, NUMBERS).map(lambda ends: told("between", min(ends), max(ends))),
)


@given(TOLD, TOLD)
def test_same_is_said_of_one_number_and_comparator_alone(a: Told, b: Told) -> None:
    one = (a.comparator, a.low, a.high) == (b.comparator, b.low, b.high)
    assert (fit(a, b) == "same") == one

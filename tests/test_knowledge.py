"""The Python class: a method for every command, an answer with its columns for every question."""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kb import KnowledgeBase, query
from kb.cli import COMMANDS
from kb.compare import Comparison
from kb.desk.additions import Added
from kb.desk.assessments import Assessed
from kb.desk.reviews import Reviewed
from kb.desk.withdrawals import Withdrawn
from kb.export import Release
from kb.merge import Merged
from kb.query import Answer, Entry, Step
from tests.conftest import ROOT

# `extract` and `browse` ask no open base; a base is migrated when it is opened.
NO_METHODS = {"extract", "browse", "migrate"}
ANSWERS = ROOT / "docs" / "answers.md"
DONE = (Added, Assessed, Comparison, Merged, Release, Reviewed, Withdrawn)
ROWS = {row.__name__: row for row in DONE} | {
    name: row for name, row in vars(query).items() if inspect.isclass(row) and dataclasses.is_dataclass(row)
}
METHODS = [name for name, _ in inspect.getmembers(KnowledgeBase, inspect.isfunction) if name[0] != "_"]
QUESTIONS: dict[str, Callable[[KnowledgeBase], Answer]] = {  # type: ignore[type-arg]
    "figures": lambda base: base.figures("nothing"),
    "timeline": lambda base: base.timeline(entity="nobody"),
    "entities": lambda base: base.entities("nobody"),
    "search": lambda base: base.search("nothing"),
    "series": lambda base: base.series("nothing"),
    "conflicts": lambda base: base.conflicts("nothing"),
    "measures": lambda base: base.measures("nothing"),
    "names": lambda base: base.names(),
    "candidates": lambda base: base.candidates(),
    "decisions": lambda base: base.decisions(),
    "assessments": lambda base: base.assessments(),
    "review": lambda base: base.review("nothing"),
    "tags": lambda base: base.tags(),
}


@pytest.mark.parametrize("command", sorted({one.__name__ for one in COMMANDS} - NO_METHODS))
def test_every_command_is_a_method(command: str) -> None:
    assert command in METHODS


@pytest.mark.parametrize("method", METHODS)
def test_every_method_says_what_it_does(method: str) -> None:
    assert inspect.getdoc(getattr(KnowledgeBase, method))
    assert inspect.signature(getattr(KnowledgeBase, method)).return_annotation is not inspect.Signature.empty


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_without_rows_has_its_columns(tmp_path: Path, question: str) -> None:
    with KnowledgeBase(tmp_path / "kb.db") as base:
        answer = QUESTIONS[question](base)
    assert not answer
    assert len(answer.to_pandas().columns) == len(answer.to_polars().columns) > 2
    assert answer.row_type is not None
    assert repr(answer) == f"<Answer: 0 x {answer.row_type.__name__}>"


def test_history_of_an_article_and_of_a_fact(demo: Path) -> None:
    with KnowledgeBase(demo, read_only=True) as base:
        figure = base.figures()[0]
        (article,) = base.sql("SELECT article_uid FROM figures WHERE uid = :uid", uid=figure.uid)
        assert base.history(article["article_uid"]).row_type is Step
        assert base.history(figure.uid).row_type is Entry


def test_the_package_says_that_it_is_typed() -> None:
    package = Path(inspect.getfile(KnowledgeBase)).parents[1]
    assert (package / "py.typed").is_file()


@pytest.mark.parametrize(
    "line", re.findall(r"^\| `kb .*$", ANSWERS.read_text(encoding="utf-8"), re.MULTILINE)
)
def test_the_keys_of_every_answer_are_told(line: str) -> None:
    _, command, keys, _ = line.split("|")
    (row,) = (found for name, found in ROWS.items() if name == command.split()[-1])
    assert re.findall(r"`(\w+)`", keys) == [field.name for field in dataclasses.fields(row)]

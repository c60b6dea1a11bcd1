"""The questions on the command line: filters, forms of the answer, and that none of them loads the model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import Command

QUESTIONS = (["figures"], ["timeline"], ["entities"], ["search", "prisoners"])


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(capsys)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda words: words[0])
def test_every_question_answers_in_json(kb: Command, demo: Path, question: list[str]) -> None:
    ran = kb(*question, "--db", demo, "--json")
    rows = json.loads(ran.out)
    assert ran.code == 0
    assert ran.err == ""
    assert rows
    assert all(row["uid"] for row in rows)
    assert all(row["quote"] or row.get("published") for row in rows if question != ["timeline"])
    assert all(report["quote"] for row in rows for report in row.get("reports", []))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda words: words[0])
def test_a_pipe_gets_one_line_a_row(kb: Command, demo: Path, question: list[str]) -> None:
    rows = json.loads(kb(*question, "--db", demo, "--json").out)
    header, *lines = kb(*question, "--db", demo).out.splitlines()
    assert len(lines) == len(rows)
    assert {line.count("\t") for line in lines} == {header.count("\t")}
    assert [line.split("\t")[-1] for line in lines] == [row["uid"] for row in rows]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda words: words[0])
def test_a_table_fits_its_width(
    kb: Command, demo: Path, question: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    ran = kb(*question, "--db", demo, "--table")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 70


@pytest.mark.parametrize(
    "question",
    [["figures", "unicorns"], ["timeline", "--place", "Atlantis"], ["entities", "Zxq"], ["search", "zxq"]],
)
def test_nothing_found_is_no_error(kb: Command, demo: Path, question: list[str]) -> None:
    assert kb(*question, "--db", demo, "--json").out.strip() == "[]"
    ran = kb(*question, "--db", demo, "--table")
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)


def test_figures_are_narrowed(kb: Command, demo: Path) -> None:
    def figures(*options: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(kb("figures", *options, "--db", demo, "--json").out)
        return found

    everything = figures()
    prisoners = figures("political prisoners")
    assert 0 < len(prisoners) < len(everything)
    assert all("political" in row["measure"] + row["phrase"] for row in prisoners)
    assert all(row["place"] == "Belarus" for row in figures("--place", "belarus"))
    assert figures("--limit", "3") == everything[:3]
    late = figures("--since", "2026")
    assert all((row["latest"] or "9") >= "2026-01-01" for row in late)
    early = figures("--until", "2019-06")
    assert all((row["earliest"] or "0") <= "2019-06-30" for row in early)
    assert {row["uid"] for row in late}.isdisjoint(
        row["uid"] for row in figures("--until", "2025") if row["latest"] and row["latest"] < "2026"
    )


def test_the_hit_is_marked(kb: Command, demo: Path) -> None:
    rows = json.loads(kb("search", "prisoner", "--db", demo, "--json").out)
    assert all("[[" in row["marked"] and "[[" not in row["quote"] for row in rows)


@pytest.mark.parametrize(
    "arguments",
    [
        ["figures", "--since", "someday"],
        ["timeline", "--until", "2021-02-31"],
        ["entities", "--kind", "animal"],
        ["figures", "--limit", "0"],
        ["figures", "--what"],
        ["figures", "--db", "postgresql://example.org/kb"],
        ["fly"],
        ["load"],
    ],
)
def test_wrong_usage(kb: Command, demo: Path, arguments: list[str]) -> None:
    ran = kb(*arguments, *([] if "--db" in arguments else ["--db", demo]))
    assert ran.code == 2
    assert ran.err


def test_no_database_yet(kb: Command, tmp_path: Path) -> None:
    ran = kb("figures", "--db", tmp_path / "none.db")
    assert ran.code == 1
    assert "load an article first" in ran.err
    assert not list(tmp_path.iterdir())


def test_the_database_by_environment(kb: Command, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATABASE", f"sqlite:///{demo}")
    assert kb("entities", "--limit", "1", "--json").code == 0


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["load", "--help"], *QUESTIONS, ["check"]])
def test_the_model_is_not_loaded(demo: Path, arguments: list[str]) -> None:
    heavy = {"spacy", "thinc", "trafilatura", "dateparser", "alembic"}
    program = (
        "import sys; from kb.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as ended: code = ended.code\n"
        f"print(code, *sorted({heavy} & set(sys.modules)), file=sys.stderr)"
    )
    database = [] if arguments[0].startswith("--") or "--help" in arguments else ["--db", str(demo)]
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments, *database], capture_output=True, text=True, check=True
    )
    assert ran.stderr.strip() == "0"


@pytest.mark.parametrize("words", ["", '"', "*"])
def test_a_search_for_no_word_is_told(kb: Command, demo: Path, words: str) -> None:
    ran = kb("search", words, "--db", demo)
    assert (ran.code, "no word to search for" in ran.err) == (2, True)


@pytest.mark.parametrize("columns", ["1", "20"])
def test_a_tiny_terminal_loses_no_column(
    kb: Command, demo: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    ran = kb("figures", "prisoners", "--limit", "1", "--db", demo, "--table")
    header, _, first, *_ = ran.out.splitlines()
    assert header.split() == ["when", "figure", "in", "the", "words", "of"]
    assert "prisoners" in first


def test_an_output_that_takes_nothing_is_told(demo: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    line = [sys.executable, "-c", "from kb.cli import main; main()", "figures", "--db", str(demo)]
    with full.open("w") as out:
        ran = subprocess.run(line, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("kb: the output cannot be written: ")


def test_a_chain_of_one_text_is_told_in_words(kb: Command, tmp_path: Path) -> None:
    base = tmp_path / "kb.db"
    text = (
        "The mill at Lower Ford ground 412 tonnes of barley in May 2024, the miller said on Friday. "
        "Its wheel was mended in the winter by two brothers from the next village, who asked for flour as "
        "their pay. A narrow bridge keeps lorries away, so carts bring the sacks from the station every "
        "morning. Nobody had expected the old stones to last, least of all the bakers along the river. "
        "They have ordered ahead for the autumn, and a school wants to see how a weir is kept in repair."
    )
    (tmp_path / "mill.txt").write_text(text, encoding="utf-8")
    for day, outlet in (("2024-06-01", "The Plain"), ("2024-06-02", "Coast Daily")):
        url = f"https://{outlet.split()[-1].lower()}.example.org/mill"
        said = ("--url", url, "--publisher", outlet, "--published", day)
        assert kb("load", tmp_path / "mill.txt", *said, "--db", base).code == 0
    series = kb("series", "barley", "--db", base, "--table").out
    assert "one source: The Plain, then Coast Daily" in series
    assert "one text: The Plain, then Coast Daily" in series

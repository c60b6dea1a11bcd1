"""How well kb reads texts that were marked by others: no measure may fall under its floor in `floors.toml`.

The texts and the scorers are not part of the project; where `../shared` is absent these tests are skipped.
"""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

from tests.regold import ARTICLES, GOLDEN, ROOT

SHARED = ROOT.parent / "shared"
BENCH = SHARED / "bench"
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
SAMPLED = 4  # of the documents of times_news one in so many: all of them take half a minute

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="../shared with its marked texts is not there")


def predict(kind: str, source: Path, target: Path) -> None:
    """What `python -m benchmarks.predict` does, in this process: the model is loaded once."""
    importlib.import_module(f"benchmarks.{kind}").predict(source, target)


def score(kind: str, *arguments: str | Path) -> str:
    """What the scorer prints."""
    command = [sys.executable, str(BENCH / f"score_{kind}.py"), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def below(name: str, found: dict[str, float]) -> dict[str, str]:
    """The measures of a section that are under their floor; a trap more than allowed is one too."""
    return {
        key: f"{found[key]:.1f}, floor {floor}"
        for key, floor in FLOORS[name].items()
        if (found[key] > floor if key == "traps" else found[key] < floor)
    }


def facts_of(rows: Iterable[dict[str, str | None]], golds: list[Path], folder: Path) -> dict[str, float]:
    """The measures of `score_facts.py`, in percent, over the articles of the rows."""
    source = folder / "in.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    predict("facts", source, folder / "out")
    measured = json.loads(score("facts", folder / "out", *golds, "--json"))
    return {key: value if key == "traps" else 100 * value for key, value in measured.items()}


def gold_rows(golds: list[Path]) -> list[dict[str, str | None]]:
    rows = []
    for gold in golds:
        article = yaml.safe_load(gold.read_text(encoding="utf-8"))["article"]
        told = {key: article[key] for key in ("url", "title", "published")}
        if article["file"].startswith("seeds/"):  # saved pages, which say of themselves what they say
            told = dict.fromkeys(told)
        rows.append({"id": gold.stem, "file": str(SHARED / article["file"]), **told})
    return rows


@pytest.mark.parametrize("name", ["seeds", "articles"])
def test_facts(name: str, tmp_path: Path) -> None:
    golds = sorted((SHARED / "gold").glob("0*.yaml" if name == "seeds" else "[a-z]*.yaml"))
    assert below(name, facts_of(gold_rows(golds), golds, tmp_path)) == {}


def test_facts_of_our_own_articles(tmp_path: Path) -> None:
    golds = sorted(GOLDEN.glob("*.yaml"))
    rows: list[dict[str, str | None]] = [{"id": path.stem, "file": str(path)} for path in ARTICLES]
    assert below("own", facts_of(rows, golds, tmp_path)) == {}


@pytest.mark.parametrize("name", ["quantities_news", "quantities_spec"])
def test_quantities(name: str, tmp_path: Path) -> None:
    gold = BENCH / f"{name}.jsonl"
    predict("quantities", gold, tmp_path / "out.jsonl")
    lines = re.findall(
        r"^ +(\S.*?) +P +[\d.]+ +R +[\d.]+ +F1 +([\d.]+)",
        score("quantities", gold, tmp_path / "out.jsonl"),
        re.M,
    )
    assert below(name, {measure: float(value) for measure, value in lines}) == {}


def test_times(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = (BENCH / "times_news.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    gold.write_text("".join(lines[::SAMPLED]), encoding="utf-8")
    predict("times", gold, tmp_path / "out.jsonl")
    measured = json.loads(score("times", gold, tmp_path / "out.jsonl", "--json"))
    assert below("times_news", {key: 100 * value for key, value in measured.items()}) == {}


def test_names(tmp_path: Path) -> None:
    gold = BENCH / "names.jsonl"
    predict("names", gold, tmp_path / "out.jsonl")
    line = next(
        line for line in score("names", gold, tmp_path / "out.jsonl").splitlines() if line.startswith("full")
    )
    numbers = [float(number) for number in re.findall(r"[\d.]+", line)]
    measures = ("pairs", "auc", "same", "same right", "reach", "different")
    assert below("names", dict(zip(measures, numbers))) == {}


def test_pages(tmp_path: Path) -> None:
    gold = BENCH / "pages" / "gold.jsonl"
    predict("pages", gold, tmp_path / "out.jsonl")
    line = score("pages", gold, tmp_path / "out.jsonl")
    found = {
        key: float(value) for key, value in re.findall(r"(date|title|author|mean|median) ([\d.]+)", line)
    }
    assert below("pages", found) == {}

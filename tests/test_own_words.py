"""What stands in the project is written for it: no run of words in common with what measures it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from tests.regold import ROOT

SHARED = ROOT.parent / "shared"
RUN = 10  # words
TEXTS = ("text", "quote", "context", "sentence")
OURS = (
    "data/articles/*",
    "data/notes/*.md",
    "tests/cases/*.csv",
    "tests/golden/*.yaml",
    "docs/**/*.md",
    "*.md",
    "kb/lexicon/*.csv",
)

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared with its texts is not there")


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[\w']+", text.lower().replace("’", "'"))
    yield from (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


def _theirs() -> Iterator[str]:
    for path in (*SHARED.glob("seeds/*.txt"), *SHARED.glob("gold/*.txt")):
        yield path.read_text(encoding="utf-8")
    for path in (*SHARED.glob("bench/*.jsonl"), SHARED / "bench" / "pages" / "gold.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from (row[key] for key in TEXTS if isinstance(row.get(key), str))


def test_no_run_of_words_is_copied() -> None:
    ours: dict[tuple[str, ...], str] = {}
    for path in sorted({path for pattern in OURS for path in ROOT.glob(pattern) if path.is_file()}):
        name = str(path.relative_to(ROOT))
        ours |= dict.fromkeys(_runs(path.read_text(encoding="utf-8")), name)
    copied = {(ours[run], " ".join(run)) for text in _theirs() for run in _runs(text) if run in ours}
    assert copied == set()

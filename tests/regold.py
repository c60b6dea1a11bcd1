"""`python -m tests.regold`: write anew what kb makes of the articles of `data/`, for `test_golden.py`.

Look at the difference before it is committed: every line of it is a fact that changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from kb.extract import extract
from kb.model.plain import plain_facts
from kb.read import find_files, read_file

ROOT = Path(__file__).parents[1]
ARTICLES = sorted(find_files(ROOT / "data" / "articles"))
GOLDEN = Path(__file__).parent / "golden"


def snapshot(article: Path) -> str:
    """All that kb finds in an article, as the JSON of `kb extract`, indented."""
    facts = plain_facts(extract(read_file(article)))
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write the snapshot of every article."""
    for article in ARTICLES:
        (GOLDEN / f"{article.stem}.json").write_text(snapshot(article), encoding="utf-8")


if __name__ == "__main__":
    main()

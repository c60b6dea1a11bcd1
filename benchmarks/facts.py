"""Facts of whole articles: a line `{id, file, url, title, published}` in, a folder with `ID.json` out."""

from __future__ import annotations

import json
from pathlib import Path

from kb.extract import extract
from kb.model.plain import plain_facts
from kb.read import read_file


def predict(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with source.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            article = read_file(
                source.parent / row["file"],
                url=row.get("url"),
                title=row.get("title"),
                published=row.get("published"),
            )
            facts = json.dumps(plain_facts(extract(article)), ensure_ascii=False, indent=1)
            (target / f"{row['id']}.json").write_text(facts + "\n", encoding="utf-8")

"""Pairs of names: a line `{id, a, b}` in, `{id, verdict, score}` out."""

from __future__ import annotations

import json
from pathlib import Path

from kb.names import compare_names


def predict(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            verdict, score = compare_names(row["a"], row["b"])
            out.write(json.dumps({"id": row["id"], "verdict": verdict, "score": round(score, 4)}) + "\n")

"""Times in TIMEX3 form: a line `{id, dct, text}` in, `{id, timexes: [{start, end, text, type, value}]}` out."""

from __future__ import annotations

import json
from pathlib import Path

from kb.extract.document import analyse
from kb.extract.times import find_times
from kb.model.values import Article


def predict(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            document = analyse(Article(row["text"], published=row["dct"]))
            timexes = [
                {
                    "start": time.span.start_char,
                    "end": time.span.end_char,
                    "text": time.span.words,
                    "type": time.type,
                    "value": time.value,
                }
                for time in find_times(document)
            ]
            out.write(json.dumps({"id": row["id"], "timexes": timexes}) + "\n")

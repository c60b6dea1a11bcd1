"""Times in TIMEX3 form: a line `{id, dct, text}` in, `{id, timexes: [{start, end, text, type, value}]}` out.

TIMEX3 has no ranges: a range that kb reads as one time ("1914-18", "April 6-7") is given as its two ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from kb.extract.document import analyse
from kb.extract.times import find_times
from kb.model.values import Article, Time

_DASH = re.compile(r"\s*[-–—/]\s*")


def predict(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            document = analyse(Article(row["text"], published=row["dct"]))
            timexes = [timex for time in find_times(document) for timex in _timexes(time)]
            out.write(json.dumps({"id": row["id"], "timexes": timexes}) + "\n")


def _timexes(time: Time) -> Iterator[dict[str, str | int]]:
    value = "null" if time.value == "XXXX" else time.value  # a time that nobody can resolve
    start, words, values = time.span.start_char, time.span.words, value.split("/")
    dashes = list(_DASH.finditer(words))
    if len(values) == 2 and dashes:
        middle = dashes[len(dashes) // 2]
        ends = [(0, middle.start()), (middle.end(), len(words))]
    else:
        values, ends = [value], [(0, len(words))]
    for value, (first, last) in zip(values, ends):
        yield {
            "start": start + first,
            "end": start + last,
            "text": words[first:last],
            "type": time.type,
            "value": value,
        }

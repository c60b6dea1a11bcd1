"""W3C Web Annotations of the words: each is quoted exactly, with what stands around it and its position.

Source: W3C Recommendation Web Annotation Data Model, 4.2.4 (TextQuoteSelector), 4.2.5
(TextPositionSelector), 3.2 (collections).
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from kb.export.passages import Passage, passages
from kb.store import Store


def write_annotations(store: Store, out: TextIO) -> None:
    """An AnnotationPage of all figures and reports, item by item; to be called within `released`."""
    out.write('{"@context": "http://www.w3.org/ns/anno.jsonld",\n')
    out.write('"id": "urn:kb:annotations", "type": "AnnotationPage", "startIndex": 0, "items": [')
    for index, passage in enumerate(passages(store)):
        out.write(("," if index else "") + "\n" + json.dumps(_annotation(passage), ensure_ascii=False))
    out.write("\n]}\n")


def _annotation(passage: Passage) -> dict[str, Any]:
    return {
        "id": f"urn:kb:{passage.uid}:{passage.source}:annotation",
        "type": "Annotation",
        "motivation": "describing" if passage.kind == "figure" else "identifying",
        "body": {"type": "TextualBody", "value": passage.said, "format": "text/plain"},
        "target": {
            "source": passage.url or f"urn:kb:{passage.source}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": passage.words,
                    "prefix": passage.prefix,
                    "suffix": passage.suffix,
                },
                {
                    "type": "TextPositionSelector",
                    "start": passage.start_char,
                    "end": passage.end_char,
                },
            ],
        },
    }

"""Names in lines written in capitals throughout: there a capital tells nothing, so only what is known counts.

Known is what the article names elsewhere, and what the lexicon lists.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kb.extract.entities.vocabulary import is_common_word
from kb.extract.entities.word_lists import folded, nothings
from kb.extract.entities.words import Word
from kb.model.values import EntityKind
from kb.names.known import LONGEST, known_names

WORDS = 3  # of a line that is written in capitals, at least
_LINE = re.compile(r"[^\n]+")


def capital_lines(text: str) -> list[tuple[int, int]]:
    """The stretches of lines without a lower-case letter and of some words."""
    return [
        match.span()
        for match in _LINE.finditer(text)
        if match.group().isupper() and len(match.group().split()) >= WORDS
    ]


def names_in_capitals(
    text: str, words: Sequence[Word], lines: Sequence[tuple[int, int]], forms: Mapping[str, EntityKind]
) -> Iterator[tuple[int, int, str, EntityKind]]:
    """Names in those lines: offsets, the form as it is written elsewhere, the kind."""
    if not lines:
        return
    upper = {form.upper(): (form, kind) for form, kind in forms.items()}
    starts = [word.start for word in words]
    for start, end in lines:
        inside = words[bisect_left(starts, start) : bisect_left(starts, end)]
        index = 0
        while index < len(inside):
            for size in range(min(LONGEST, len(inside) - index), 0, -1):
                first, last = inside[index], inside[index + size - 1]
                found = _known(folded(text[first.start : last.end]), upper)
                if found is not None:
                    yield first.start, last.end, *found
                    index += size
                    break
            else:
                index += 1


def _known(written: str, upper: Mapping[str, tuple[str, EntityKind]]) -> tuple[str, EntityKind] | None:
    return upper.get(written) or _listed().get(written)


@cache
def _listed() -> dict[str, tuple[str, EntityKind]]:
    """Names of the lexicon in capitals; those that are words as well only as several words."""
    return {
        name.upper(): (name, known.kind)
        for name, known in known_names().items()
        if " " in name
        or (known.type in ("country", "capital") and name.upper() not in ("US", "CAR"))
        or not (known.ambiguous or is_common_word(name) or name in nothings())
    }

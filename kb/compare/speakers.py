"""Whether what the draft attributes to somebody is attributed to the same one in the base."""

from __future__ import annotations

from functools import cache

from kb.compare.base import Stored
from kb.compare.draft import DraftFigure
from kb.lexicon import read_table
from kb.resolve.keys.names import folded_name

_LONG = 3  # letters; shorter words tell nobody
_UNTELLING = frozenset(["the", "and", "for", "our", "his", "her", "its", "their"])


def is_same_speaker(draft: DraftFigure, base: Stored) -> bool:
    """Whether the draft names no other speaker than the base has; its publisher may be the one, too.

    Speakers are one if they are one entity, or if a word tells them that is in both: "the military
    government" and "the military-led government". A stand-in ("the group", "the report") may be anybody.
    Where the base has none, or such a stand-in, its sentence or title may name the body all the same:
    "Viasna knew of 1,385".
    """
    said = draft.figure.speaker
    if said is None or draft.speakers & {base.speaker, base.publisher}:
        return True
    mine = _telling(said)
    said_by = base.figure.speaker
    names = (
        said_by or base.figure.quote,
        base.figure.publisher,
        None if said_by and _telling(said_by) else base.figure.title,
    )
    others = [_telling(name) for name in names if name]
    return not mine or any(mine & other for other in others)


def _telling(name: str) -> frozenset[str]:
    words = (word.removesuffix("s") for word in folded_name(name).split() if word not in _UNTELLING)
    singular = (f"{word[:-2]}y" if word.endswith("ie") else word for word in words if len(word) >= _LONG)
    return frozenset(_likes().get(word, word) for word in singular) - {""}


@cache
def _likes() -> dict[str, str]:
    return {row["word"]: row["like"] for row in read_table("speaker_words")}

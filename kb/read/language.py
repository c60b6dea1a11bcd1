"""Which language a text is in."""

from __future__ import annotations

import math

SHORTEST = 60  # letters; with fewer of them the detector errs too often to be asked
SAMPLE = 6_000  # characters
CLEAR = 0.9  # of 1: the share that the best language must have of all


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where the text is too short or mixed to tell.

    >>> detect_language("Ja.") is None
    True
    """
    sample = text[:SAMPLE]
    if sum(character.isalpha() for character in sample) < SHORTEST:
        return None
    code, share = _best(sample)
    return code if share >= CLEAR and len(code) == 2 else None


def likely_language(text: str) -> str:
    """The code of the language that the text is in more likely than in any other."""
    return _best(text[:SAMPLE])[0]


def _best(sample: str) -> tuple[str, float]:
    """The likeliest language with its share, 0 to 1."""
    import py3langid

    ranked = py3langid.rank(sample)
    # The scores are log-likelihoods of features that are not independent: divided by the root of the
    # length they make shares that mean what they say (the detector's own way, version 0.4).
    root = math.sqrt(len(sample.encode()) or 1)
    best = float(ranked[0][1])
    return str(ranked[0][0]), 1 / sum(math.exp((float(score) - best) / root) for _, score in ranked)

"""The preposition before a time changes its interval: since 2022 is `2022/..`, by 2030 `../2030`."""

from __future__ import annotations

from kb.dates.reading import Match

_SINCE = ("SINCE", "AFTER", "FROM")
_UNTIL = ("UNTIL", "BY", "BEFORE")
_SKIPPED = ("APPROX", "OVER", "UNDER")  # "since about 2010", "until at least 2030"
_FOLLOWED = ("POSSESSIVE",)  # "after Monday's vote": the preposition is the vote's


def bounded(match: Match, edtf: str) -> str:
    """The interval of a time with the preposition that stands before it."""
    before = [token for token in match.before if token.kind not in _SKIPPED]
    if not before or (match.after and match.after[0].kind in _FOLLOWED):
        return edtf
    start, _, end = edtf.partition("/")
    end = end or start
    if before[-1].kind in _SINCE:
        return f"{start}/.."
    if before[-1].kind in _UNTIL:
        return f"../{end}"
    return edtf

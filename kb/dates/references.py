"""Readers of references without bounds: `now`, `recently`, `the past`, `former`, `the dry season`."""

from __future__ import annotations

from kb.dates.reading import Context, Match, Reading, unknown


def read_now(match: Match, _context: Context) -> Reading | None:
    """`now`, `recently`, `the future`: a reference without bounds; "Now, ..." only opens a sentence."""
    comma = bool(match.after) and match.after[0].kind in ("COMMA", "FOR")
    if comma and match.tokens[0].text == "Now":
        return None
    return Reading("DATE", match.tokens[0].value)


def read_reference(match: Match, context: Context) -> Reading | None:
    """`the past`, `future`: a reference without bounds."""
    bare = match.has("FUTURE") and not match.has("THE")
    if bare and not (context.narrative or (match.before and match.before[-1].kind == "IN")):
        return None
    return Reading("DATE", "FUTURE_REF" if match.has("FUTURE") else "PAST_REF")


def read_narrow(match: Match, context: Context) -> Reading | None:
    """`soon` is a time in news, `former` in a narrative; elsewhere they place nothing.

    "soon after the vote" is told of the vote, and what "soon became" something is no longer to come.
    """
    if match.has("SOON") and (context.tense < 0 or (match.after and match.after[0].kind == "AFTER")):
        return None
    return Reading("DATE", match.tokens[0].value) if match.has("FORMER") == context.narrative else None


def read_to_date(_match: Match, _context: Context) -> Reading:
    """The `date` of "to date"."""
    return Reading("DATE", "PRESENT_REF")


def read_climate(_match: Match, _context: Context) -> Reading:
    """`the dry season`: of a calendar that differs by place."""
    return unknown("XXXX")


def read_adjective(match: Match, context: Context) -> Reading | None:
    """`current` before a noun, in a narrative also `recent`."""
    if match.has("RECENT") and not context.narrative:
        return None
    return Reading("DATE", "PRESENT_REF" if match.has("CURRENT") else "PAST_REF")

"""The dateline at the head of a report: where, when and by which agency it was written, up to the dash.

"RIGA (Reuters) — ", "KYIV, Ukraine, May 3 (AP) - ", "NEW YORK _ ": none of it belongs to the next sentence.
The forms are those of the AP Stylebook and of the agencies' feeds.
"""

from __future__ import annotations

import re

from kb.names.known import known_names

_WORD = r"[A-Z][\w.'’-]*"
_PLACE = rf"(?P<place>{_WORD}(?:[ /]{_WORD}){{0,3}})(?:, (?P<country>{_WORD}(?: {_WORD}){{0,2}}))??"
_DATE = r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)"
_AGENCY = r"(?:,? ?[(/](?:[A-Z]|dpa\b|ots\b)[^()/\n]{0,40}[)/])"
_DATELINE = re.compile(
    rf"^[ \t]*{_PLACE}(?P<date>{_DATE})?(?P<agency>{_AGENCY})?(?: ?[—–]| ?--?| _)\s+(?=[\"“‘'\dA-Z])",
    re.MULTILINE,
)
_SHORTEST = 3  # letters of a name in capitals


def find_datelines(text: str) -> list[tuple[int, int]]:
    """The half-open stretches of all datelines with the dash and the space after them, in order.

    A line's first words are one where a date or an agency in brackets follows them, or where they are a
    place's name in capitals or one that the lexicon lists.

    >>> text = "RIGA (Reuters) — Police arrested 12 men."
    >>> [text[end:] for _, end in find_datelines(text)]
    ['Police arrested 12 men.']
    >>> find_datelines("Anna Bell — a nurse")
    []
    """
    return [match.span() for match in _DATELINE.finditer(text) if _is_dateline(match)]


def dateline_places(text: str) -> list[tuple[int, int]]:
    """The half-open stretches of the places that the datelines name, in order: town, then country.

    >>> text = "LVIV, Ukraine (AP) — Two men died."
    >>> [text[start:end] for start, end in dateline_places(text)]
    ['LVIV', 'Ukraine']
    """
    found = []
    for match in filter(_is_dateline, _DATELINE.finditer(text)):
        start = match.start("place")
        for place in match["place"].split("/"):
            found.append((start, start + len(place)))
            start += len(place) + 1
        if match["country"]:
            found.append(match.span("country"))
    return found


def _is_dateline(match: re.Match[str]) -> bool:
    place = match["place"]
    known = known_names().get(place) or known_names().get(place.title())
    if known is not None:
        return known.kind == "place"
    return place.isupper() and len(place) >= _SHORTEST and bool(match["date"] or match["agency"])

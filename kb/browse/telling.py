"""Dates and addresses as a reader is told them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LONGEST = 60  # characters of an address that stands for a title
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}  # EDTF, level 1
_WEEK = re.compile(r"^(\d{4})-W(\d{2})$")  # ISO 8601
_DECADE, _CENTURY = re.compile(r"^(\d{3})X$"), re.compile(r"^(\d{2})XX$")
_SEASON = re.compile(r"^(\d{4})-(2[1-4])$")


def when(date: str | None) -> str | None:
    """A date or an interval in EDTF, in words where it has signs; a plain date stays as it is.

    >>> when("../2025-04-03"), when("2020-08/.."), when("2020-11~/2020-12~"), when("2019-22")
    ('until 2025-04-03', 'since 2020-08', 'about 2020-11 to about 2020-12', 'summer 2019')
    >>> when("2026-W10"), when("199X"), when("20XX")
    ('week 10 of 2026', '1990s', '2000 to 2099')
    """
    if not date:
        return None
    first, slash, last = date.partition("/")
    if not slash:
        return _moment(first)
    if first in ("", ".."):
        return f"until {_moment(last)}"
    return f"since {_moment(first)}" if last in ("", "..") else f"{_moment(first)} to {_moment(last)}"


def _moment(edtf: str) -> str:
    plain = edtf.rstrip("~?%")
    told = plain
    if season := _SEASON.match(plain):
        told = f"{_SEASONS[season[2]]} {season[1]}"
    elif week := _WEEK.match(plain):
        told = f"week {int(week[2])} of {week[1]}"
    elif decade := _DECADE.match(plain):
        told = f"{decade[1]}0s"
    elif century := _CENTURY.match(plain):
        told = f"{century[1]}00 to {century[1]}99"
    return f"about {told}" if plain != edtf else told


def address(url: str | None) -> str | None:
    """An address in the place of a title: host and path, the middle left out where it is long.

    >>> address("https://www.example.org/news/2025/04/03/a-very-long-title-in-the-address-of-a-page/amp.html")
    'example.org/news/2025/04…e-in-the-address-of-a-page/amp.html'
    """
    if not url or "://" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:  # an address that is none, as a source has it
        return url
    said = (
        parts.netloc.removeprefix("www.")
        + parts.path.rstrip("/")
        + (f"?{parts.query}" if parts.query else "")
    )
    return said if len(said) <= _LONGEST else f"{said[:24]}…{said[-(_LONGEST - 25) :]}"


TOLD = {"when": when, "address": address}  # filters of the templates

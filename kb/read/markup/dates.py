"""When a page was published and last changed: what it says for machines first, then what it shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from lxml.html import HtmlElement

from kb.read.lines.days import day_line, find_day, parse_iso
from kb.read.markup.structured import Structured
from kb.read.markup.words import label_of, near_heading, words_of

FIRST_YEAR = 1990  # of the web: an earlier date is a default value of a content system
_SHOWN = re.compile(
    r"publish|posted|pub-?date|entry-date|dateline|timestamp|created|article__?date|post-?date", re.I
)
_CHANGED = re.compile(r"updat|modif|edited|revised", re.I)
_DATED = re.compile(r"date|time|publi|posted|byline|meta|fecha|datum|author", re.I)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")  # nowhere is the month first
_MONTH_FIRST = re.compile(r"(?:en(?:-(?:us|ph|ca))?)?")  # languages of pages that may write the month first
_CJK = re.compile(r"((?:19|20)\d\d)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_WRITTEN = re.compile(
    r"(?<!\d)\d{1,2}(?:[.ºª]|er)?\s+(?:de\s+|d['’])?[^\W\d_]{3,12}\.?,?\s+(?:de\s+|del\s+)?(?:19|20)\d\d(?!\d)"
)
_LINES = {"p", "div", "span", "time", "small", "li", "em", "i", "dd", "td"}
LONG_PROSE = 100  # characters of a paragraph with which the text begins
FEW = 6  # elements in a line that tells days
LONGEST = 200  # characters of a line that shows a date
_IN_URL = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)|[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
)


def find_page_dates(tree: HtmlElement, page: Structured, url: str | None) -> tuple[str | None, str | None]:
    """The earliest date of publication that the page states, and the latest of a change; ISO 8601."""
    stated = [*_read(page.values("datePublished")), *_read(page.metas_for("published"))]
    stated = stated or list(_read(page.metas_for("dated")))
    shown = list(_shown(tree))
    published = _earliest([*stated, *(s for s in shown if stated and _same_moment(s, stated))])
    if published is None:
        published = _earliest(list(_itemprop(tree))) or next(iter(shown), None)
    published = _unless_earlier(published or _from_url(url), min(_labelled(tree), default=None))
    changed = [*_read(page.values("dateModified")), *_read(page.metas_for("modified"))]
    modified = max(
        (c for c in changed if published is None or c[:10] >= published[:10]), key=_key, default=None
    )
    return published, modified


def normalize_date(words: str) -> str | None:
    """The ISO 8601 form of a date as pages state it (ISO, RFC 5322, written out), or None.

    >>> normalize_date("2023-12-22T14:30:00+0000"), normalize_date("Fri, 22 Dec 2023 17:15:49 +0000")
    ('2023-12-22T14:30:00+00:00', '2023-12-22T17:15:49+00:00')
    """
    words = " ".join(words.split())
    iso = parse_iso(words) or parse_iso(words[:19]) or parse_iso(words[:16]) or parse_iso(words[:10])
    if iso is None and re.match(r"[A-Za-z]{3}, \d", words):
        try:
            iso = parsedate_to_datetime(words).isoformat()
        except (ValueError, OverflowError):  # an offset of any number of digits
            iso = None
    if iso is None and re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{4,6}Z?)?", words):
        iso = parse_iso(f"{words[:4]}-{words[4:6]}-{words[6:8]}")
    if iso is None and len(words) <= 80 and (day := find_day(words)) is not None:
        iso = day[0]
    return iso if iso and int(iso[:4]) >= FIRST_YEAR else None


def _read(values: Iterator[object]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str) and (date := normalize_date(value)):
            yield date


def _key(date: str) -> tuple[str, int]:
    """For comparison: the day and time in UTC where the offset is known; a bare day is its whole day."""
    moment = dt.datetime.fromisoformat(date)
    if moment.tzinfo is not None and dt.MINYEAR < moment.year < dt.MAXYEAR:
        moment = moment.astimezone(dt.UTC)
    moment = moment.replace(tzinfo=None)
    return moment.isoformat(), -len(date)


def _earliest(dates: list[str]) -> str | None:
    """The earliest date; of several forms of it the one that says most: a local time with its offset."""
    if not dates:
        return None
    first = min(dates, key=_key)
    if len(first) == len("2026-06-03"):  # a time of the same day says more
        first = min((date for date in dates if date[:10] == first and date != first), key=_key, default=first)
    same = [date for date in dates if _same_moment(date, [first])]
    local = [date for date in same if len(date) > 10 and date[-6] in "+-" and not date.endswith("+00:00")]
    return (local or [first])[0]


def _same_moment(date: str, others: list[str]) -> bool:
    """Whether the date is one of the others to the minute."""
    return len(date) > 10 and any(
        len(other) > 10 and _key(date)[0][:16] == _key(other)[0][:16] for other in others
    )


def _unless_earlier(published: str | None, labelled: str | None) -> str | None:
    """The date, unless the page says in words that it was published before: more than an offset tells."""
    if published is None or labelled is None:
        return published or labelled
    between = dt.date.fromisoformat(published[:10]) - dt.date.fromisoformat(labelled)
    return labelled if between > dt.timedelta(days=1) else published


def _labelled(tree: HtmlElement) -> Iterator[str]:
    """The days that short lines between the heading and the text call those of publication."""
    for element in near_heading(tree):
        if element.tag == "p" and len(words_of(element)) >= LONG_PROSE:
            return
        if element.tag in _LINES and len(element) <= FEW:
            for role, day in day_line(words_of(element), byline=True):
                if role == "published" and int(day[:4]) >= FIRST_YEAR:
                    yield day


def _itemprop(tree: HtmlElement) -> Iterator[str]:
    for element in tree.xpath('//*[contains(@itemprop, "datePublished")]'):
        words = element.get("content") or element.get("datetime") or words_of(element)
        if date := normalize_date(words):
            yield date


def _shown(tree: HtmlElement) -> Iterator[str]:
    """The dates that the page shows near its heading: `<time>`, and short lines that are made for a date."""
    language = (tree.get("lang") or "").lower()
    for element in near_heading(tree):
        label = label_of(element)
        if element.tag != "time" and not _DATED.search(label):
            continue
        words = words_of(element)
        if len(words) > LONGEST or (
            _CHANGED.search(f"{label} {words}") and not _SHOWN.search(f"{label} {words}")
        ):
            continue
        stated = (normalize_date(time.get("datetime") or "") for time in element.iter("time"))
        date = next(filter(None, stated), None) or find_shown_day(words, language)
        if date:
            yield date


def find_shown_day(words: str, language: str) -> str | None:
    """The first day in a line of a page in some language, as an ISO date.

    03/12/2023 is none where the language does not tell which is the month.

    >>> find_shown_day("Publié le 22 décembre 2023 à 10h15", "fr-fr"), find_shown_day("03/12/2023", "it")
    ('2023-12-22', '2023-12-03')
    """
    if (day := find_day(words)) is not None:
        return day[0] if int(day[0][:4]) >= FIRST_YEAR else None
    numbers = _DOTTED if _MONTH_FIRST.fullmatch(language.replace("_", "-")) else _DAY_FIRST
    for match in numbers.finditer(words):
        if date := _checked(int(match[3]), int(match[2]), int(match[1])):
            return date
    for match in _CJK.finditer(words):
        if date := _checked(int(match[1]), int(match[2]), int(match[3])):
            return date
    written = _WRITTEN.search(words)
    return _written(written[0], language[:2]) if written and language[:2] not in ("", "en") else None


def _written(words: str, language: str) -> str | None:
    """A day with the month's name in another language."""
    import dateparser

    try:
        moment = dateparser.parse(
            words, languages=[language], settings={"REQUIRE_PARTS": ["day", "month", "year"]}
        )
    except ValueError:  # a language that dateparser does not know
        return None
    return moment.date().isoformat() if moment else None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat() if year >= FIRST_YEAR else None
    except ValueError:
        return None


def _from_url(url: str | None) -> str | None:
    match = _IN_URL.search(url or "")
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part)
    return _checked(year, month, day)

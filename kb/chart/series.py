"""A series as a picture: points for numbers, arrows for bounds, bars for ranges, spans for fuzzy dates.

What a source calls an estimate or a forecast is dashed, and no point of it is filled.

What somebody concluded stands beside the figures as a diamond, in no speaker's colour.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from kb.chart.axes import Axis, number_axis, time_axis
from kb.chart.drawing import COLOURS, LETTER, element, fitting, linked, picture, worded, written
from kb.query.rows import Assessment, Figure, Series
from kb.resolve.relations.told import OPEN

WIDTH, HEIGHT = 860.0, 460.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 76.0, 40.0, 48.0, 56.0
_LEGEND, _COLUMNS = 18.0, 3  # height of a line of the legend, names in it
_TITLE = 1.3  # width of a letter of the title, as a multiple
_ARROW = 26.0
_MOST = len(COLOURS)  # speakers with a colour of their own; the rest share the last


def series_chart(series: Series) -> str:
    """The SVG of a series. Figures without a date or a number in the series' unit are counted below it."""
    shown = [figure for figure in series.figures if _days(figure) and _numbers(figure)]
    colours = _colours(shown)
    height = HEIGHT + _LEGEND * -(-len(colours) // _COLUMNS)
    title = series.heading
    root = picture(WIDTH, height, title, _description(series, shown))
    told = fitting(title, (WIDTH - _LEFT - _RIGHT) / _TITLE)
    worded(root, "text", told, x=_LEFT, y=26, class_="text title")
    if not shown:
        worded(root, "text", "No figure of it has a date.", x=_LEFT, y=_TOP + 30, class_="quiet")
        return written(root)
    concluded = [one for one in series.assessments if _days(one)]
    marks: list[Figure | Assessment] = [*shown, *concluded]
    up = number_axis((number for mark in marks for number in _numbers(mark)), HEIGHT - _BOTTOM, _TOP)
    left = max(_LEFT, 16 + LETTER * max(len(label) for _, label in up.ticks))
    across = time_axis((day for mark in marks for day in _days(mark)), left, WIDTH - _RIGHT)
    _grid(root, across, up)
    for figure in shown:
        _mark(root, figure, across, up, colours[_who(figure)])
    for assessment in concluded:
        _concluded(root, assessment, across, up)
    notes = _notes(shown, len(series.figures) - len(shown), has_diamonds=bool(concluded))
    _legend(root, colours, notes)
    return written(root)


def _days(mark: Figure | Assessment) -> list[dt.date]:
    return [day for day in (mark.earliest, mark.latest) if day is not None]


def _numbers(mark: Figure | Assessment) -> list[float]:
    best = mark.best if isinstance(mark, Assessment) else None
    return [number for number in (mark.low, best, mark.high) if number is not None]


def _who(figure: Figure) -> str:
    return figure.speaker or figure.publisher or "source not named"


def _colours(figures: Sequence[Figure]) -> Mapping[str, str]:
    """A colour for each speaker, those with the most figures first."""
    counts: dict[str, int] = {}
    for figure in figures:
        counts[_who(figure)] = counts.get(_who(figure), 0) + 1
    ordered = sorted(counts, key=lambda who: (-counts[who], who))
    return {who: COLOURS[min(i, _MOST - 1)] for i, who in enumerate(ordered)}


def _description(series: Series, shown: Sequence[Figure]) -> str:
    """The picture in words: how many figures, the first and the last."""
    said = f"{len(series.figures)} figures of {series.heading}, from {series.sources} independent sources."
    if shown:
        ends = [shown[0]] if len(shown) == 1 else [shown[0], shown[-1]]
        said += " " + " ".join(f"{figure.date}: {figure.value}, {_who(figure)}." for figure in ends)
    return said


def _grid(root: ET.Element, across: Axis, up: Axis) -> None:
    for value, label in up.ticks:
        y = up.at(value)
        element(root, "line", x1=across.start, x2=across.end, y1=y, y2=y, class_="grid")
        worded(root, "text", label, x=across.start - 8, y=y + 4, class_="quiet end")
    for value, label in across.ticks:
        x = across.at(value)
        element(root, "line", x1=x, x2=x, y1=up.start, y2=up.start + 5, class_="grid")
        worded(root, "text", label, x=x, y=up.start + 20, class_="quiet middle")


def _mark(root: ET.Element, figure: Figure, across: Axis, up: Axis, colour: str) -> None:
    """One figure: a link to its source that shows its sentence."""
    status = f", {figure.said_status}" if figure.said_status else ""
    said = f"{figure.date}: {figure.value}{status}, {_who(figure)}\n“{figure.quote}”"
    group = linked(root, figure.url, said)
    days = [across.at(day.toordinal()) for day in _days(figure)]
    x = round(sum((days[0], days[-1])) / 2, 1)
    y = up.at(sum(_numbers(figure)) / len(_numbers(figure)))
    line: dict[str, object] = {"stroke": colour, "stroke_width": 2, "stroke_linecap": "round"}
    line |= _dashes(figure)
    if len(days) == 2 and days[1] - days[0] > 4:
        element(group, "line", x1=days[0], x2=days[1], y1=y, y2=y, opacity=0.5, **line)
    elif len(days) == 1:  # an open end fades out
        away = 24 if figure.latest is None else -24
        element(group, "line", x1=x, x2=x + away, y1=y, y2=y, **(line | {"stroke_dasharray": "3 4"}))
    if figure.low is None or figure.high is None:
        below = min(y + _ARROW, max(up.start, y + 10))  # not into the labels of the axis
        tip = round(y - _ARROW if figure.high is None else below, 1)
        back = 6 if figure.high is None else -6
        element(group, "path", d=f"M{x} {y}V{tip}m-4 {back}l4 {-back}l4 {back}", fill="none", **line)
        element(group, "line", x1=x - 6, x2=x + 6, y1=y, y2=y, **line)
    elif figure.low != figure.high:
        low, high = up.at(figure.low), up.at(figure.high)
        element(group, "path", d=f"M{x - 5} {low}h10M{x} {low}V{high}M{x - 5} {high}h10", fill="none", **line)
    else:
        fill = "none" if figure.comparator == "~" or _is_open(figure) else colour
        # Points upon each other show through.
        ring = {"stroke": colour, "stroke_width": 2, **_dashes(figure)}
        element(group, "circle", cx=x, cy=y, r=5, fill=fill, fill_opacity=0.7, **ring)


def _is_open(figure: Figure) -> bool:
    """Whether its source says that it is no count."""
    return figure.said_status in OPEN


def _dashes(figure: Figure) -> dict[str, object]:
    return {"stroke_dasharray": "3 3"} if _is_open(figure) else {}


def _concluded(root: ET.Element, assessment: Assessment, across: Axis, up: Axis) -> None:
    """What somebody concluded: a diamond at its best value, a line from its lowest to its highest."""
    stale = "\nno longer up to date" if assessment.stale else ""
    said = f"{assessment.date}: {assessment.value}, concluded by {assessment.by}\n{assessment.rule}{stale}"
    group = linked(root, None, said)
    days = [across.at(day.toordinal()) for day in _days(assessment)]
    x = round(sum((days[0], days[-1])) / 2, 1)
    ends = [up.at(number) for number in _numbers(assessment)]
    line = {"stroke": "currentColor", "stroke_width": 2, "fill": "none"}
    if ends[0] != ends[-1]:
        element(
            group, "path", d=f"M{x - 5} {ends[0]}h10M{x} {ends[0]}V{ends[-1]}M{x - 5} {ends[-1]}h10", **line
        )
    y = up.at(assessment.best) if assessment.best is not None else round((ends[0] + ends[-1]) / 2, 1)
    dashes = {"stroke_dasharray": "3 2"} if assessment.stale or assessment.provisional else {}
    element(group, "path", d=f"M{x} {y - 8}l8 8l-8 8l-8 -8z", **line, **dashes)


def _notes(shown: Sequence[Figure], left_out: int, *, has_diamonds: bool) -> str:
    """What the marks mean, and how many figures are not shown."""
    notes = "Filled: as stated. Hollow: about. Arrow: at least, at most. Bar: a range. Line: a span of time."
    if any(map(_is_open, shown)):
        notes += " Dashed: an estimate or a forecast."
    if has_diamonds:
        notes += " Diamond: concluded."
    return f"{notes} Without a date and not shown: {left_out}." if left_out else notes


def _legend(root: ET.Element, colours: Mapping[str, str], notes: str) -> None:
    y = HEIGHT - 14
    worded(root, "text", notes, x=_LEFT, y=y, class_="quiet")
    width = (WIDTH - _LEFT) / _COLUMNS
    for i, (who, colour) in enumerate(colours.items()):
        x, line = round(_LEFT + width * (i % _COLUMNS), 1), y + _LEGEND * (i // _COLUMNS + 1)
        name = element(root, "g")
        worded(name, "title", who)
        element(name, "circle", cx=x + 5, cy=line - 4, r=5, fill=colour)
        worded(name, "text", fitting(who, width - 30), x=x + 18, y=line, class_="text")

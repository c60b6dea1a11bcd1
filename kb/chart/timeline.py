"""Events as a picture: a line an event, at its time; ends that nobody knows fade out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from kb.chart.axes import Axis, time_axis
from kb.chart.drawing import COLOURS, LETTER, element, fitting, linked, picture, worded, written
from kb.query.rows import Event

WIDTH = 960.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 20.0, 20.0, 52.0, 40.0
_ROW = 24.0
_TEXT = 460.0  # width kept for dates and titles beside the last marks
_FADE = 30.0
_LABEL = 80.0  # width of a day under the axis


def timeline_chart(events: Sequence[Event], title: str = "Timeline") -> str:
    """The SVG of a timeline, in the order given; events without a date are counted below it."""
    shown = [event for event in events if event.earliest or event.latest]
    height = _TOP + _ROW * len(shown) + _BOTTOM
    root = picture(WIDTH, height, title, _description(events, shown))
    worded(root, "text", fitting(title, (WIDTH - _LEFT - _RIGHT) / 1.3), x=_LEFT, y=26, class_="text title")
    if not shown:
        worded(root, "text", "No event has a date.", x=_LEFT, y=_TOP + 10, class_="quiet")
        return written(root)
    days = [day for event in shown for day in (event.earliest, event.latest) if day]
    start, end = _LEFT + _FADE, WIDTH - _RIGHT - _TEXT
    axis = time_axis(days, start, end, most=int((end - start) / _LABEL))
    bottom = height - _BOTTOM
    for value, label in axis.ticks:
        x = axis.at(value)
        element(root, "line", x1=x, x2=x, y1=_TOP - 12, y2=bottom, class_="grid")
        worded(root, "text", label, x=x, y=bottom + 16, class_="quiet middle")
    for i, event in enumerate(shown):
        _mark(root, event, axis, _TOP + _ROW * i + 4)
    if len(shown) < len(events):
        left_out = f"Without a date and not shown: {len(events) - len(shown)}."
        worded(root, "text", left_out, x=_LEFT, y=bottom + 32, class_="quiet")
    return written(root)


def _description(events: Sequence[Event], shown: Sequence[Event]) -> str:
    said = f"{len(events)} events."
    if shown:
        said += f" From {shown[0].date}, {shown[0].title}, to {shown[-1].date}, {shown[-1].title}."
    return said


def _mark(root: ET.Element, event: Event, axis: Axis, y: float) -> None:
    group = linked(root, event.url, f"{event.date}: {event.title}\n“{event.quote}”")
    start, end = _place(axis, event.earliest), _place(axis, event.latest)
    known = [x for x in (start, end) if x is not None]
    line: dict[str, object] = {"stroke": COLOURS[0], "stroke_width": 6, "stroke_linecap": "round"}
    element(group, "line", x1=known[0], x2=round(max(known[-1], known[0] + 0.1), 1), y1=y, y2=y, **line)
    faded = dict(line, stroke_dasharray="1 9", opacity=0.6)
    approximate = "~" in (event.date or "")
    if start is None or approximate:
        element(group, "line", x1=known[0] - _FADE, x2=known[0] - 8, y1=y, y2=y, **faded)
    if end is None or approximate:
        element(group, "line", x1=known[-1] + 8, x2=known[-1] + _FADE, y1=y, y2=y, **faded)
    x = round(known[-1] + (_FADE + 8 if end is None or approximate else 12), 1)
    label = element(group, "text", x=x, y=y + 4, class_="text")
    worded(label, "tspan", event.date or "", class_="quiet")
    worded(label, "tspan", fitting(event.title, WIDTH - x - 12 - LETTER * len(event.date or "")), dx=6)


def _place(axis: Axis, day: dt.date | None) -> float | None:
    return None if day is None else axis.at(day.toordinal())

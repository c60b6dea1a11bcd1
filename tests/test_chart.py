"""Pictures of answers: every figure is drawn as what it says, nothing of a text can act in a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.chart import series_chart, timeline_chart
from kb.chart.axes import number_axis, time_axis
from kb.chart.drawing import LETTER
from kb.dates import interval_of
from kb.query.rows import Event, Figure, Report, Series

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</title><script>alert('1')</script>"


def figure(uid: str, comparator: str, low: float | None, high: float | None, date: str | None) -> Figure:
    interval = interval_of(date) if date else None
    return Figure(
        uid=uid,
        measure="lamps",
        comparator=comparator,
        low=low,
        high=high,
        unit="lamps",
        relation="value",
        direction=None,
        baseline=None,
        place="Riga",
        date=date,
        earliest=interval.earliest if interval else None,
        latest=interval.latest if interval else None,
        speaker="the council",
        voice="reported",
        stance="asserted",
        phrase="lamps",
        start_char=0,
        end_char=5,
        quote=HOSTILE,
        quote_start=0,
        quote_end=5,
        title=None,
        publisher=None,
        published=None,
        url="https://example.org/lamps",
        source_kind="page",
        status="machine",
    )


def series(*figures: Figure) -> Series:
    return Series("s", "lamps", "stock", "Riga", 1, 1, 0, figures)


FIGURES = (
    figure("a", "=", 40, 40, "2024-05-01"),
    figure("b", "~", 50, 50, "2024-06"),
    figure("c", ">", 60, None, "2024-07-01"),
    figure("d", "<=", None, 90, "2024-08/.."),
    figure("e", "between", 70, 80, "2024-09-01"),
    figure("f", "=", 70, 70, None),
)


def marks(svg: str, kind: str) -> list[ET.Element]:
    root = ET.fromstring(svg)
    return [mark for link in root.iter(f"{SVG}a") for mark in link if mark.tag == f"{SVG}{kind}"]


def test_each_comparator_has_its_mark() -> None:
    svg = series_chart(series(*FIGURES))
    circles = marks(svg, "circle")
    assert [circle.get("fill") != "none" for circle in circles] == [True, False]
    assert len(marks(svg, "path")) == 3  # two arrows and a bar
    assert len([line for line in marks(svg, "line") if line.get("stroke-dasharray")]) == 1  # an open end
    assert "Without a date and not shown: 1" in svg


def test_it_says_what_it_shows() -> None:
    root = ET.fromstring(series_chart(series(*FIGURES)))
    assert root.get("role") == "group"
    assert root.findtext(f"{SVG}title") == "lamps in Riga"
    assert "6 figures of lamps in Riga" in (root.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("url", ["javascript:alert(1)", None, "data:text/html,x"])
def test_only_pages_are_linked(url: str | None) -> None:
    svg = series_chart(series(replace(FIGURES[0], url=url)))
    assert "href" not in svg


def test_words_are_never_elements() -> None:
    root = ET.fromstring(series_chart(series(replace(FIGURES[0], speaker=HOSTILE))))
    assert not list(root.iter(f"{SVG}script"))
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]


def test_without_dates() -> None:
    assert "No figure of it has a date" in series_chart(series(FIGURES[-1]))
    assert "No event has a date" in timeline_chart([event("x", None)])


def event(title: str, date: str | None) -> Event:
    interval = interval_of(date) if date else None
    earliest, latest = (interval.earliest, interval.latest) if interval else (None, None)
    report = Report(
        "r", "e", "was", date, earliest, latest, "asserted", HOSTILE, 0, 1, None, None, None, None, "page"
    )
    return Event("e", date, earliest, latest, title, None, None, None, 1, "machine", (report,))


def test_a_timeline_fades_where_nobody_knows() -> None:
    svg = timeline_chart(
        [event("sharp", "2020-05-01"), event("open", "2021/.."), event("about", "1984~/1986~")]
    )
    faded = [line for line in ET.fromstring(svg).iter(f"{SVG}line") if line.get("stroke-dasharray")]
    assert len(faded) == 3  # one end of the open one, both of the approximate one


@given(st.lists(st.floats(0, 1e15), min_size=1, max_size=9))
def test_numbers_lie_on_the_axis(values: list[float]) -> None:
    axis = number_axis(values, 400, 50)
    assert all(50 <= axis.at(value) <= 400 for value in values)
    assert 2 <= len(axis.ticks) <= 14


@given(st.lists(st.dates(), min_size=1, max_size=9))
def test_days_lie_on_the_axis(days: list[dt.date]) -> None:
    axis = time_axis(days, 70, 800)
    assert all(70 <= axis.at(day.toordinal()) <= 800 for day in days)
    assert len(axis.ticks) <= 9


def test_long_words_stay_inside_the_picture() -> None:
    long = "the ministry of the northern harbours and of everything that lies in them " * 3
    figures = [
        replace(figure(str(n), "=", n * 10.0**12, n * 10.0**12, f"2024-0{n}-01"), speaker=f"{n} {long}")
        for n in range(1, 8)
    ]
    root = ET.fromstring(series_chart(replace(series(*figures), measure=long)))
    width = float(root.get("viewBox", "").split()[2])
    for text in root.iter(f"{SVG}text"):
        size = len(text.text or "") * (LETTER + 2 if "title" in text.get("class", "") else LETTER)
        start = {"end": -size, "middle": -size / 2}.get(text.get("class", "").split()[-1], 0.0)
        assert float(text.get("x", "0")) + start >= 0, text.text
        assert float(text.get("x", "0")) + start + size <= width + 1, text.text
    assert "2,000,000,000,000" in {text.text for text in root.iter(f"{SVG}text")}
    assert [name.text for name in root.iter(f"{SVG}title") if name.text and long.strip() in name.text]


def test_an_estimate_is_drawn_as_one() -> None:
    counted, guessed = figure("a", "=", 5, 5, "2026-01-02"), figure("b", "=", 9, 9, "2026-01-03")
    plain = series_chart(series(counted, guessed))
    assert "dasharray" not in plain
    assert "estimate" not in plain
    drawn = series_chart(series(counted, replace(guessed, said_status="estimate")))
    circles = [
        mark for mark in ET.fromstring(drawn).iter(f"{SVG}circle") if mark.get("stroke-dasharray") is not None
    ]
    assert [mark.get("fill") for mark in circles] == ["none"]
    assert "Dashed: an estimate or a forecast." in drawn
    assert "9 lamps, estimate" in drawn

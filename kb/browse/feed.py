"""An Atom feed of figures (RFC 4287): each entry is a figure with its quote and a link to its words."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from kb.browse.links import Links, web, words_on
from kb.chart.drawing import as_xml
from kb.query import Figure

ATOM = "http://www.w3.org/2005/Atom"
_LONG_AGO = "1970-01-01T00:00:00Z"  # of entries whose source does not say when it was published


def atom(title: str, figures: Sequence[Figure], links: Links) -> str:
    """The text of a feed of figures, the newest first."""
    root = ET.Element("feed", {"xmlns": ATOM})
    _said(root, "title", title)
    _said(root, "id", f"urn:kb:feed:{links.database}:{title}")
    _said(root, "updated", _moment(figures[0].published if figures else None))
    ET.SubElement(ET.SubElement(root, "author"), "name").text = links.database
    for figure in figures:
        entry = ET.SubElement(root, "entry")
        _said(entry, "title", f"{figure.value}: {figure.measure or ''}")
        _said(entry, "id", f"urn:kb:{figure.uid}")
        _said(entry, "updated", _moment(figure.published))
        if there := words_on(figure.url, figure.quote) or web(figure.cites_url):
            ET.SubElement(entry, "link", {"href": there})
        _said(entry, "summary", f"“{figure.quote}” {figure.speaker or figure.publisher or ''}".strip())
    return '<?xml version="1.0" encoding="utf-8"?>\n' + as_xml(root)


def _said(parent: ET.Element, name: str, words: str) -> None:
    ET.SubElement(parent, name).text = words


def _moment(published: str | None) -> str:
    """The day of publication as a date-time of RFC 3339."""
    day = (published or "")[:10]
    return f"{day}T00:00:00Z" if len(day) == len("2026-06-03") else _LONG_AGO

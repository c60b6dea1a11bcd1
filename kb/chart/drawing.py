"""SVG elements: text is always escaped, links lead to http and https alone, colours fit light and dark."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
# Okabe and Ito (2008), Color Universal Design, without the yellow that white paper swallows, and two more.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#8c564b", "#7f7f7f")
LETTER = 6.9  # points that a letter of 12 points takes, more than the mean of common sans-serif types
STYLE = """
svg { font: 12px system-ui, sans-serif; background: #fff; color: #222 }
.text { fill: currentColor } .quiet { fill: currentColor; opacity: .65 }
.title { font-size: 15px; font-weight: 600 }
.grid { stroke: currentColor; opacity: .15 } .end { text-anchor: end } .middle { text-anchor: middle }
a:hover, a:focus { opacity: .6 }
@media (prefers-color-scheme: dark) { svg { background: #16181c; color: #e4e4e4 } }
"""
# What no document of XML 1.0 may hold (section 2.2, production Char).
_NO_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(parent: ET.Element | None, name: str, /, **attributes: object) -> ET.Element:
    """A new element with its attributes (`_` stands for `-`) inside another one, or a first one."""
    said = {key.rstrip("_").replace("_", "-"): str(value) for key, value in attributes.items()}
    return ET.Element(name, said) if parent is None else ET.SubElement(parent, name, said)


def worded(parent: ET.Element, name: str, words: str, /, **attributes: object) -> ET.Element:
    """A new element with words in it."""
    made = element(parent, name, **attributes)
    made.text = words
    return made


def fitting(words: str, width: float) -> str:
    """The words, cut where they would be wider than so many points in the type of the pictures."""
    most = int(width / LETTER)
    return words if len(words) <= most else words[: max(most - 1, 1)].rstrip() + "…"


def picture(width: float, height: float, title: str, description: str) -> ET.Element:
    """An empty picture that a screen reader announces by its title and description."""
    root = element(
        None,
        "svg",
        xmlns=SVG,
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="group",  # an "img" could hold no links
        aria_labelledby="title description",
    )
    worded(root, "title", title, id="title")
    worded(root, "desc", description, id="description")
    worded(root, "style", STYLE)
    return root


def linked(parent: ET.Element, url: str | None, words: str) -> ET.Element:
    """A group that shows words when pointed at, and leads to a page where there is one."""
    is_page = url is not None and url.startswith(("https://", "http://"))
    made = element(parent, "a", href=url) if is_page else element(parent, "g")
    worded(made, "title", words)
    return made


def written(root: ET.Element) -> str:
    """The picture as a document."""
    ET.indent(root, " ")
    return as_xml(root)


def as_xml(root: ET.Element) -> str:
    """An element as XML 1.0; characters that XML cannot hold, as control characters, are left out."""
    return _NO_XML.sub("", ET.tostring(root, encoding="unicode")) + "\n"

"""The visible words of a page's elements, and the elements near its heading."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

NEAR, FAR = 150, 600  # elements behind the heading: its own header, and the whole of a short article
UNSEEN = {"script", "style", "noscript", "template", "svg", "button"}
INLINE = {"a", "abbr", "b", "cite", "em", "font", "i", "mark", "q", "small", "span", "strong"}
INLINE |= {"sub", "sup", "u", "wbr"}
_MOST = 2_000  # parts of an element; what has more is no line of a header


def words_of(element: HtmlElement) -> str:
    """The visible words of an element, white-space-folded; what stands in a block of its own is set apart.

    Of a large element only the beginning.
    """
    parts: list[str] = []
    walk = iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in islice(walk, _MOST):
        if event == "start" and node.tag in UNSEEN:
            walk.skip_subtree()
        elif event == "start":
            parts.append(("" if node.tag in INLINE else " ") + (node.text or ""))
        elif node is not element:
            parts.append(("" if node.tag in INLINE else " ") + (node.tail or ""))
    return " ".join("".join(parts).split())


def label_of(element: HtmlElement) -> str:
    """What the page's makers call an element: its classes, id and properties, parted by spaces."""
    names = (
        "class",
        "id",
        "itemprop",
        "rel",
        "data-testid",
        "data-test",
        "data-qa",
        "data-component",
        "name",
    )
    return " ".join(value for name in names if (value := element.get(name)))


def near_heading(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that can belong to the article's header, likely ones first.

    Those that follow the heading, then those of the parts of the page that hold it and no other
    heading of an article, then what follows further away; without a heading all of them.
    """
    heading = main_heading(tree)
    if heading is None:
        yield from (element for element in tree.iter() if isinstance(element.tag, str))
        return
    following = heading.iterchildren()
    yield from following
    after = (e for e in _following(heading) if isinstance(e.tag, str))
    yield from islice(after, NEAR)
    around = heading
    for ancestor in heading.iterancestors():
        if ancestor.tag in ("body", "html") or sum(1 for _ in ancestor.iter("h1", "h2")) > 2:
            break
        around = ancestor
    yield from islice((e for e in around.iter() if isinstance(e.tag, str)), FAR)
    yield from islice(after, FAR)


def main_heading(tree: HtmlElement) -> HtmlElement | None:
    """The first heading that can be a title: a site's name is shorter."""
    headings = [heading for heading in tree.iter("h1") if heading.text_content().strip()]
    return next((h for h in headings if len(h.text_content().split()) >= 3), next(iter(headings), None))


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind this one in the order of the page, its own children left out."""
    node: HtmlElement | None = element
    while node is not None:
        for sibling in node.itersiblings():
            yield from sibling.iter()
        node = node.getparent()

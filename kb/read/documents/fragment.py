"""A piece of markup that is an article, without a page around it: a feed's entry, a cell of a table."""

from __future__ import annotations

from lxml.etree import iterwalk

from kb.read.documents.html import parse_markup
from kb.read.lines.plain import strip_markup
from kb.read.markup.words import INLINE, UNSEEN

_CELLS = {"td", "th"}
_PICTURES = {"figcaption", "figure"}


def paragraphs_of(markup: str, source: str) -> list[str]:
    """The paragraphs, items of lists and rows of tables in the markup, a string each; captions left out.

    >>> paragraphs_of("Two <b>ships</b> sank:<ul><li>one<li>two</ul><table><td>1<td>2", "a")
    ['Two ships sank:', '- one', '- two', '1 | 2']

    Raises:
        ReadError: it cannot be parsed.
    """
    if not markup.strip():
        return []
    tree = parse_markup(markup, source)
    found: list[str] = []
    words: list[str] = []
    mark = ""
    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if node.tag not in INLINE and node.tag not in _CELLS and event in ("start", "end"):
            if line := strip_markup("".join(words)):
                found.append(mark + line)
                mark = ""
            words = []
            mark = "" if node.tag == "li" else mark
        if event != "start":
            words.append(node.tail or "")
        elif node.tag in UNSEEN or node.tag in _PICTURES:
            walk.skip_subtree()
        else:
            if node.tag in _CELLS and node.getprevious() is not None:
                words.append(" | ")
            mark = "- " if node.tag == "li" else mark
            words.append(node.text or "")
    if line := strip_markup("".join(words)):
        found.append(mark + line)
    return found

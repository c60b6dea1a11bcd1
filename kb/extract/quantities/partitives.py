"""Members of a group: "one of the ..." counts nothing and is no figure, but some readers want it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.quantities.counted import counted_noun, tokens_at, unit_of
from kb.model.values import Quantity

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

_REACH = 6  # tokens after "one of" within which a number counts the group
_ONE_OF = re.compile(r"\b[Oo]ne(?= of\b)")


def find_members(document: Document) -> Iterator[Quantity]:
    """Each "one of" with the plural that it is taken from, as a count of one."""
    for match in _ONE_OF.finditer(document.text):
        number = tokens_at(document.doc, match.start(), match.end())
        noun = counted_noun(number, number.end, vague=True) or _of_counted(number)
        if noun is not None and noun[-1].tag_ in ("NNS", "NNPS"):
            span = document.span(match.start(), noun.end_char)
            words = document.span(noun.start_char, noun.end_char)
            one = document.span(match.start(), match.end())
            yield Quantity(span, one, words, "=", 1.0, 1.0, unit_of(noun), "count")


def _of_counted(number: TokenSpan) -> TokenSpan | None:
    """The noun of a group that is counted itself: "one of at least four states"."""
    for token in number.doc[number.end + 1 : number.end + _REACH]:
        if token.pos_ == "NUM" and token.dep_ == "nummod" and token.head.i > token.i:
            return number.doc[token.i + 1 : token.head.i + 1]
    return None

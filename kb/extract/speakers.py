"""The name of a speaker: as written, without what only describes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.extract.antecedents import antecedent
from kb.extract.document import Document
from kb.extract.mentions import Mentions, reference
from kb.lexicon import read_words
from kb.model.values import Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

_QUOTED_NAME = re.compile(r"\s*[«“\"][^»”\"\n]{2,40}[»”\"]")  # "the centre «Viasna»"
_TITLE = re.compile(r"(?:'s?)?(?:\s+[\w-]+){1,4}\s+")  # between a body and its member: " president "
_LONGEST_TITLE = 60  # characters


def named(document: Document, source: Token, mentions: Mentions) -> Reference | None:
    """The speaker as written: the name that the phrase holds, else the phrase; a pronoun's antecedent."""
    if source.pos_ == "PRON":
        return antecedent(document, source, mentions)
    if person := _person_beside(document, source, mentions):
        return person
    if found := mentions.at(source):
        return reference(found[0])
    start, end = source.left_edge.idx, _end_of_phrase(document.text, source)
    if source.lemma_.lower() in read_words("sources", kind="document"):
        whole = source.right_edge.idx + len(source.right_edge)
        for mention, _ in mentions.within(start, whole, "organisation", "person"):
            return reference(mention)
    return Reference(document.text[start:end], document.span(start, end))


def _person_beside(document: Document, source: Token, mentions: Mentions) -> Reference | None:
    """Whom an apposition or a title names: "the mayor, Ada Bell", "Ohio Senator Ada Bell"."""
    for token in source.subtree:
        if token.dep_ in ("relcl", "acl"):
            break
        if token.dep_ == "appos" and (found := mentions.at(token)) and found[1].kind == "person":
            return reference(found[0])
    found = mentions.at(source)
    following = source.i + 1
    if found is None and source.pos_ == "NOUN" and following < len(source.doc):
        beside = mentions.at(source.doc[following])
        return reference(beside[0]) if beside and beside[1].kind != "place" else None
    if found is None or found[1].kind == "person":
        return None
    after = found[0].span.end_char
    for mention, _ in mentions.within(after, after + _LONGEST_TITLE, "person"):
        between = document.text[after : mention.span.start_char]
        return reference(mention) if _TITLE.fullmatch(between) else None
    return None


def _end_of_phrase(text: str, source: Token) -> int:
    """Where the noun phrase ends, without relative clauses, appositions and brackets after its head."""
    last = source
    for child in source.rights:
        if child.dep_ != "prep" or child.lower_ not in ("of", "for", "in", "at"):
            break
        last = child.right_edge
    end = int(last.idx) + len(last)
    quoted = _QUOTED_NAME.match(text, end)
    return quoted.end() if quoted else end

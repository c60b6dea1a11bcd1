"""The name of a speaker: as written, without what only describes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kb.extract.document import Document
from kb.extract.entities.antecedents import antecedent
from kb.extract.entities.mentions import Mentions, reference
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
        role = source.head.head if source.dep_ == "pobj" and source.head.lower_ == "of" else source
        if found[1].kind == "place" and role.lemma_.lower() in read_words("sources", kind="role"):
            begin, end = role.left_edge.idx, found[0].span.end_char  # the governor of Kent
            return Reference(document.text[begin:end], document.span(begin, end))
        return reference(found[0])
    first = source.left_edge
    if first.tag_ in ("WP", "WDT") and first.i < source.i:
        first = first.nbor()  # "what organisers put at 900"
    start, end = first.idx, _end_of_phrase(document.text, source)
    if source.lemma_.lower() in read_words("sources", kind="document"):
        whole = source.right_edge.idx + len(source.right_edge)
        for mention, _ in mentions.within(start, whole, "organisation", "person"):
            return reference(mention)
        if issuer := _issuer(source):
            return named(document, issuer, mentions)
    return Reference(document.text[start:end], document.span(start, end))


def is_bare_document(source: Token, name: Reference) -> bool:
    """Whether the name is only that of a document, without the one who issued it."""
    span, word = name.span, source.lemma_.lower() in read_words("sources", kind="document")
    return word and span is not None and span.start_char <= source.idx < span.end_char


def _issuer(source: Token) -> Token | None:
    """Whose a document is, where that is one who speaks: "reports from the ministry", "the group's list"."""
    whose = [child for child in source.lefts if child.dep_ == "poss" and child.pos_ != "PRON"]
    for child in source.rights:
        if child.dep_ == "prep" and child.lower_ in ("of", "from", "by"):
            whose += [inside for inside in child.children if inside.dep_ == "pobj"]
        elif child.dep_ == "acl":  # "the list made by the group"
            agents = [inside for inside in child.children if inside.dep_ == "agent"]
            whose += [inside for agent in agents for inside in agent.children if inside.dep_ == "pobj"]
    speaking = read_words("sources", kind="role")
    return next((token for token in whose if token.lemma_.lower() in speaking), None)


def _person_beside(document: Document, source: Token, mentions: Mentions) -> Reference | None:
    """Whom an apposition or a title names: "the mayor, Ada Bell", "Ohio Senator Ada Bell"."""
    for token in source.subtree:
        if token.dep_ in ("relcl", "acl"):
            break
        if token.dep_ == "appos" and (found := mentions.at(token)) and found[1].kind == "person":
            return reference(found[0])
    if person := _after_comma(document, source, mentions):
        return person
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
        words = document.doc.char_span(after, mention.span.start_char, alignment_mode="contract")
        verbal = any(word.pos_ in ("VERB", "AUX") for word in words or ())
        return reference(mention) if _TITLE.fullmatch(between) and not verbal else None
    return None


def _after_comma(document: Document, source: Token, mentions: Mentions) -> Reference | None:
    """The person named between commas right after a role, wherever the parser hung the name."""
    if source.pos_ != "NOUN" or source.lemma_.lower() in read_words("sources", kind="document"):
        return None
    start = _end_of_phrase(document.text, source)
    for mention, _ in mentions.within(start, start + _LONGEST_TITLE, "person"):
        before = document.text[start : mention.span.start_char]
        after = document.text[mention.span.end_char :][:1]
        return reference(mention) if before == ", " and after in (",", ".", ";", ":") else None
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

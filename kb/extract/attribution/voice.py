"""Who says so: the speaker of a fact, and whether the text quotes or reports them.

Tried in this order: the reporting verb that governs the fact ("police said 5 died", "Phivolcs recorded 611
aftershocks"), the one that introduces the quotation it stands in, "according to", and a document that
the clause names as its source ("in a report of the council"). Verbs and source nouns are data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.extract.attribution.quoting import introducing_verb, verbs_outside
from kb.extract.attribution.reporting import (
    can_speak,
    embedding_verb,
    has,
    is_aside,
    is_said,
    own_subject,
    reporter_of,
    use_of,
    uses,
)
from kb.extract.attribution.speakers import is_bare_document, named
from kb.extract.document import Document
from kb.extract.entities.mentions import Mentions
from kb.extract.quotations import Quotation, quotation_at
from kb.lexicon import read_words
from kb.model.values import Reference, Voice

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_UNNAMED_ADVERBS = frozenset(["reportedly", "allegedly", "purportedly", "supposedly"])
_SOURCE_PREPOSITIONS = frozenset(["by", "in", "per"])
_SAYING = ("speech", "wish")
_SELF = frozenset(["i", "we"])
_GIVING = frozenset(
    ["give", "issue", "revise", "raise", "lower", "cut", "correct", "update", "adjust", "trim"]
)
_NUMBERS = frozenset(
    ["toll", "figure", "number", "count", "total", "tally", "estimate", "forecast", "projection"]
)
_SAID = frozenset(["toll", "estimate", "forecast", "projection", "outlook", "guidance", "figure", "tally"])
_FORESEEING = frozenset(
    [
        "expect",
        "forecast",
        "predict",
        "project",
        "anticipate",
        "estimate",
        "foresee",
        "report",
        "claim",
        "give",
    ]
)
_VERBAL = ("VERB", "AUX", "CCONJ")
_LONGEST_CLIMB = 40
_LONGEST_TAG = 9  # words after the last comma of a sentence that only name its source


def speaker_of(document: Document, token: Token, mentions: Mentions) -> tuple[Reference | None, Voice]:
    """The speaker of what the sentence says at `token`, as written, and the voice.

    `own` is the article's own words, without a speaker; `quoted` is in quotation marks; `reported` is
    put in the article's words; `unnamed` is ascribed to nobody in particular ("reportedly").
    """
    quotation = quotation_at(document.text, token.idx)
    if verb := embedding_verb(token):
        start, end = document.doc[token.i + 1].idx, verb.doc[verb.i - 1].idx + len(verb.doc[verb.i - 1])
        return Reference(document.text[start:end], document.span(start, end)), "reported"
    unnamed = False
    for source in _sources(document, token, quotation, mentions):
        if source is None or _is_anonymous(source):
            unnamed = True
            continue
        if (other := quotation_at(document.text, source.idx)) and other != quotation:
            continue
        if source.left_edge.lower_ == "of" and has(source, "nummod"):
            continue  # "of 1,940 people put on trial"
        if source.lower_ in _SELF:
            continue  # "for every case we confirm there are two", said Ada Bell
        found = named(document, source, mentions) or _last_speaker(document, source, mentions)
        if found and source.head.lower_ == "in" and is_bare_document(source, found):
            continue  # "in a statement" names nobody
        if found:
            return found, "quoted" if quotation else "reported"
        unnamed = unnamed or source.pos_ != "PRON"
    if quotation and not unnamed:
        return None, "quoted"
    return None, "unnamed" if unnamed or _is_hearsay(token) else "own"


def _last_speaker(document: Document, pronoun: Token, mentions: Mentions) -> Reference | None:
    """Who spoke in the sentence before, for a pronoun that stands for no name: "it said"."""
    sentence = document.sentence_at(pronoun.idx)
    if pronoun.pos_ != "PRON" or pronoun.lower_ in ("who", "which", "that") or sentence.start == 0:
        return None
    previous = document.sentence_at(sentence.start_char - 1)
    for verb in reversed(verbs_outside(document.text, previous)):
        source = reporter_of(verb)
        if source is not None and source.pos_ != "PRON" and (found := named(document, source, mentions)):
            return Reference(found.name, document.span(pronoun.idx, pronoun.idx + len(pronoun)))
    return None


def _sources(
    document: Document, token: Token, quotation: Quotation | None, mentions: Mentions
) -> Iterator[Token | None]:
    """The heads of the phrases that may name the speaker, best first; None is a source left out."""
    yield from _governing_sources(token, mentions, quotation)
    if quotation and (verb := introducing_verb(document, quotation)):
        yield reporter_of(verb)
    sentence = document.sentence_at(token.idx)
    yield from _according_to(sentence, token)
    yield from _inserted_source(sentence, token)
    yield from _closing_source(sentence, token)
    yield from _document_sources(token)


def _governing_sources(
    token: Token, mentions: Mentions, quotation: Quotation | None
) -> Iterator[Token | None]:
    """The subjects of the reporting verbs above the token, from the inside out."""
    node = token
    for _ in range(_LONGEST_CLIMB):
        for child in node.children:
            if is_aside(child) or (child.dep_ == "ccomp" and _opens_with_source(child)):
                yield reporter_of(child)
            elif child.dep_ == "relcl" and _tells(child) and (says := own_subject(child)):
                yield says
            elif child.dep_ == "acl" and child.lemma_.lower() in _FORESEEING and has(child, "agent"):
                yield reporter_of(child)
        head = node.head
        if head.i == node.i:
            return
        if quotation is None and head.lemma_.lower() in _GIVING and _is_own_number(node, head):
            yield from _givers(head, node, mentions)
        if node.dep_ == "ccomp" and head.lemma_ == "see" and head.tag_ in ("VBZ", "VBP"):
            yield from _givers(head, node, mentions)  # "the bank sees prices rising by 2 %"
        use = use_of(head)
        if use and is_said(node, head, use):
            subject = reporter_of(head)
            if subject is None or can_speak(subject, use, node, mentions):
                yield subject
        node = head


def _tells(clause: Token) -> bool:
    """Whether a relative clause tells who named the number: "the 2 % that analysts had forecast"."""
    return use_of(clause) in _SAYING or clause.lemma_.lower() in _FORESEEING


def _is_own_number(node: Token, verb: Token) -> bool:
    """Whether a number is given, or what is told of is its new level: "raised its forecast to 3 %"."""
    if node.dep_ == "dobj":
        return node.lemma_.lower() in _NUMBERS
    said = [child for child in verb.children if child.dep_ == "dobj" and child.lemma_.lower() in _SAID]
    return node.dep_ == "prep" and node.lower_ in ("to", "from", "by") and bool(said)


def _givers(verb: Token, number: Token, mentions: Mentions) -> Iterator[Token]:
    """Who gave or revised a number that is theirs: "the agency had given a toll of 187"."""
    giver = reporter_of(verb)
    if giver is not None and (giver.pos_ == "PRON" or can_speak(giver, "record", number, mentions)):
        yield giver


def _opens_with_source(verb: Token) -> bool:
    """Whether the parser took the reporting clause for the content: "Police said on Saturday, 9 fell"."""
    before = use_of(verb) in ("speech", "record") and verb.i < verb.head.i and has(verb, "nsubj")
    return before and not has(verb, "ccomp") and not has(verb, "dobj") and not has(verb, "mark")


def _is_anonymous(source: Token) -> bool:
    words = read_words("sources", kind="anonymous")
    return source.lemma_.lower() in words or source.lower_ in words


def _is_hearsay(token: Token) -> bool:
    """Whether an adverb of the clause ("reportedly") leaves the speaker out."""
    node = token
    for _ in range(_LONGEST_CLIMB):
        if any(child.lower_ in _UNNAMED_ADVERBS for child in node.children):
            return True
        if node.head.i == node.i or (node.pos_ in ("VERB", "AUX") and node.dep_ != "conj"):
            return False
        node = node.head
    return False


def _according_to(sentence: TokenSpan, token: Token) -> Iterator[Token]:
    """What follows "according to" or "citing" in the token's part of the sentence, up to a semicolon."""
    start, end = sentence.start, sentence.end
    for other in sentence:
        if other.text == ";":
            if other.i < token.i:
                start = other.i
            else:
                end = min(end, other.i)
    found = []
    for other in sentence.doc[start:end]:
        if other.lower_ == "according" and other.i + 1 < end and sentence.doc[other.i + 1].lower_ == "to":
            found += [(other, child) for child in sentence.doc[other.i + 1].children if child.dep_ == "pobj"]
        elif other.lower_ == "citing":
            found += [(other, child) for child in other.children if child.dep_ == "dobj"]
    for _, source in sorted(found, key=lambda pair: abs(pair[0].i - token.i)):
        if not source.left_edge.i <= token.i <= source.right_edge.i:
            yield source


def _inserted_source(sentence: TokenSpan, token: Token) -> Iterator[Token]:
    """Who a sentence names between commas after the fact, "9 boats, the navy said, sank", however parsed."""
    for verb in sentence.doc[token.i + 1 : sentence.end - 1]:
        if verb.text == ";":
            return
        if use_of(verb) not in _SAYING or verb.nbor().text != "," or verb.tag_ not in ("VBD", "VBZ", "VBP"):
            continue
        before = list(sentence.doc[max(token.i + 1, verb.i - _LONGEST_TAG) : verb.i])
        comma = max((other.i for other in before if other.text == ","), default=verb.i)
        names = [other for other in before if other.i > comma]
        if (
            names
            and names[-1].pos_ in ("NOUN", "PROPN")
            and all(other.pos_ not in _VERBAL for other in names)
        ):
            yield names[-1]
            return


def _closing_source(sentence: TokenSpan, token: Token) -> Iterator[Token]:
    """Who a sentence names at its end, "..., the agency reports", also where the parser saw a noun there."""
    words = [other for other in sentence if not (other.is_punct or other.is_space)]
    if len(words) < _LONGEST_TAG or words[-1].lemma_.lower() not in uses() or words[-1].tag_ == "NN":
        return
    tag = list(sentence.doc[words[-_LONGEST_TAG].i : words[-1].i])
    commas = [other.i for other in tag if other.text == ","]
    if not commas or token.i > commas[-1]:
        return
    names = tag[commas[-1] - tag[0].i + 1 :]
    if names and names[-1].pos_ in ("NOUN", "PROPN") and all(other.pos_ not in _VERBAL for other in names):
        yield names[-1]


def _document_sources(token: Token) -> Iterator[Token]:
    """Documents that the clauses above the token name as their source: "in a report", "by early reports"."""
    documents = read_words("sources", kind="document")
    node = token
    for _ in range(_LONGEST_CLIMB):
        for child in node.children:
            if child.dep_ in ("prep", "agent") and child.lower_ in _SOURCE_PREPOSITIONS:
                for source in child.children:
                    inside = source.left_edge.i <= token.i <= source.right_edge.i or has(source, "nummod")
                    if source.dep_ == "pobj" and source.lemma_.lower() in documents and not inside:
                        yield source
        if node.head.i == node.i:
            return
        node = node.head

"""Who says so: the speaker of a fact, and whether the text quotes or reports them.

Tried in this order: the reporting verb that governs the fact ("police said 5 died", "Phivolcs recorded 611
aftershocks"), the one that introduces the quotation it stands in, "according to", and a document that
the clause names as its source ("in a report of the council"). Verbs and source nouns are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.antecedents import antecedent
from kb.extract.document import Document
from kb.extract.mentions import Mentions, reference
from kb.extract.quotations import Quotation, quotation_at
from kb.lexicon import read_table, read_words
from kb.model.values import Reference, Voice

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_RELATIVE = frozenset(["which", "that", "who"])
_UNNAMED_ADVERBS = frozenset(["reportedly", "allegedly", "purportedly", "supposedly"])
_SOURCE_PREPOSITIONS = frozenset(["by", "in", "per", "from", "on", "with"])
_VERBAL = ("VERB", "AUX", "CCONJ")
_QUOTED_NAME = re.compile(r"\s*[«“\"][^»”\"\n]{2,40}[»”\"]")  # "the centre «Viasna»"
_TITLE = re.compile(r"(?:'s?)?(?:\s+[\w-]+){1,4}\s+")  # between a body and its member: " president "
_LONGEST_TITLE = 60  # characters
_LONGEST_CLIMB = 40
_LONGEST_TAG = 9  # words after the last comma of a sentence that only name its source
_SENTENCES_BACK = 6


@cache
def _uses() -> dict[str, str]:
    return {row["word"]: row["use"] for row in read_table("reporting_verbs")}


def speaker_of(document: Document, token: Token, mentions: Mentions) -> tuple[Reference | None, Voice]:
    """The speaker of what the sentence says at `token`, as written, and the voice.

    `own` is the article's own words, without a speaker; `quoted` is in quotation marks; `reported` is
    put in the article's words; `unnamed` is ascribed to nobody in particular ("reportedly").
    """
    quotation = quotation_at(document.text, token.idx)
    unnamed = False
    for source in _sources(document, token, quotation, mentions):
        if source is None or _is_anonymous(source):
            unnamed = True
            continue
        if found := named(document, source, mentions):
            return found, "quoted" if quotation else "reported"
        unnamed = unnamed or source.pos_ != "PRON"
    if quotation and not unnamed:
        return None, "quoted"
    return None, "unnamed" if unnamed or _is_hearsay(token) else "own"


def _sources(
    document: Document, token: Token, quotation: Quotation | None, mentions: Mentions
) -> Iterator[Token | None]:
    """The heads of the phrases that may name the speaker, best first; None is a source left out."""
    yield from _governing_sources(token, mentions)
    if quotation and (verb := _introducing_verb(document, quotation)):
        yield _subject(verb)
    sentence = document.sentence_at(token.idx)
    yield from _according_to(sentence, token)
    yield from _closing_source(sentence, token)
    yield from _document_sources(token)


def _governing_sources(token: Token, mentions: Mentions) -> Iterator[Token | None]:
    """The subjects of the reporting verbs above the token, from the inside out."""
    node = token
    for _ in range(_LONGEST_CLIMB):
        for child in node.children:
            if child.dep_ == "parataxis" and _use(child) and not _has(child, "ccomp"):
                yield _subject(child)
            elif (
                child.dep_ == "relcl" and _use(child) in ("speech", "wish") and (says := _own_subject(child))
            ):
                yield says
        head = node.head
        if head.i == node.i:
            return
        use = _use(head)
        if use and _is_said(node, head, use):
            subject = _subject(head)
            if subject is None or _can_speak(subject, use, node, mentions):
                yield subject
        node = head


def _use(verb: Token) -> str | None:
    return _uses().get(verb.lemma_.lower()) if verb.pos_ in ("VERB", "AUX") else None


def _has(token: Token, dep: str) -> bool:
    return any(child.dep_ == dep for child in token.children)


def _is_said(node: Token, verb: Token, use: str) -> bool:
    """Whether `node` heads what the verb reports, rather than who reports or when."""
    if node.dep_ in ("ccomp", "parataxis"):
        return True
    if node.dep_ == "prep":
        content = next((child for child in verb.children if child.dep_ == "ccomp"), None)
        if content is not None and verb.i < node.i and node.right_edge.i + 1 >= content.left_edge.i:
            return True  # "found in 36 states that"
        return node.lower_ in ("of", "about", "as", "at", "for") and use != "evidence"
    if node.dep_ in ("nsubjpass", "xcomp", "oprd") and _is_passive(verb):
        told = node.dep_ == "xcomp" or any(_has(verb, dep) for dep in ("xcomp", "ccomp", "agent"))
        return told and use != "evidence"
    if node.dep_ == "agent" and use == "speech":  # "told by Anna Sorel of 15 arrests", hung on the name
        return any(child.pos_ == "PROPN" and _has(child, "prep") for child in node.children)
    return node.dep_ in ("dobj", "npadvmod", "xcomp", "oprd", "obj") and use in ("record", "evidence")


def _is_passive(verb: Token) -> bool:
    return _has(verb, "auxpass") or (verb.tag_ == "VBN" and not _has(verb, "aux"))


def _subject(verb: Token) -> Token | None:
    """Who says: subject, agent of a passive, or the subject of the verb that this one depends on."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grandchild for grandchild in child.children if grandchild.dep_ == "pobj"), None)
    for child in verb.children:
        if child.dep_ == "nsubj":
            return _relative_head(verb) if child.lower_ in _RELATIVE and verb.dep_ == "relcl" else child
    if _is_passive(verb):
        return None
    if verb.dep_ == "acl":
        return verb.head
    if verb.dep_ in ("conj", "advcl", "xcomp", "pcomp") and verb.head.i != verb.i:
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        return _subject(above) if above.pos_ in ("VERB", "AUX") else None
    return None


def _own_subject(verb: Token) -> Token | None:
    """The subject of a relative clause that is not its pronoun: "prisoners that activists say are held"."""
    return next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in _RELATIVE), None)


def _relative_head(verb: Token) -> Token:
    """What a relative clause tells of, past a date that it was hung on: "a report on Friday, which put"."""
    head = verb.head
    while head.ent_type_ in ("DATE", "TIME") and head.dep_ == "pobj":
        head = head.head.head
    return head


def _can_speak(subject: Token, use: str, said: Token, mentions: Mentions) -> bool:
    """Whether such a subject makes the verb a report: people, bodies and documents speak, things do not."""
    if use == "speech":
        return True
    if use == "wish" and subject.lemma_.lower() in read_words("sources", kind="document"):
        return False
    found = mentions.at(subject)
    if subject.lemma_.lower() in read_words("sources", kind="document"):
        return True
    if use == "evidence" and said.dep_ not in ("ccomp", "parataxis"):
        return False
    if found:
        return found[1].kind != "place" or subject.head.lemma_ in ("report", "confirm", "estimate")
    if subject.pos_ == "PRON":
        return True
    return any(
        subject.lemma_.lower() in read_words("sources", kind=kind) for kind in ("role", "anonymous")
    ) or any(
        True
        for _ in mentions.within(subject.left_edge.idx, subject.idx + len(subject), "organisation", "person")
    )


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


def _introducing_verb(document: Document, quotation: Quotation) -> Token | None:
    """The reporting verb beside the quotation: in its sentences, else before it in the paragraph."""
    text = document.text
    first = document.sentence_at(quotation.start_char)
    last = document.sentence_at(max(quotation.start_char, quotation.end_char - 1))
    candidates = [
        *_verbs_outside(text, first),
        *(_verbs_outside(text, last) if last.start != first.start else ()),
    ]
    if candidates:
        return min(candidates, key=lambda verb: _distance(verb, quotation))
    after = quotation.end_char
    if after < len(text) and "\n" not in text[after : after + 2]:
        following = document.sentence_at(min(after + 1, len(text) - 1))
        if (
            following.start_char >= after
            and (verbs := _verbs_outside(text, following))
            and verbs[0].i - following.start < 4
        ):
            return verbs[0]
    sentence = first
    for _ in range(_SENTENCES_BACK):
        if sentence.start == 0:
            return None
        previous = document.sentence_at(sentence.start_char - 1)
        if previous.start == sentence.start or _new_paragraph(text, previous, sentence):
            return None
        if verbs := _verbs_outside(text, previous):
            return verbs[-1]
        sentence = previous
    return None


def _new_paragraph(text: str, previous: TokenSpan, sentence: TokenSpan) -> bool:
    gap = text[previous.start_char : sentence.start_char + 1]
    return "\n\n" in gap.replace(" ", "") and not previous.text.rstrip().endswith(":")


def _verbs_outside(text: str, sentence: TokenSpan) -> list[Token]:
    """The reporting verbs of a sentence that stand outside quotation marks and have a subject."""
    return [
        token
        for token in sentence
        if _use(token) in ("speech", "record")
        and not quotation_at(text, token.idx)
        and (subject := _subject(token)) is not None
        and not quotation_at(text, subject.idx)
    ]


def _distance(verb: Token, quotation: Quotation) -> int:
    at = int(verb.idx)
    return min(abs(at - quotation.start_char), abs(at - quotation.end_char))


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


def _closing_source(sentence: TokenSpan, token: Token) -> Iterator[Token]:
    """Who a sentence names at its end, "..., the agency reports", also where the parser saw a noun there."""
    words = [other for other in sentence if not (other.is_punct or other.is_space)]
    if len(words) < _LONGEST_TAG or words[-1].lemma_.lower() not in _uses() or words[-1].tag_ == "NN":
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
                    inside = source.left_edge.i <= token.i <= source.right_edge.i
                    if source.dep_ == "pobj" and source.lemma_.lower() in documents and not inside:
                        yield source
        if node.head.i == node.i:
            return
        node = node.head


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
    """The person whom an apposition or a title names: "the mayor, Ada Bell", "Ohio Senator Ada Bell"."""
    for token in source.subtree:
        if token.dep_ in ("relcl", "acl"):
            break
        if token.dep_ == "appos" and (found := mentions.at(token)) and found[1].kind == "person":
            return reference(found[0])
    found = mentions.at(source)
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

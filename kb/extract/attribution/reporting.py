"""Reporting verbs in the parse: what they report, and who does.

The verbs and how each is used are data (`lexicon/reporting_verbs.csv`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kb.extract.entities.mentions import Mentions
from kb.extract.quantities.carried import is_of_persons
from kb.lexicon import read_table, read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_LONGEST_SUBJECT = 4  # nouns before the verb
RELATIVE = frozenset(["which", "that", "who"])


@cache
def uses() -> dict[str, str]:
    """The reporting verbs, by lemma, with their use."""
    return {row["word"]: row["use"] for row in read_table("reporting_verbs")}


def use_of(verb: Token) -> str | None:
    """How a verb reports, or None where it does not."""
    return uses().get(verb.lemma_.lower()) if verb.pos_ in ("VERB", "AUX") else None


def has(token: Token, dep: str) -> bool:
    """Whether the token has a dependent of that kind."""
    return any(child.dep_ == dep for child in token.children)


def is_said(node: Token, verb: Token, use: str) -> bool:
    """Whether `node` heads what the verb reports, rather than who reports or when."""
    if node.dep_ == "parataxis" and use_of(node) and not has(node, "ccomp"):
        return False  # "they say so, a study found"
    if node.dep_ in ("ccomp", "parataxis"):
        return not is_beside(node, verb)
    if node.dep_ == "prep":
        content = next((child for child in verb.children if child.dep_ == "ccomp"), None)
        if content is not None and verb.i < node.i and node.right_edge.i + 1 >= content.left_edge.i:
            return True  # "found in 36 states that"
        beside = node.lower_ == "in" and use == "record" and has(verb, "dobj") and node.i > verb.i
        return beside or (node.lower_ in ("of", "about", "as", "at", "for") and use != "evidence")
    if node.dep_ in ("nsubjpass", "xcomp", "oprd") and _is_passive(verb):
        told = node.dep_ == "xcomp" or any(has(verb, dep) for dep in ("xcomp", "ccomp", "agent"))
        return told and use != "evidence"
    if node.dep_ == "agent" and use == "speech":  # "told by Anna Sorel of 15 arrests", hung on the name
        return any(child.pos_ == "PROPN" and has(child, "prep") for child in node.children)
    joined = node.dep_ == "conj" and node.pos_ == "NOUN" and has(node, "prep")
    if joined and use == "record":
        return True  # "puts the dead at 100 and the losses at $5"
    return node.dep_ in ("dobj", "npadvmod", "xcomp", "oprd", "obj") and use in ("record", "evidence")


def is_beside(clause: Token, verb: Token) -> bool:
    """Whether the parser took a clause before a semicolon or a dash for a complement of the one after."""
    between = clause.doc[clause.i : verb.i] if clause.i < verb.i else ()
    return any(token.text in (";", "—", "–", ":") for token in between)


def _is_passive(verb: Token) -> bool:
    if verb.dep_ == "acl" and has(verb, "dobj"):
        return False  # "Oxfam, the aid group, listed 970": the parser took the verb for a participle
    return has(verb, "auxpass") or (verb.tag_ == "VBN" and not has(verb, "aux"))


def reporter_of(verb: Token) -> Token | None:
    """Who says: subject, agent of a passive, or the subject of the verb that this one depends on."""
    for child in verb.children:
        if child.dep_ == "agent":
            return next((grandchild for grandchild in child.children if grandchild.dep_ == "pobj"), None)
    for child in verb.children:
        if child.dep_ == "nsubj":
            if child.lower_ in RELATIVE and verb.dep_ == "relcl":
                return _relative_head(verb)
            return _after_but(child) or child
    if _is_passive(verb):
        return None
    if verb.dep_ == "acl":
        return verb.head
    if verb.dep_ in ("conj", "advcl", "xcomp", "pcomp") and verb.head.i != verb.i:
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        return reporter_of(above) if above.pos_ in ("VERB", "AUX") else None
    return None


def _after_but(subject: Token) -> Token | None:
    """The subject of a clause that "but" joins, where the parser took both for one: "but Oxfam says"."""
    if not any(child.lower_ == "but" for child in subject.children):
        return None
    return next((child for child in subject.rights if child.dep_ == "conj"), None)


def is_aside(verb: Token) -> bool:
    """Whether a reporting clause stands beside what it reports: "9 fell, a study found"."""
    if use_of(verb) is None or has(verb, "ccomp"):
        return False
    if verb.dep_ == "advcl" and verb.i > verb.head.i and verb.left_edge.i > 0:
        bare = has(verb, "nsubj") and not any(has(verb, dep) for dep in ("mark", "advmod", "dobj"))
        last = verb.right_edge.i + 1
        ends = last >= len(verb.doc) or verb.doc[last].is_punct
        return bare and ends and verb.doc[verb.left_edge.i - 1].text == ","
    return bool(verb.dep_ == "parataxis")


def own_subject(verb: Token) -> Token | None:
    """The subject of a relative clause that is not its pronoun: "prisoners that activists say are held"."""
    return next((c for c in verb.children if c.dep_ == "nsubj" and c.lower_ not in RELATIVE), None)


def embedding_verb(noun: Token) -> Token | None:
    """The "say" of "prisoners rights groups say are in jail", where the parser took all for one subject."""
    node = noun
    for _ in range(_LONGEST_SUBJECT):
        if node.dep_ not in ("compound", "nmod", "amod", "nummod") or node.head.pos_ not in ("NOUN", "PROPN"):
            break
        node = node.head
    verb = node.head
    if node.i == noun.i or node.dep_ != "nsubj" or use_of(verb) != "speech":
        return None
    said = next((child for child in verb.rights if child.dep_ == "ccomp"), None)
    headless = said is not None and not (has(said, "nsubj") or has(said, "nsubjpass") or has(said, "expl"))
    return verb if headless else None


def _relative_head(verb: Token) -> Token:
    """What a relative clause tells of, past a date that it was hung on: "a report on Friday, which put"."""
    head = verb.head
    while head.ent_type_ in ("DATE", "TIME") and head.dep_ == "pobj":
        head = head.head.head
    return head


def can_speak(subject: Token, use: str, said: Token, mentions: Mentions) -> bool:
    """Whether such a subject makes the verb a report: people, bodies and documents speak, things do not."""
    if use == "speech":
        return True
    if use == "wish" and subject.lemma_.lower() in read_words("sources", kind="document"):
        return False
    found = mentions.at(subject)
    if subject.lemma_.lower() in read_words("sources", kind="document"):
        return True
    if use == "evidence" and said.dep_ not in ("ccomp", "parataxis", "prep"):
        return False
    if found:
        return found[1].kind != "place" or subject.head.lemma_ in ("report", "confirm", "estimate")
    if subject.pos_ == "PRON" or (subject.tag_ == "NNS" and is_of_persons(subject.lower_)):
        return True
    speaking = read_words("sources", kind="role") | read_words("sources", kind="anonymous")
    if not speaking.isdisjoint((subject.lemma_.lower(), subject.lower_)):  # the lemma of "media" is "medium"
        return True
    return any(
        True
        for _ in mentions.within(subject.left_edge.idx, subject.idx + len(subject), "organisation", "person")
    )

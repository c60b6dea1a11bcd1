"""What a time phrase dates, from the word that the parser hangs it on: a happening noun or a clause's verb.

The parser often hangs a time on the wrong clause: on an infinitive before the main verb, on the main
verb after a relative clause, on a participle. What can be told by the order of the words is mended here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.dating.happenings import is_happening
from kb.extract.dating.mends import mended
from kb.lexicon import read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBS = ("VERB", "AUX")
PRENOMINAL = frozenset(["nummod", "compound", "nmod", "amod", "poss", "det", "quantmod"])
LONGEST_CLIMB = 40
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "expl"])
# Participles after a noun that tell no happening of their own: "a programme dubbed X".
_REDUCED = frozenset(
    ["dub", "call", "name", "know", "title", "entitle", "nickname", "label", "term", "follow", "base", "date"]
)
_TO = frozenset(["to", "until", "till", "through", "onwards", "onward"])
# "A round of talks in May" is the happening itself, and no word about it.
_COLLECTIVE = frozenset(
    ["round", "series", "wave", "spate", "string", "day", "week", "month", "number", "kind"]
)
# What is done about a happening, later: a time behind both is the happening's.
_ABOUT = frozenset(
    ["investigation", "inquiry", "enquiry", "probe", "anniversary", "commemoration", "footage", "coverage"]
)
_OF_THE_NOUN = frozenset(["of", "from", "for", "about", "to"])
_ISSUES = frozenset(["issue", "edition", "episode", "broadcast", "post", "tweet", "memo"])


def dated_word(head: Token, node: Token) -> Token:
    """From what the time phrase `node` hangs on to the word that it dates."""
    prenominal = node.dep_ in PRENOMINAL
    if source := _origin(head, node) or _of_happening(head, node):
        return source
    for _ in range(LONGEST_CLIMB):
        if head.lower_ == "according":
            return node
        if head.pos_ in VERBS and head.dep_ != "prep":
            if head.dep_ == "acl" and (head.tag_ == "VBG" or head.lemma_.lower() in _REDUCED):
                head = head.head
                continue
            return _main_clause(head, node)
        if is_happening(head):
            return head
        if hidden := _hidden_verb(head, node):
            return hidden
        if prenominal and head.dep_ == "compound" and is_happening(head.head):
            return head.head  # "the 2009 flu outbreak"
        if head.head.i == head.i or (prenominal and not _speaks(head)):
            return head
        if (
            node.pos_ == "ADP"
            and node.lower_ in _OF_THE_NOUN
            and head.i == node.head.i
            and head.pos_ == "NOUN"
        ):
            return head  # "research from 2014", "the budget for 2020"
        head = head.head
    return head


def _hidden_verb(noun: Token, node: Token) -> Token | None:
    """The finite verb that the parser took for a participle: "the Swiss relinquished control in 1997"."""
    found = (child for child in noun.children if child.tag_ == "VBD" and child.dep_ == "amod")
    return next((verb for verb in found if verb.i < node.i), None)


def _origin(head: Token, node: Token) -> Token | None:
    """The noun of "data from 2004", which the parser may hang on the verb ("used data from 2004")."""
    before = node.doc[node.i - 1] if node.i else node
    alone = node.lower_ == "from" and not any(child.dep_ == "prep" for child in node.children)
    ranged = any(child.dep_ == "prep" and child.lower_ in _TO for child in (*head.children, *node.subtree))
    if alone and not ranged and before.pos_ == "NOUN" and not is_happening(before):
        return before
    return None


def _of_happening(head: Token, node: Token) -> Token | None:
    """The happening in "news of clashes on Sunday": the noun of which the head says something."""
    before = node.doc[node.left_edge.i - 1] if node.left_edge.i else node
    if head.lemma_.lower() in _ABOUT:
        return _told_of(head, before)
    of = before.head
    noun = head.pos_ == "NOUN" and not is_happening(head) and head.lemma_.lower() not in _COLLECTIVE
    told = of.lower_ == "of" and of.head.i == head.i and noun
    return before if told and before.dep_ == "pobj" and is_happening(before) else None


def _told_of(head: Token, before: Token) -> Token | None:
    """The happening that an inquiry is about, whose phrase ends right before the time."""
    for _ in range(LONGEST_CLIMB):
        preposition = before.head
        if before.i <= head.i or preposition.head.i == before.i:
            return None
        about = preposition.head.i == head.i and preposition.lower_ in ("of", "into", "for", "over", "about")
        if about and before.dep_ == "pobj":
            return before if is_happening(before) else None
        before = preposition
    return None


def _speaks(noun: Token) -> bool:
    """Whether the noun is a document, whose date is that of what it says: "Friday's report found"."""
    lemma = noun.lemma_.lower()
    return bool(lemma in _ISSUES or lemma in read_words("sources", kind="document"))


def _main_clause(verb: Token, node: Token) -> Token:
    """The verb, or another one where the parser has hung the time on the wrong clause."""
    if verb.dep_ in ("aux", "auxpass"):
        verb = verb.head
    verb = mended(verb, node)
    if verb.dep_ == "advcl" and verb.i < node.i < verb.head.i and _is_set_off(node):
        return verb.head  # "To modernize its army, in 2018, Hungary bought tanks"
    if verb.i < node.i:
        return _clause_just_ended(verb, node) or verb
    if node.i < verb.i:
        before = node.doc[node.left_edge.i - 1] if node.left_edge.i else node
        if node.dep_ == "npadvmod" and is_happening(before):
            return before  # "in a meeting that day he was told"
        if (
            before.text == ","
            and before.i
            and before.i > verb.left_edge.i
            and is_happening(node.doc[before.i - 1])
        ):
            return node.doc[before.i - 1]  # "the strike, from 2015 to 2020, cost"
        return _clause_before(verb, node) or _finite_verb(verb) or verb
    return verb


def _is_set_off(node: Token) -> bool:
    left = node.left_edge.i
    return bool(left > 0 and node.doc[left - 1].text == ",")


def _clause_just_ended(verb: Token, node: Token) -> Token | None:
    """The clause that the time ends: "40 have died since the army seized power on 1 February"."""
    for clause in verb.children:
        adjacent = (
            clause.dep_ == "advcl" and clause.i > verb.i and clause.right_edge.i + 1 == node.left_edge.i
        )
        if adjacent and any(child.dep_ in _SUBJECTS for child in clause.children):
            return clause
    return None


def _clause_before(verb: Token, node: Token) -> Token | None:
    """The relative clause that ends with the time: "the quake that hit on Monday has killed six"."""
    left = node.left_edge.i
    if left <= verb.left_edge.i:
        return None
    word = node.doc[left - 1]
    for _ in range(LONGEST_CLIMB):
        if word.pos_ in VERBS and word.dep_ not in ("aux", "auxpass"):
            inner = (word.dep_ == "relcl" or (word.dep_ == "acl" and word.tag_ == "VBN")) and word.i < node.i
            return word if inner and word.i != verb.i else None
        if word.is_punct or word.head.i == word.i:
            return None
        word = word.head
    return None


def _finite_verb(verb: Token) -> Token | None:
    """The finite verb of a sentence whose participle was taken for it: "the truce begun in May ended"."""
    if verb.tag_ != "VBN" or any(child.dep_ in ("aux", "auxpass") for child in verb.children):
        return None
    if not any(child.dep_ in _SUBJECTS for child in verb.children):
        return None
    later = (token for token in verb.subtree if token.i > verb.i and token.dep_ in ("acl", "ccomp", "advcl"))
    finite = (token for token in later if token.tag_ in ("VBD", "VBZ", "VBP"))
    return next((token for token in finite if not any(c.dep_ in _SUBJECTS for c in token.children)), None)


def child_of(token: Token, *deps: str) -> Token | None:
    """The first child that depends on the word in one of these ways, or None."""
    return next((child for child in token.children if child.dep_ in deps), None)

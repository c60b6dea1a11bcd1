"""How far a text commits itself: asserted, hedged, alleged, planned, hypothetical, denied, opinion.

The words that tell are data (`lexicon/stance.csv`). From the fact's own word the parse is climbed, from
clause to governing clause, and the first word that tells decides: "the ministry denied that it planned
to release 50" is planned, and only the plan is denied. Denial of a fact as such is `denied`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from kb.extract.attribution.reporting import is_beside
from kb.extract.document import Document
from kb.lexicon import read_table, read_words
from kb.model.values import Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

# From a noun to the word whose mood it shares: subjects and objects happen as their verb does.
_NOUN_UP = frozenset(
    [
        "nsubj",
        "nsubjpass",
        "csubj",
        "csubjpass",
        "dobj",
        "obj",
        "attr",
        "oprd",
        "conj",
        "appos",
        "compound",
        "nmod",
        "nummod",
        "quantmod",
        "poss",
        "dative",
    ]
)
# From a verb to the verb or noun that it completes. A relative or an adverbial clause stands on its own.
_VERB_UP = frozenset(["ccomp", "xcomp", "conj", "acl", "pcomp", "csubj", "csubjpass", "oprd"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"])
_LONGEST_CLIMB = 12


@cache
def _table() -> dict[tuple[str, str], Stance]:
    return {(row["word"], row["role"]): cast(Stance, row["stance"]) for row in read_table("stance")}


@cache
def _real_objects() -> frozenset[str]:
    return read_words("stance", role="verb", object="real")


def stance_of(_document: Document, token: Token, *, through_adjuncts: bool = False) -> Stance:
    """The stance of the fact that `token` names, by its modifiers, its verb and what governs that.

    With `through_adjuncts` a noun after a preposition shares its verb's mood ("will take effect in 50
    countries" makes 50 planned); without, it does not ("will resign after the protests" plans no protest).
    """
    node, subject, clausal = token, False, False
    for _ in range(_LONGEST_CLIMB):
        # "5 suspected cases" are no less 5: an adjective of what is counted limits, it does not hedge
        stance = _own_stance(node, adjectives=not (through_adjuncts and node.i == token.i))
        # "5 houses were not hit" states how many; "it did not hit 5 houses" denies
        if stance and not (stance == "denied" and subject and through_adjuncts):
            return stance
        parent = _governor(node, through_adjuncts)
        if parent is None:
            return "asserted"
        if stance := _governed_stance(node, parent, clausal):
            return stance
        clausal = clausal or node.pos_ in ("VERB", "AUX")
        subject = parent.pos_ in ("VERB", "AUX") and (node.dep_ in _SUBJECTS or _opens(node, parent))
        node = parent
    return "asserted"


def _own_stance(node: Token, adjectives: bool) -> Stance | None:
    """What the word's own modals, adverbs, conjunction and, if wanted, adjectives make of it."""
    table, found = _table(), None
    for child in node.children:
        word = child.lower_
        if word == "no" and is_of_bound(child):
            continue
        if child.dep_ == "neg" and word != "no":
            return "denied" if not _rhetorical_negation(child) else None
        if child.dep_ == "det" and word == "no" and node.dep_ in _SUBJECTS:
            return "denied"
        if child.dep_ == "aux" and child.tag_ == "MD":
            found = found or _modal(node, child)
        elif child.dep_ == "mark" or (child.dep_ == "advmod" and (word, "mark") in table):
            found = found or table.get((word, "mark"))
        elif child.dep_ == "advmod":
            found = found or table.get((word, "adverb"))
        elif child.dep_ == "amod" and adjectives:
            found = found or table.get((word, "adjective"))
        elif child.dep_ == "aux" and child.lower_ in ("going", "about"):
            found = found or "planned"
    return found


def is_of_bound(no: Token) -> bool:
    """Whether "no" only binds a number: "no fewer than 15"."""
    after = no.i + 1
    return after < len(no.doc) and no.doc[after].lower_ in ("fewer", "less", "more", "lower", "later")


def _modal(verb: Token, modal: Token) -> Stance | None:
    """A modal's stance: "could have killed" hedges what may be past, "could kill" supposes."""
    perfect = any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)
    stance = _table().get((modal.lower_, "modal"))
    return "hedged" if perfect and modal.lower_ in ("could", "may", "might") else stance


def _rhetorical_negation(negation: Token) -> bool:
    """Whether "not" belongs to "not only" or "not just", which deny nothing."""
    after = negation.i + 1
    return after < len(negation.doc) and negation.doc[after].lower_ in ("only", "just", "merely", "simply")


def _governor(node: Token, through_adjuncts: bool) -> Token | None:
    """The word whose mood `node` shares, or None where its own clause ends."""
    if node.head.i == node.i:
        return None
    parent, dep = node.head, node.dep_
    if node.pos_ in ("VERB", "AUX"):
        if dep == "conj" and parent.pos_ in ("VERB", "AUX") and _stands_alone(node):
            return parent.head if parent.dep_ in _VERB_UP and parent.dep_ != "conj" else None
        if dep in ("advcl", "relcl", "parataxis", "prep") or (dep == "ccomp" and is_beside(node, parent)):
            return None
        return parent if dep in _VERB_UP else None
    if dep in _NOUN_UP:
        return parent
    if dep == "acomp":
        return parent
    if dep == "pobj":
        if parent.lower_ in ("of", "for", "to") and parent.dep_ in ("prep", "dative"):
            # "called for talks", "a plan for elections": only where the word governs what follows
            if parent.head.pos_ == "NOUN" or (parent.head.lemma_, "verb") in _table() or through_adjuncts:
                return parent.head
            return None
        return parent.head if through_adjuncts else None
    if dep in ("npadvmod", "advmod", "prep", "dobj") and through_adjuncts:
        return parent
    return None


def _opens(node: Token, verb: Token) -> bool:
    """Whether "over 200" before a verb, which the parser took for a phrase of place, is its subject."""
    before = node.dep_ == "pobj" and node.head.i < verb.i and node.head.i + 1 == node.left_edge.i
    return before and not any(child.dep_ in _SUBJECTS for child in verb.children)


def _stands_alone(verb: Token) -> bool:
    """Whether a coordinated verb has a subject or a modal of its own, so that it borrows none."""
    return any(child.dep_ in _SUBJECTS or child.tag_ == "MD" for child in verb.children)


def _governed_stance(node: Token, parent: Token, clausal: bool) -> Stance | None:
    """What the governing word makes of its complement: "plan to release", "alleged that", "is expected".

    `clausal` tells that the fact is told in a clause of the complement ("denied reports that 5 died").
    """
    table = _table()
    if parent.pos_ in ("VERB", "AUX"):
        verb = parent.head if parent.dep_ == "auxpass" else parent
        complement = node.dep_ in ("ccomp", "xcomp", "oprd", "pcomp", "pobj", "dobj", "attr")
        passive_subject = node.dep_ in ("nsubjpass", "csubjpass")
        if not (complement or passive_subject):
            return None
        stance = table.get((verb.lemma_.lower(), "verb"))
        if stance == "planned" and node.dep_ == "ccomp" and _is_past(node):
            return "hedged"  # "is expected to have killed", "expects that 5 were hurt"
        return None if not clausal and _acted_on(verb, node) else stance
    if parent.pos_ == "NOUN" and node.dep_ in ("acl", "pobj", "pcomp", "prep", "ccomp", "xcomp"):
        return table.get((parent.lemma_.lower(), "noun"))
    if parent.pos_ == "ADJ" and node.dep_ in ("xcomp", "ccomp", "pcomp"):
        return table.get((parent.lower_, "adjective"))
    return None


def _acted_on(verb: Token, node: Token) -> bool:
    """Whether the verb leaves its noun object as real as it was: "accused 12 men", "ordered 30 tanks"."""
    if verb.lemma_.lower() in read_words("stance", role="verb", object="infinitive"):
        return bool(node.dep_ != "xcomp")
    if node.dep_ == "pobj" and node.head.lower_ == "for":
        return False  # "called for talks"
    return node.dep_ in ("dobj", "nsubjpass", "pobj") and verb.lemma_.lower() in _real_objects()


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(
        c.tag_ == "VBD" or c.lower_ == "have" for c in verb.children if c.dep_ in ("aux", "auxpass")
    )

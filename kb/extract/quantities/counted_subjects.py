"""What a number left without its noun counts, from the verb that it stands by and the subject of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.quantities.bounding import is_mark
from kb.extract.quantities.counted import unit_of
from kb.lexicon import read_words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_PRONOUNS = frozenset({"it", "this", "that", "which", "figure"})
_MORE = frozenset({"more", "other", "further", "many", "several", "new", "additional"})
_REACH = 40  # tokens between a pronoun and the number that it stands for
_STANDS = frozenset(
    [
        *("stand", "bring", "go", "come", "put", "remain", "reach", "be", "stay"),
        *("revise", "correct", "adjust", "amend", "update", "estimate"),
    ]
)
_SUMMED = frozenset({"number", "total", "count", "tally", "sum"})
_EQUALS = frozenset(
    [
        "be",
        "reach",
        "surpass",
        "exceed",
        "top",
        "hit",
        "total",
        "number",
        "pass",
        "near",
        "approach",
        "cross",
        "breach",
    ]
)


def from_verb(number: TokenSpan) -> str | None:
    """People, where the number is what a verb of killing, hurting or holding is said of."""
    root = number.root
    head = root.head
    if head.lower_ in ("more", "others") and head.i == number.end:
        root, head = head, head.head
    if root.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ == "total":
        root, head = head.head, head.head.head
    verbs = read_words("casualties", pos="verb")
    if root.dep_ in ("dobj", "nsubj", "nsubjpass", "obj") and head.lemma_.lower() in verbs:
        return "people"
    if root.dep_ in ("nsubj", "nsubjpass") and _has_state(head):
        return "people"
    doc = number.doc
    if number.end < len(doc) and doc[number.end].lower_ == "who":
        return "people"
    return None


def _has_state(verb: Token) -> bool:
    """Whether the clause ends in a state of people: "39 are confirmed dead"."""
    states = read_words("casualties", pos="state")
    return verb.lower_ in states or any(
        child.lower_ in states and child.i > verb.i for child in verb.children
    )


def from_subject(number: TokenSpan) -> str | None:
    """The plural that rises to a level or is said to be so many: "cases surpassed one million"."""
    root = number.root
    if root.dep_ == "quantmod" and root.head.pos_ == "NUM":
        root = root.head
    if root.dep_ == "nummod" and is_mark(root.head):
        root = root.head
    verb = root.head
    if root.dep_ == "appos" and verb.lemma_.lower() in _SUMMED:
        return _counted_by(verb, verb, root)
    if root.dep_ == "pobj" and verb.lower_ in ("to", "from") and verb.head.pos_ == "NOUN":
        for noun in (verb.head, *verb.head.ancestors):
            if noun.pos_ in ("VERB", "AUX"):
                break
            if noun.lemma_.lower() in _SUMMED or noun.lemma_.lower() == "toll":
                return _counted_by(noun, noun, root)
    if root.dep_ == "pobj" and verb.lower_ == "of" and verb.head.lemma_.lower() == "toll":
        return "deaths"  # a toll of 187
    if root.dep_ == "pobj" and verb.lower_ == "of" and verb.head.lemma_.lower() in _groups():
        return "people"
    settled = verb.lower_ == "of" and verb.head.lemma_.lower() in read_words("casualties", pos="settled")
    if root.dep_ == "pobj" and settled and len(number.text) > 3:
        return "people"  # a town of 12,000
    if root.dep_ == "pobj" and verb.lower_ == "at" and verb.head.tag_ == "NNS":
        return _counted_by(verb.head, verb, root)  # deaths stood at 45 and injuries at 130
    if root.dep_ == "pobj" and verb.lower_ in ("to", "at", "from", "by", "past"):
        verb = verb.head
        if verb.lemma_.lower() == "toll":
            return "deaths"
        moves = read_words("trends") | read_words("multiples", use="verb")
        if verb.lemma_.lower() not in moves | _STANDS:
            return None
    elif root.dep_ not in ("attr", "dobj"):
        return None
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    if verb.dep_ == "acl" and verb.head.tag_ == "NNS":
        return _counted_by(verb.head, verb, root)  # deaths surpassing 300
    for child in _moved(verb, number):
        if unit := _counted_by(child, verb, root):
            return unit
    return None


def _moved(verb: Token, number: TokenSpan) -> list[Token]:
    """What a verb brings to the level, its object first: "locals put the number of dead at 11"."""
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    sums = [child for child in objects if child.lemma_.lower() in _SUMMED]
    if sums:
        return sums  # also behind: "bringing to 19 the number of dead"
    return [
        child
        for child in verb.children
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.i < number.start
    ]


def from_whole(number: TokenSpan) -> str | None:
    """The plural without a number that it is a part of: "more cases of flu, including 80 today"."""
    doc, root = number.doc, number.root
    including = doc[number.start - 1] if number.start else root
    if including.lower_ != "including" or number.start < 2:
        return None
    comma = doc[number.start - 2]
    last = doc[number.start - 3] if comma.text == "," and number.start > 2 else comma
    noun = last
    for above in (last, *last.ancestors):
        if above.pos_ not in ("NOUN", "PROPN", "ADP"):
            break
        noun = above if above.pos_ == "NOUN" else noun
    if noun.tag_ != "NNS" or any(child.like_num for child in noun.children):
        return None
    words = _with_modifiers(noun)
    while words[0].lower_ in _MORE and len(words) > 1:
        words = words[1:]
    of = noun.nbor() if noun.i + 1 < len(doc) and noun.nbor().lower_ == "of" else None
    tail = doc[of.i : of.right_edge.i + 1].text if of is not None and of.right_edge.i == last.i else ""
    return f"{unit_of(words)} {tail}".strip()


def _counted_by(subject: Token, verb: Token, root: Token) -> str | None:
    if subject.lower_ in _PRONOUNS:
        subject = _antecedent(subject)
    if subject.lemma_.lower() == "toll":
        return "deaths"
    if subject.lemma_.lower() in _SUMMED:
        for preposition in subject.children:
            if preposition.lower_ == "of":
                whole = [child for child in preposition.children if child.dep_ == "pobj"]
                if whole and whole[0].lower_ in ("those", "them"):
                    return "people"  # the number of those infected
                if whole and whole[0].lower_ in read_words("casualties", pos="state"):
                    return f"{whole[0].lower_} people"  # the number of dead
                return unit_of(_with_modifiers(whole[0])) if whole else None
    moved = root.dep_ == "pobj" or verb.lemma_ in _EQUALS
    if subject.lemma_.lower() in _groups() and moved:
        return "people"
    if subject.tag_ == "NNS" and moved and subject.lemma_.lower() not in read_words("money_nouns"):
        return unit_of(_with_modifiers(subject))
    return None


def _antecedent(pronoun: Token) -> Token:
    """The toll or number that the pronoun stands for, else the pronoun itself."""
    doc = pronoun.doc
    for i in range(pronoun.i - 1, max(-1, pronoun.i - _REACH), -1):
        if doc[i].lemma_.lower() in _SUMMED | {"toll"}:
            return doc[i]
    return pronoun


def _with_modifiers(noun: Token) -> TokenSpan:
    """The noun with the nouns and adjectives right before it: "confirmed cases"."""
    start = noun.i
    while start and noun.doc[start - 1].head == noun and noun.doc[start - 1].dep_ in ("compound", "amod"):
        start -= 1
    return noun.doc[start : noun.i + 1]


def _groups() -> frozenset[str]:
    return read_words("casualties", pos="group")

"""Who took part in a happening, and how: the names in the arguments of its verb or noun."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from kb.extract.dating.happenings import happening_words, kind_of_words
from kb.extract.dating.timing import VERBS
from kb.extract.document import Document
from kb.extract.entities.antecedents import antecedent
from kb.extract.entities.mentions import Mentions, reference
from kb.extract.reports.phrasals import noun_of_infinitive
from kb.extract.reports.sharing import document_verb
from kb.extract.reports.titles import clause_of
from kb.lexicon import read_words
from kb.model.values import Participant, Reference, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_ROLES: dict[str, Role] = {
    "nsubj": "agent",
    "csubj": "agent",
    "agent": "agent",
    "nsubjpass": "patient",
    "dobj": "patient",
    "obj": "patient",
    "dative": "patient",
    "oprd": "other",
    "attr": "other",
    "poss": "agent",
    "compound": "other",
    "nmod": "other",
    "amod": "other",
    "appos": "other",
    "prep": "other",
    "xcomp": "other",
    "npadvmod": "other",
}
_NEW_CLAUSE = frozenset(["relcl", "advcl", "ccomp", "parataxis", "conj", "csubj"])
_PLACE_PREPOSITIONS = frozenset(["in", "at", "near", "on", "off", "across", "outside", "inside", "around"])
_BORROWING = frozenset(["conj", "xcomp", "advcl", "pcomp", "prep", "acomp", "oprd"])


def participants_of(
    document: Document, token: Token, mentions: Mentions, timed: Collection[int]
) -> tuple[Participant, ...]:
    """The names that take part in what `token` names, once each, in the order of the text.

    `timed` are the positions of tokens inside time expressions: "Monday" takes no part.
    """
    found: dict[str, Participant] = {}
    arguments = sorted(
        _arguments(token), key=lambda pair: pair[1].pos_ == "PRON"
    )  # "Cole is to sentence him"
    for role, argument in arguments:
        for name, participant in _in_argument(document, argument, role, mentions, timed):
            found.setdefault(name, participant)
    return tuple(sorted(found.values(), key=_position))


def place_of(participants: tuple[Participant, ...]) -> Reference | None:
    """The first place among the participants, or None."""
    return next((participant.reference for participant in participants if participant.role == "place"), None)


def _position(participant: Participant) -> int:
    span = participant.reference.span
    return span.start_char if span else -1


def _arguments(token: Token) -> Iterator[tuple[Role, Token]]:
    """The arguments of a verb or a noun, the subject that a verb borrows included."""
    has_subject = False
    for child in token.children:
        role = _ROLES.get(child.dep_)
        if role is not None and child.lower_ != "according":
            relative = child.dep_ in ("nsubj", "nsubjpass") and child.tag_ in ("WDT", "WP")
            has_subject = has_subject or (child.dep_ in ("nsubj", "nsubjpass") and not relative)
            if not relative:
                yield role, child
        elif child.dep_ == "ccomp" and child.pos_ == "ADJ":  # "found him guilty"
            yield from (("patient", below) for below in child.children if below.dep_ == "nsubj")
    if (
        token.tag_ == "VBD" and token.dep_ == "amod"
    ):  # "the Swiss relinquished control of Basel", torn by the parser
        yield from (("other", child) for child in token.head.children if child.i > token.i)
    elif token.pos_ in VERBS and not has_subject:
        yield from _borrowed(token)
    yield from _of_clause(token)
    if token.dep_ == "pobj" and token.head.head.pos_ in VERBS and _is_meeting(token):
        yield from _arguments(token.head.head)  # "in a meeting on Monday he was told by ..."
    above = token.head
    if token.pos_ not in VERBS and above.lemma_ in ("have", "be") and token.dep_ in ("dobj", "attr", "acomp"):
        subjects = [child for child in above.children if child.dep_ == "nsubj"]
        yield from (("agent", child) for child in subjects)
        if not subjects:
            yield from _borrowed(above)  # "is due to be eligible"


def _of_clause(token: Token) -> Iterator[tuple[Role, Token]]:
    """The others in the clause that tells of the happening: "the firm was the target of an attack"."""
    verb = clause_of(token)
    if verb is None and token.pos_ == "NOUN" and token.head.pos_ == "VERB":
        verb = token.head if _is_told_by(token, token.head) else None
    for child in verb.children if verb is not None else ():
        role = _ROLES.get(child.dep_)
        inside = child.i == token.i or any(child.i == above.i for above in islice(token.ancestors, 3))
        if role is not None and not inside and child.lower_ != "according":
            yield role, child


def _is_told_by(noun: Token, verb: Token) -> bool:
    """Whether the verb only tells how it went: "bombs hit the port", "the mayor suspended the strike"."""
    lemma = verb.lemma_.lower()
    if noun.dep_ == "nsubj":
        return lemma in read_words("occurrence_verbs")
    if noun.dep_ not in ("dobj", "obj"):
        return False
    return any(
        lemma in read_words(table) for table in ("rescheduling_verbs", "aspectual_verbs", "support_verbs")
    )


def _is_meeting(noun: Token) -> bool:
    words = happening_words(noun)
    return words is not None and kind_of_words(words, "noun") == "meeting"


def _borrowed(verb: Token) -> Iterator[tuple[Role, Token]]:
    """The subject that a coordinated, completing or reduced clause takes from above."""
    role: Role = "patient" if _is_passive(verb) else "agent"
    if (noun := noun_of_infinitive(verb)) is not None:
        yield role, noun  # "Oslo's attempts to mediate"
    if verb.dep_ in ("acl", "relcl"):
        yield ("patient" if verb.tag_ == "VBN" else "agent"), verb.head
        if (writing := document_verb(verb)) is not None:
            yield from (("agent", child) for child in writing.children if child.dep_ == "nsubj")
        return
    for _ in range(6):
        if verb.dep_ not in _BORROWING or verb.head.i == verb.i:
            return
        verb = verb.head
        target = next((child for child in verb.children if child.dep_ in ("dobj", "obj")), None)
        subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            yield role, subject
            return
        if target is not None and verb.pos_ in VERBS:
            yield role, target


def _is_passive(verb: Token) -> bool:
    """Whether the subject has it done to him; "was arrested and sentenced" says so once for both."""
    auxiliaries = {child.dep_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if "auxpass" in auxiliaries:
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "conj" and not auxiliaries and _is_passive(verb.head)


def _in_argument(
    document: Document, argument: Token, role: Role, mentions: Mentions, timed: Collection[int]
) -> Iterator[tuple[str, Participant]]:
    """The names in an argument, down to where a clause of its own begins, each with what it names."""
    if argument.pos_ == "PRON":
        if (found := antecedent(document, argument, mentions)) and _is_safe(document, argument, found):
            yield found.name, Participant(found, role)
        return
    stack = [argument]
    while stack:
        token = stack.pop()
        if token.i in timed:
            pass
        elif mention := mentions.at(token):
            place = mention[1].kind == "place"
            own = "other" if _describes_somebody(token, argument, mentions) else role
            yield mention[1].name, Participant(reference(mention[0]), _role(token, own, place))
        elif _is_name(token):
            start = _start_of_name(token)
            span = document.span(token.doc[start].idx, token.idx + len(token))
            yield span.words, Participant(Reference(span.words, span), role)
        stack.extend(child for child in token.children if child.dep_ not in _NEW_CLAUSE or _joined(child))


def _describes_somebody(token: Token, argument: Token, mentions: Mentions) -> bool:
    """Whether a name only tells who a person is: "US senator Ann Lee", "Ann Lee, a Boston lawyer"."""
    own, node = mentions.at(token), token
    while node.i != argument.i and node.head.i != node.i:
        above = mentions.at(node.head)
        if node.dep_ != "conj" and above is not None and above != own and above[1].kind == "person":
            return True
        node = node.head
    return False


def _is_safe(document: Document, pronoun: Token, found: Reference) -> bool:
    """Whether to trust an antecedent: a person's, or one named in the same sentence."""
    if pronoun.lower_ in ("he", "she", "him", "her", "his"):
        return True
    return found.name in document.text[pronoun.sent.start_char : pronoun.idx]


def _is_name(token: Token) -> bool:
    """Whether the token heads a proper name that no entity covers: a ship, a storm."""
    if token.pos_ != "PROPN" or token.dep_ in ("compound", "nmod") or token.ent_type_ in ("DATE", "TIME"):
        return False
    named_after = happening_words(token) == token.lemma_.lower()  # "Sentencing", not "Hurricane Ida"
    return bool(token.text[0].isupper()) and not named_after and token.lower_ not in _titles()


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.lower() for word in read_words("titles"))


def _start_of_name(head: Token) -> int:
    """The first token of a proper name that no entity covers: a ship, a storm."""
    start = head.i
    while (
        start > head.sent.start
        and head.doc[start - 1].pos_ == "PROPN"
        and head.doc[start - 1].head.i == head.i
        and head.doc[start - 1].text[0].isupper()
    ):
        start -= 1
    return int(start)


def _joined(child: Token) -> bool:
    """Whether a conjunct is a further name rather than a further clause."""
    return child.dep_ == "conj" and child.pos_ not in VERBS


def _role(token: Token, role: Role, place: bool) -> Role:
    """A place named after a preposition of place is where it happened."""
    if not place:
        return role
    node = token
    for _ in range(4):
        if node.dep_ in ("appos", "conj", "compound"):
            node = node.head
    above = node.head
    return "place" if node.dep_ == "pobj" and above.lower_ in _PLACE_PREPOSITIONS else role

"""What a clause says of an amount in it: of a level, a term, a price, a stretch of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.extract.attribution.reporting import use_of
from kb.extract.claims.clauses import Clause
from kb.extract.claims.dimensions import dimension_of_verb, penalty_of
from kb.extract.claims.governing import (
    OBJECTS,
    VERBS,
    change_verbs,
    object_of,
    only_reports,
    subject_of,
    verb_above,
    with_particles,
)
from kb.extract.claims.phrases import joined, limited

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE_TO = frozenset(["after", "before", "since", "until"])
_VALUING = frozenset(["set", "fix", "estimate", "value", "price", "cap", "peg", "assess", "limit"])
_NUMBERS = frozenset(["number", "total", "sum", "figure", "count", "tally", "toll", "amount"])
_MORE = frozenset(["more", "less", "fewer"])


@dataclass(frozen=True, slots=True)
class AmountClause(Clause):
    """The clause above an amount, which stands at `node`."""

    def of_value(self, *, levels: bool = True) -> tuple[str, str | None]:
        """What takes the value that stands at `node`: "the toll rose to 31": the toll; and its subject.

        Without `levels` the verb is told too: "lost 60 kg", "paid after 75 days".
        """
        verb = verb_above(self.node)
        if verb is None:
            root = self.node.head
            return ((self.words(root) or "") if root.i != self.node.i else ""), None
        target = object_of(verb)
        thing = None if target is None or target.i == self.node.i else self.words(target)
        owner = self._owner(verb)
        is_something = any(child.dep_ == "attr" for child in verb.children)
        if is_something and not levels and (said := self.attribute(verb)):
            return " ".join(filter(None, [owner, verb.text, said])), owner
        raised = verb.lemma_ == "raise" and self.node.dep_ in OBJECTS and owner is not None
        if raised:
            return f"{owner} {with_particles(verb)}", owner  # "the fair raised $11,000"
        if (levels and verb.lemma_ in change_verbs()) or verb.lemma_ == "be":
            return (thing, owner) if thing else (self.words(subject_of(verb)) or owner or "", None)
        preposition = self.node.head.lower_ if self.node.dep_ == "pobj" else ""
        if use_of(verb) and preposition in ("of", "about") and thing is None:
            return "", None  # "speaks of about 1,000"
        if preposition == "as" and thing:
            return thing, None  # "gave the number as 969"
        if only_reports(verb):
            return " ".join(filter(None, [thing, self._adjunct(verb)])), None
        parts = [owner, with_particles(verb), thing, self._complement(verb), self._adjunct(verb)]
        return " ".join(filter(None, parts)), owner

    def of_change(self) -> str:
        """What doubled, where the node is that verb: its object, else its subject."""
        head = object_of(self.node) or subject_of(self.node)
        return joined(limited(self.reading, head, self.without, self.place)) if head is not None else ""

    def level(self) -> str | None:
        """What rose, fell or came to the value at `node` ("to 31", "from five people"), else None."""
        verb = verb_above(self.node)
        if verb is None:
            return None
        target = object_of(verb)
        put = self.node.dep_ == "pobj" and self.node.head.lower_ in ("at", "as")
        valued = self.node.head.lower_ == "at" and verb.lemma_ in _VALUING
        if put and target is not None and (valued or target.lemma_.lower() in _NUMBERS):
            return self.words(target)  # "put that number at 31", "set bail at $500"
        if verb.lemma_ not in change_verbs():
            return None
        alone = self.node.dep_ == "prep"  # its number was hung elsewhere
        preposition = self.node if alone else self.node.head
        by = (alone or self.node.dep_ == "pobj") and preposition.lower_ in ("to", "from", "by", "at")
        reached = self.node.dep_ in (*OBJECTS, "attr") and verb.lemma_ in change_verbs(direction="")
        above = preposition.head.head if preposition.head.dep_ == "prep" else preposition.head
        if not (reached or (by and above.i == verb.i)):
            return None
        return self._with_relative(
            target if target is not None and target.i != self.node.i else subject_of(verb)
        )

    def _with_relative(self, head: Token | None) -> str | None:
        """A noun phrase, with what a relative clause says of those it is the number of: "people who died"."""
        words = self.words(head)
        if head is None or not words:
            return words
        of = (inside for child in head.rights if child.lower_ == "of" for inside in child.rights)
        noun = next((inside for inside in of if inside.dep_ == "pobj"), None)
        if noun is None or noun.i in self.reading.numbered:
            return words
        said = Clause(self.reading, noun, self.without, self.place).relative()
        return f"{words} {said}" if said and said not in words else words

    def compared(self) -> str:
        """What is compared by the amount at `node`: "81 seconds faster than the record"."""
        head = self.node.head
        if self.node.dep_ != "npadvmod" or head.tag_ not in ("RBR", "JJR") or head.lower_ in _MORE:
            return ""
        than = next((child for child in head.rights if child.lower_ == "than"), None)
        if than is None:
            return ""
        clause = next(iter(than.children), than.head)
        other = subject_of(clause) if than.dep_ == "mark" else clause
        mark = joined(limited(self.reading, other, self._rest())) if other is not None else ""
        verb = verb_above(self.node)
        owner = self._owner(verb) if verb is not None else None
        return " ".join(filter(None, [owner, head.text, "than", mark]))

    def taken(self, dimension: str | None) -> tuple[str, str] | None:
        """What the verb gives somebody with the measure at `node`, and whom: "weighs 30 kg", "fined $5"."""
        verb = verb_above(self.node)
        if verb is None or verb.i not in (self.node.head.i, self.node.head.head.i):
            return None
        by_verb, penalty = dimension_of_verb(verb), penalty_of(verb)
        put = self.node.dep_ == "pobj" and self.node.head.lower_ == "at" and verb.tag_ == "VBN"
        if by_verb and (self.node.dep_ in ("dobj", "npadvmod") or put):  # "is valued at $5"
            owner = self._owner(verb)
            return (dimension or by_verb, owner) if owner else None
        if penalty and (self.node.dep_ != "pobj" or self.node.head.lower_ in ("to", "for")):
            passive = any(
                child.dep_ in ("auxpass", "nsubjpass") for child in (*verb.children, *verb.head.children)
            )
            given = next((child for child in verb.children if child.dep_ == "dative"), None)
            target = given if given is not None else object_of(verb)
            if target is None or target.i == self.node.i:
                target = subject_of(verb) if passive or verb.dep_ == "acl" else None
            owner = self.words(target, short=True)
            return (penalty, owner) if owner else None
        return None

    def since(self) -> str:
        """What a stretch of time lies after or before: "after the bridge fell"."""
        verb = self.node.head
        mark = next((child for child in verb.lefts if child.lower_ in _RELATIVE_TO), None)
        if verb.pos_ not in VERBS or mark is None or mark.i < self.node.i:
            return ""
        owner, thing = self._owner(verb), self.words(object_of(verb))
        said = " ".join(filter(None, [owner, with_particles(verb), thing]))
        return f"{mark.text} {said}"

"""What a figure measures, in a few of the source's own words, and who or what has it.

A count measures the noun counted with what limits it and with what its clause says of it ("bodies
recovered", "seats the party gained"). Any other quantity measures what it modifies ("three-day voyage":
duration of the voyage), what it is an amount of ("75 mph winds", "37 % of the pollution"), or what the
clause says takes that value ("the toll rose to 31": the toll). Places and times are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.extract.attribution.reporting import embedding_verb
from kb.extract.claims.aged import person_aged
from kb.extract.claims.amounts import AmountClause
from kb.extract.claims.bearings import bearing_of
from kb.extract.claims.dimensions import (
    DIMENSIONED,
    dimension_adjectives,
    dimension_of,
    direction_of,
    is_dimension,
)
from kb.extract.claims.governing import (
    aimed_from,
    is_aimed,
    is_lent,
    is_lost,
    is_of_be,
    says_what,
    stands_at_be,
)
from kb.extract.claims.movement import growth_of
from kb.extract.claims.noun_phrases import (
    beyond_bracket,
    clause_told,
    is_free,
    is_of_pronoun,
    is_of_share,
    is_rate_of_things,
    is_theirs,
    listed,
    thing_worth,
    told,
    unconjoined,
    verb_of_some,
)
from kb.extract.claims.phrases import (
    NOMINAL,
    UNLIMITING,
    Reading,
    anchor_of,
    inserted,
    is_of_place,
    limited,
    number_tokens,
    uncapitalised,
)
from kb.extract.claims.tallies import votes_of
from kb.extract.quantities.carried import is_of_persons
from kb.lexicon import read_words
from kb.model.values import Quantity, Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")
_DETERMINED = ("compound", "nmod", "nummod", "amod", "quantmod", "npadvmod", "poss")
_LEADING = re.compile(r"^(?:(?:of|and|or|but|a|an|the)\s+|[^\w\s]+\s*)+", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?<!\w)-(?:\w+\s|to-\d+)")  # what is left of "three-year-long" without its number
_AMONG = frozenset(["in", "from", "across"])
_ASIDE = frozenset(["including", "following", "after", "despite"])


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured, without its place, and the one who has it, where that is another thing."""

    words: str
    subject: str | None = None


def measured(reading: Reading, quantity: Quantity, place: Reference | None = None) -> Measured:
    """What the quantity measures. Never empty: without any other word it is the unit."""
    anchor = anchor_of(reading.document, quantity)
    without = frozenset(token.i for token in number_tokens(reading.document, quantity))
    finder = _Finder(reading, quantity, without, place)
    counted = (
        quantity.kind == "count"
        or is_rate_of_things(quantity)
        or (quantity.kind == "bare" and anchor.dep_ in _SUBJECTS)
    )
    words, subject = finder.count(anchor) if counted else finder.amount(anchor)
    words = _LEADING.sub("", _CUT_OFF.sub("", words)).rstrip(" ,;:-–—(\"'“").removesuffix(" of")
    bare = words in ("", quantity.unit, quantity.noun.words if quantity.noun else "")
    if bare and (owner := listed(reading, quantity)):
        return Measured(f"{quantity.unit} of {owner}" if quantity.unit else owner, owner)
    return Measured(" ".join(words.split()) or quantity.unit or quantity.number.words, subject)


@dataclass(frozen=True, slots=True)
class _Finder:
    """One quantity's search: each method gives the words of the measure and the subject."""

    reading: Reading
    quantity: Quantity
    without: frozenset[int]
    place: Reference | None

    def phrase(self, token: Token, *more: int) -> str:
        tokens = limited(self.reading, token, self.without | frozenset(more), self.place)
        return uncapitalised(tokens, self.reading.document.text)

    def clause(self, node: Token) -> AmountClause:
        personal = is_of_persons(self.quantity.unit)
        return AmountClause(self.reading, node, self.without, self.place, personal)

    def count(self, anchor: Token) -> tuple[str, str | None]:
        """A count: the noun counted, then its clause."""
        if anchor.dep_ in _DETERMINED and anchor.head.lower_ in ("more", "other", "others"):
            anchor = anchor.head
        if tally := votes_of(self.quantity, self.clause(anchor)):
            return tally, None
        if (verb := verb_of_some(self.quantity, anchor)) is not None and self.quantity.unit:
            return f"{self.quantity.unit} {self.clause(anchor).predicate(verb)}", None
        node = unconjoined(anchor)
        elided = self.quantity.noun is None or node.dep_ == "pobj"
        if elided and (level := self.clause(node).level()):
            return level, None
        if self.quantity.noun is None and node.dep_ == "attr":
            return self.clause(node).of_value()
        if embedding := embedding_verb(anchor):
            said = next(child for child in embedding.rights if child.dep_ == "ccomp")
            return f"{self.phrase(anchor)} {self.clause(anchor).predicate(said)}", None
        own = self.phrase(anchor) if self.quantity.noun else self._elided(anchor)
        if self._is_crowd(anchor):  # "thousands march"
            return f"people that {self.phrase(anchor.head, anchor.i)}", None
        if self.quantity.noun is None and node.dep_ == "npadvmod":
            words, subject = self.clause(node).of_value()
            return words or own, subject  # "fans turned out 3,000 strong"
        if (
            anchor.dep_ in _DETERMINED
            and anchor.head.pos_ in ("NOUN", "PROPN")
            and is_free(self.quantity, anchor.head)
        ):
            owner = self.phrase(anchor.head, anchor.i)
            if anchor.dep_ == "poss":  # "two doctors' approval"
                return self._with_clause(f"{owner} of {own}", anchor.head, None)
            return self._with_clause(f"{own} of {owner}", anchor.head, owner)
        following = self._following(anchor)
        words, subject = self._with_clause(f"{own} {following}", anchor, None)
        if following and words.count(following) > 1:
            words = words[: words.rindex(following)] + words[words.rindex(following) + len(following) :]
        return words, subject

    def _is_crowd(self, anchor: Token) -> bool:
        """Whether a verb right after the number was taken for a noun that it counts."""
        counted = anchor.dep_ in _DETERMINED and anchor.head.i == anchor.i + 1
        return counted and self.quantity.vague and self.quantity.noun is None

    def _elided(self, number: Token) -> str:
        """The unit of a number alone, with the phrase that hangs on it: "two more with minor injuries"."""
        unit = self.quantity.unit
        after = next((child for child in number.rights if child.lower_ in ("with", "without", "from")), None)
        inside = None if after is None else next((c for c in after.children if c.dep_ == "pobj"), None)
        if after is None or inside is None or not unit or inside.i in self.reading.numbered:
            return unit
        return f"{unit} {after.text} {self.phrase(inside)}"

    def _following(self, anchor: Token) -> str:
        """The phrase right after the noun, where the parser hung it elsewhere: "215 votes in favour"."""
        end = anchor.i + 1
        if anchor.i in self.without or end >= len(anchor.doc):
            return ""
        preposition = anchor.doc[end]
        if preposition.dep_ != "prep" or preposition.head.i == anchor.i or preposition.head.i > end:
            return ""
        if preposition.lower_ in UNLIMITING or preposition.lower_ == "by":
            return ""
        inside = next((child for child in preposition.children if child.dep_ == "pobj"), None)
        if inside is None or inside.i in self.reading.timed | self.reading.numbered or self._is_place(inside):
            return ""
        return f"{preposition.text} {self.phrase(inside)}"

    def amount(self, anchor: Token) -> tuple[str, str | None]:
        """Any other quantity: what has it."""
        if self.quantity.kind == "age":
            return self._age(anchor)
        return bearing_of(self.quantity, self.clause(unconjoined(anchor))) or self._amount(anchor)

    def _age(self, anchor: Token) -> tuple[str, str | None]:
        """An age with whose it is: "Maria, 39, left", "he died aged 81", "a ten-year-old boy"."""
        if person := person_aged(self.clause(anchor), self.quantity.span.start_char):
            return f"age of {person}", person
        host = self._modified(anchor)
        if host is not None and host.lemma_.lower() != "age":
            named = self.clause(anchor).name_of_person(host)
            return f"age of {self.phrase(host, anchor.i)}", named
        if owner := self.clause(unconjoined(anchor)).person():
            return f"age of {owner}", owner
        return "age", None

    def _amount(self, anchor: Token) -> tuple[str, str | None]:
        if anchor.pos_ == "VERB":  # "doubled": what did
            return self.clause(anchor).of_change(), None
        if anchor.dep_ == "npadvmod" and anchor.head.lower_ == "worth" and (priced := thing_worth(anchor)):
            to = next((child for child in anchor.head.rights if child.lower_ == "to"), None)
            where = "" if to is None or any(map(self._is_place, to.children)) else f" {self.phrase(to)}"
            return self._with_clause(f"worth of {self.phrase(priced, anchor.head.i)}{where}", priced, None)
        if (host := self._modified(anchor)) is not None:
            words = self.phrase(host, anchor.i, *(t.i for t in [anchor.head] if is_dimension(t)))
            if dimension := dimension_of(self.quantity, anchor):
                words = f"{dimension} of {words}" if dimension not in words.lower() else words
            return self._with_clause(words, host, None)
        if self.quantity.kind in ("percent", "share") and is_of_pronoun(anchor):
            return "share", None
        if is_of_share(self.quantity, anchor) and (said := self.clause(anchor).predicate(anchor.head)):
            return f"share {said}", None  # "and 30 % oppose it"
        if (partitive := self._partitive(anchor)) is not None:
            if self.quantity.span.words.lower().startswith("within") and dimension_of(self.quantity, anchor):
                return f"distance from {self._partitive_words(partitive)}", None  # "within 5 km of the coast"
            share = "share of " if self.quantity.kind in ("percent", "share") else ""
            return self._with_clause(share + self._partitive_words(partitive), anchor, None)
        node = unconjoined(anchor)
        if self.quantity.kind == "duration" and node.dep_ == "pobj" and node.head.lower_ in _ASIDE:
            own = next((child for child in anchor.rights if child.dep_ in ("prep", "acl")), None)
            if own is not None and (words := self.phrase(own)):
                return f"time {words}", None  # "including 35 years on the court"
        if node.dep_ == "appos" and node.head.pos_ in NOMINAL:
            other = node.head.i in self.reading.numbered or any(
                child.i in self.reading.numbered for child in node.head.children
            )
            return self.amount(node.head) if other else (self.phrase(node.head, node.i), None)
        if level := self.clause(node).level():
            dimension = dimension_of(self.quantity, anchor)
            return (f"{dimension} of {level}" if dimension else growth_of(level, self.quantity, node)), None
        if priced := thing_worth(node):
            return f"worth of {self.phrase(priced)}", None
        if node.dep_ == "pobj" and node.head.dep_ == "prep" and node.head.head.pos_ in ("NOUN", "PROPN"):
            host = node.head.head
            if host.lemma_.lower() in read_words("collectives", role="extent") and host.dep_ == "pobj":
                return self._of_value(anchor, host)  # "damages in the amount of $5"
            return self._with_clause(self.phrase(host, node.head.i), host, None)
        return self._of_value(anchor, node)

    def _of_value(self, anchor: Token, node: Token) -> tuple[str, str | None]:
        """What the clause gives the value to, with the name of the dimension where the unit tells it."""
        clause, dimension = self.clause(node), dimension_of(self.quantity, anchor)
        if taken := clause.taken(dimension):
            return f"{taken[0]} of {taken[1]}", taken[1]
        away = dimension == "distance" and is_of_be(node)  # "was a giant 50 light years away"
        levels = away or (dimension is None and not (self.quantity.kind == "money" and is_lost(node)))
        words, subject = clause.of_value(levels=levels)
        if dimension and node.dep_ in ("npadvmod", "dobj", "pobj") and dimension not in words:
            # "duration of the voyage", but "time the crew spent at sea"
            name = "time" if dimension == "duration" else dimension
            since = clause.since() if dimension == "duration" else ""
            of = "of " if words and not since and stands_at_be(node) else ""
            words = f"{name} {of}{since or clause.compared() or words}"
        if direction := direction_of(self.reading, self.quantity, anchor):
            words = f"{words} {direction}"
        return words, subject

    def _modified(self, anchor: Token) -> Token | None:
        """The noun that the quantity modifies: "three-day voyage", "a 75 ft long boat", "$5 loan"."""
        if (beyond := beyond_bracket(self.reading, self.quantity)) is not None:
            return beyond
        node = anchor
        while node.dep_ in _DETERMINED and node.head.i != node.i:
            head = node.head
            if head.pos_ in ("NOUN", "PROPN") and head.lower_ not in dimension_adjectives():
                return head
            if head.pos_ not in ("ADJ", "NOUN", "ADV", "PROPN", "NUM", "SYM"):
                return None
            node = head
        return None

    def _partitive(self, anchor: Token) -> Token | None:
        """What it is an amount of: "37 % of the pollution", "$90 billion in damage"."""
        for child in anchor.rights:
            apart = child.lower_ == "in" and self.quantity.kind == "duration"  # "40 years in prison"
            if child.dep_ == "prep" and child.lower_ in ("of", "in", "worth") and not apart:
                for inside in child.children:
                    usable = (inside.pos_ not in ("DET", "PRON") and inside.lower_ != "other") or told(inside)
                    dated = inside.i in self.reading.timed
                    if inside.dep_ == "pobj" and usable and not dated and not self._is_place(inside):
                        return inside
        return None

    def _partitive_words(self, token: Token) -> str:
        """The phrase; "those who left" with its clause, without which it says nothing."""
        return clause_told(self.reading, token) if told(token) else self.phrase(token)

    def _of_host(self, host: Token, preposition: Token, words: str) -> str:
        """The noun before "of" with the things counted after it: "release of 9 rhinos into the park"."""
        tokens = limited(self.reading, host, self.without | {preposition.i}, self.place)
        return inserted(tokens, host, f"of {words}")

    def _is_place(self, token: Token) -> bool:
        return self.place is not None and is_of_place(token, self.place)

    def _with_clause(self, words: str, node: Token, subject: str | None) -> tuple[str, str | None]:
        """The words, the nouns that they are said to be of, and what the clause says of them."""
        node = unconjoined(node)
        preposition, host = node.head, aimed_from(node) or node.head.head
        nominal = host.pos_ in ("NOUN", "PROPN") or host.i in self.reading.numbered
        if node.dep_ == "pobj" and preposition.dep_ == "prep" and nominal:
            if preposition.lower_ == "including" and self.quantity.kind != "count":
                return words, subject
            other = host.i in self.reading.numbered and host.i not in self.without
            if preposition.lower_ == "of" and other and host.like_num:
                return words, subject  # "6 of the 12 boats sank": the clause is about the 6
            total = (
                host.lemma_.lower() in read_words("collectives", role="total")
                or host.i in self.reading.numbered
            )
            if total or preposition.lower_ == "including" or host.dep_ == "appos":
                return self._with_clause(words, host, subject)
            ends = words.split()[-1:] == [self.quantity.unit]
            if preposition.lower_ == "of" and host.lemma_.lower() in read_words("collectives", role="group"):
                return self._with_clause(words, host, subject)  # "a convoy of 6 boats sailed"
            if preposition.lower_ == "of" and host.lemma_.lower() in read_words("collectives", role="margin"):
                return self._with_clause(self._of_host(host, preposition, words), host, subject)
            if preposition.lower_ == "of" and ends and not (self.quantity.noun and is_theirs(host)):
                return f"{words} of {self.phrase(host, preposition.i)}", subject
            if preposition.lower_ in _AMONG and self.quantity.kind == "count" and words:
                said, _ = self.clause(host).of_noun()
                return f"{words} with {self.phrase(host, preposition.i)} {said}", subject
            if preposition.lower_ == "of":
                return self._with_clause(self._of_host(host, preposition, words), host, subject)
            if preposition.lower_ == "with" and self.quantity.kind != "count":
                return f"{words} of {self.phrase(host, preposition.i)}", subject
            if self.quantity.kind == "count" and is_aimed(preposition, host):
                words = f"{self.phrase(host, preposition.i)} {preposition.lower_} {words}"
                if preposition.lower_ != "for" and is_lent(host):
                    return words, subject
                return self._with_clause(words, host, subject)
            return words, subject
        if node.dep_ == "pobj" and self.quantity.kind in DIMENSIONED:
            return words, subject
        said, has = self.clause(node).of_noun()
        if (
            self.quantity.noun is None
            and says_what(node)
            and (what := self.clause(node).attribute(node.head))
        ):
            return what, None  # "3 are Poles"
        return f"{words} {said}", subject or has

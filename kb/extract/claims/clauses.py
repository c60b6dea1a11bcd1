"""What a clause says of one of its parts, in the clause's own words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.attribution.reporting import use_of
from kb.extract.claims.governing import (
    OBJECTS,
    SUBJECTS,
    VERBS,
    completes,
    has_to,
    is_of_some,
    object_of,
    only_reports,
    subject_of,
    verb_above,
    with_particles,
)
from kb.extract.claims.participles import with_participle
from kb.extract.claims.phrases import UNLIMITING, Reading, joined, limited, uncapitalised
from kb.extract.entities.antecedents import subject_before
from kb.extract.quantities.carried import is_of_persons
from kb.lexicon import read_table, read_words
from kb.model.values import Reference

if TYPE_CHECKING:
    from spacy.tokens import Token

_EMPTY_VERBS = frozenset(["be", "have", "include", "do", "get", "see", "contain", "comprise"])
_RELATIVE_TO = frozenset(["after", "before", "since", "until"])
_PAST = ("VBD", "VBN")
_MORE = frozenset(["more", "less", "fewer"])
_PARTICIPIAL = ("dep", "acl", "xcomp", "advcl", "acomp", "oprd")
_GENERAL = frozenset(["average", "total", "all", "least", "most"])  # "on average", "in total"
_CAUSING = UNLIMITING - {"with", "as", "like"}
_CAUSED = frozenset(["lead", "result", "end", "culminate", "contribute"])
_UNTELLING = frozenset(["event", "incident", "episode"])
_LONG_NAME = 3  # spaces; "cases tested" says more than "cases" and six words of who tested them


@cache
def _states() -> frozenset[str]:
    """The words that say what was done to those who are counted: "convicted", "freeing"."""
    return frozenset(word for row in read_table("measure_states") for word in row["words"].split("|"))


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause above the word `node`; the words of `without` and the place are left out of what it says.

    `personal` tells that what is counted are people.
    """

    reading: Reading
    node: Token
    without: frozenset[int]
    place: Reference | None
    personal: bool = False

    def of_noun(self) -> tuple[str, str | None]:
        """What the clause says of the noun `node`, to follow it ("the party gained"), and its subject."""
        verb, node = self.node.head, self.node
        if verb.i == node.i:
            return "", None
        if verb.dep_ in ("aux", "auxpass"):
            verb = verb.head  # the parser hung the subject of "are missing" on "are"
        if node.dep_ == "pobj":
            said, has = self._stranded(node.head)
            return self.relative() or said, has
        if verb.pos_ not in VERBS:
            return "", None
        if node.dep_ in SUBJECTS:
            return ("" if is_of_some(node, verb) else self.predicate(verb)), None
        owner = self.words(subject_of(verb), short=True)
        if node.dep_ in (*OBJECTS, "dative", "oprd"):
            said, has = self._as_object(verb, owner)
            return said or self.relative(), has
        if node.dep_ == "attr":
            expletive = any(child.dep_ == "expl" for child in verb.children)
            return (self._existing(verb), None) if expletive else (owner or "", owner)
        return "", None

    def relative(self) -> str:
        """What a relative clause right after the noun says it is: "people who returned": "that returned"."""
        for clause in self.node.rights:
            if clause.dep_ == "relcl" and clause.left_edge.lower_ in ("who", "that", "which"):
                pronoun = clause.left_edge
                restrictive = clause.doc[pronoun.i - 1].text != ","
                if restrictive and pronoun.dep_ in SUBJECTS and pronoun.head.i == clause.i:
                    return Clause(self.reading, pronoun, self.without, self.place).predicate(clause)
        return ""

    def _existing(self, verb: Token) -> str:
        """What is said of that which there is ("aboard the ship"), also once for all that is joined."""
        last = self.node
        while joint := next((child for child in last.rights if child.dep_ == "conj"), None):
            last = joint
        for child in verb.rights:
            if child.tag_ in ("VBN", "VBG") and child.i > self.node.i and child.dep_ in _PARTICIPIAL:
                return self._own_words(child)
        if last.i != self.node.i and (shared := self._first_adjunct(last, within=True)):
            return shared
        return self.relative() or self._adjunct(verb)

    def _own_words(self, head: Token) -> str:
        return joined(limited(self.reading, head, self._rest(), self.place))

    def words(self, head: Token | None, short: bool = False) -> str | None:
        """A noun phrase of the clause; for "it" and "they" the subject that they go back to."""
        if head is not None and head.pos_ == "PRON":
            head = subject_before(head)
        if head is None or head.pos_ == "PRON" or self._is_inside(head):
            return None
        if head.i in self.reading.numbered:
            return None
        if short and (name := self.name_of_person(head)):
            return name
        if short:
            head = _name_of(head)
        tokens = limited(self.reading, head, self._rest(), self.place, short)
        return uncapitalised(tokens, self.reading.document.text) or None

    def name_of_person(self, head: Token) -> str | None:
        """The name alone of a person with a title or a place: "Senator Ada Bell of Kent"."""
        for token in (head, *(child for child in head.rights if child.dep_ == "appos")):
            if (found := self.reading.mentions.at(token)) and found[1].kind == "person":
                return " ".join(found[0].span.words.split())
        origins = [child for child in head.rights if child.lower_ == "from" and head.pos_ == "PROPN"]
        if origins:  # "Senator from Vermont Ada Bell"
            return next((self.name_of_person(inside) for inside in origins[0].rights), None)
        return None

    def person(self) -> str | None:
        """The person or the persons whom the clause above the node is about."""
        verb = verb_above(self.node)
        subject = subject_of(verb) if verb is not None else None
        if subject is not None and subject.pos_ == "PRON":
            subject = subject_before(subject)
        if subject is None or not (self.name_of_person(subject) or is_of_persons(subject.lower_)):
            return None
        return self.words(subject, short=True)

    def _owner(self, verb: Token) -> str | None:
        subject = subject_of(verb)
        return None if subject is not None and subject.i == self.node.i else self.words(subject, short=True)

    def _is_inside(self, token: Token) -> bool:
        return bool(
            self.node.left_edge.i <= token.i <= self.node.right_edge.i and token.i != self.node.head.i
        )

    def _rest(self) -> frozenset[int]:
        return self.without | {self.node.i}

    def _as_object(self, verb: Token, owner: str | None) -> tuple[str, str | None]:
        if verb.lemma_ in _EMPTY_VERBS:
            whole = self.words(subject_of(verb)) if verb.lemma_ == "include" else None
            return (f"among {whole}" if whole else f"of {owner}" if owner else ""), owner
        if only_reports(verb):
            return " ".join(filter(None, [verb.text, self._role(verb)])) if verb.tag_ in _PAST else "", None
        long = owner is not None and owner.count(" ") >= _LONG_NAME and verb.tag_ in _PAST
        passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
        given = passive and verb.lemma_ in read_words("participles", "lemma", gives="yes")
        agent = f"{'to' if given else 'by'} {owner}"  # "the rats were given 3 pellets"
        telling = owner and not long and owner not in _UNTELLING and given == passive
        by = agent if telling else ""
        said = [with_participle(verb), self._complement(verb), self._adjunct(verb), by]
        return " ".join(filter(None, said)), owner

    def _stranded(self, preposition: Token) -> tuple[str, str | None]:
        """What is said of a noun after a preposition: "the vote passed with" of the votes."""
        above = preposition.head
        if above.dep_ == "prep" and above.pos_ not in VERBS:
            above = above.head
        through = above.dep_ in ("acomp", "advmod", "oprd")
        verb = above if above.pos_ in VERBS else verb_above(above) if through else None
        cause = _CAUSING & {preposition.lower_, preposition.head.lower_}
        if verb is None or cause or preposition.lower_ in ("including", "among"):
            return "", None
        agent = next((child for child in verb.children if child.dep_ == "agent"), None)
        if agent is not None and agent.i < preposition.i and preposition.lower_ == "with":
            # "followed by Ada Bell, with 12"
            whose = next((self.words(inside, short=True) for inside in agent.rights), None)
            return (f"of {whose}" if whose else ""), whose
        if verb.lemma_ == "be" and preposition.lower_ == "with" and not self._complement(verb):
            return "", None  # "the highest rate was in Chad, with 9 drownings per 100,000"
        if verb.lemma_ == "have" and not self.personal and preposition.lower_ == "with":
            had = self.words(subject_of(verb), short=True)  # "the firm had a loss with a turnover of"
            return (f"of {had}" if had else ""), had
        if preposition.i in self.without:  # of the comparator: "are close to 5 prisoners", "over 5 fled"
            opens = preposition.i < verb.i and not any(child.dep_ in SUBJECTS for child in verb.children)
            return (self.predicate(verb) if opens else self._adjunct(verb)), None
        if said := next((child for child in verb.children if child.dep_ == "ccomp"), None):
            verb = said if said.i > preposition.i else verb
        if only_reports(verb) or (use_of(verb) and preposition.lower_ in ("of", "about")):
            return "", None  # "speaks of 50 graves"
        owner = self.words(subject_of(verb), short=True)
        if owner is None:
            return "", None
        if verb.lemma_ in _CAUSED and preposition.lower_ in ("in", "to"):
            return f"from {owner}", owner  # "accidents leading to 750 deaths"
        if preposition.dep_ == "agent" and verb.text.endswith("ed"):
            return f"that {verb.text} {owner}", owner  # "the car was followed by 2 gunmen"
        stranded = "" if preposition.lower_ == "in" else preposition.lower_
        complement = self._complement(verb) or (above.text if above.i != verb.i and through else "")
        thing = object_of(verb)
        if thing is not None and stranded and thing.i < preposition.i and (words := self.words(thing)):
            whom = "whom" if self.personal else "which"
            parts = [stranded, whom, owner, with_particles(verb), words]
        else:
            parts = [owner, with_particles(verb), complement, stranded]
        return " ".join(filter(None, parts)), owner

    def _complement(self, verb: Token) -> str:
        """The adjective or participle that completes the verb: "is responsible", "found guilty"."""
        for child in verb.children:
            participle = child.dep_ == "xcomp" and child.tag_ == "VBN" and child.i > self.node.i > verb.i
            if child.dep_ in ("acomp", "oprd") or (participle and not has_to(child)):
                return self._own_words(child)
        return ""

    def predicate(self, verb: Token) -> str:
        """What is said of a subject: a participle after a passive, else "that", verb and object."""
        if verb.lemma_ == "be":
            said = self.attribute(verb)
            named = said and (said[0].isupper() or any(child.dep_ == "attr" for child in verb.children))
            said = f"that {verb.text} {said}" if named else said
            said = said or self._infinitive(verb) or self._adjunct(verb)
            return f"not {said}" if said and any(child.dep_ == "neg" for child in verb.children) else said
        if verb.lemma_ == "include":
            return ""  # "the 40 dead included 9 nurses"
        auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
        passive = any(child.lemma_ == "be" for child in auxiliaries) or (
            verb.tag_ == "VBN" and not auxiliaries and object_of(verb) is None
        )
        parts = [
            with_particles(verb),
            self._infinitive(verb),
            self._complement(verb),
            self.words(object_of(verb)),
        ]
        parts.append(self._adjunct(verb))
        said = " ".join(filter(None, parts))
        return said if passive or verb.tag_ == "VBG" else f"that {said}"

    def attribute(self, verb: Token) -> str:
        """What the clause says that its subject is: a noun, else an adjective."""
        noun = next((child for child in verb.children if child.dep_ == "attr"), None)
        return (self.words(noun) if noun is not None else self._complement(verb)) or ""

    def _infinitive(self, verb: Token) -> str:
        """The infinitive that completes the verb, with its object: "tried to leave the country"."""
        found = next((child for child in verb.rights if completes(child, verb)), None)
        if found is None:
            return self._told(verb)
        before = [child for child in found.lefts if child.dep_ in ("aux", "auxpass", "neg")]
        completed = self.words(object_of(found)) or self._complement(found)
        return f"{joined([*before, found])} {completed}".rstrip()

    def _told(self, verb: Token) -> str:
        """What those counted say of themselves: "said they would vote"."""
        said = next((child for child in verb.rights if child.dep_ == "ccomp" and use_of(verb)), None)
        if said is None or not any(child.lower_ in ("they", "he", "she") for child in said.lefts):
            return ""
        before = [child for child in said.lefts if child.dep_ in ("aux", "auxpass", "neg")]
        return f"{joined([*before, said])} {self.words(object_of(said)) or self._complement(said)}".rstrip()

    def _adjunct(self, verb: Token) -> str:
        """The verb's first prepositional phrase that is no time, no place, no source and holds no figure."""
        role = self._role(verb)
        return role or self._first_adjunct(verb)

    def _role(self, verb: Token) -> str:
        """What somebody is taken for: "recognised as refugees", wherever the parser hung the "as"."""
        for child in (*verb.rights, *self.node.rights):
            if child.lower_ == "as" and child.dep_ == "prep" and child.i > verb.i:
                role = next((inside for inside in child.rights if inside.dep_ in ("pobj", "amod")), None)
                if role is not None and role.i not in self.reading.timed | self.reading.numbered:
                    return f"as {self._own_words(role)}"
        return ""

    def _first_adjunct(self, head: Token, *, within: bool = False) -> str:
        for child in head.rights:
            attached = child.dep_ in ("prep", "agent") and child.lower_ not in ("according", "as")
            if not attached or (self._is_inside(child) and not within):
                continue
            if child.i == self.node.head.i and self.node.dep_ == "npadvmod":
                return self._own_words(child)  # "five years behind bars"
            if child.i == self.node.head.i or child.lower_ in UNLIMITING:
                continue
            inside = [token.i for token in child.subtree]
            if any(i in self.reading.numbered or i in self.reading.timed for i in inside):
                continue
            if any(token.dep_ == "pobj" and token.lower_ in _GENERAL for token in child.rights):
                continue
            words = self._own_words(child)
            if " " in words and not (self.place and self.place.name in words):
                return words
        return ""


def _name_of(noun: Token) -> Token:
    """The name that stands right after a common noun: "the second party, Labour,"."""
    for child in noun.children:
        named = child.dep_ == "appos" and child.pos_ == "PROPN" and child.left_edge.i == noun.i + 2
        if named and noun.pos_ == "NOUN" and noun.doc[noun.i + 1].text == ",":
            return child
    return noun

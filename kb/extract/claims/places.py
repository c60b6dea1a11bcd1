"""Where a figure holds: its own place, its clause's, its sentence's, else that of the article.

The parse is climbed from the quantity; on each level a phrase of place ("in Belarus") goes before a name
that merely stands there ("Belarus's prisons", "Hungary spent"). A place that only names the speaker
("Chelyabinsk's governor said") is none, nor is one that tells where somebody is from ("a nurse in Kyiv").
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.claims.bearings import leads_to_place, place_from
from kb.extract.claims.describing import describing, is_descriptive
from kb.extract.claims.governing import VERBS, change_verbs
from kb.extract.claims.phrases import Reading, tokens_of
from kb.extract.entities.mentions import reference
from kb.lexicon import read_table, read_words
from kb.model.values import Claim, Reference, Span
from kb.names.known import known_names

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_LOOSE = frozenset(
    ["nsubj", "nsubjpass", "dobj", "obj", "poss", "compound", "amod", "nmod", "appos", "npadvmod"]
)
_SUBJECTS = ("nsubj", "nsubjpass")
_OBJECTS = ("dobj", "obj")
_MODIFIERS = ("compound", "amod", "nmod", "poss")
_JOINED = ("conj", "parataxis", "ccomp")
_NO_NOUNS = frozenset(["and", "or", "of", "in", "that", "who", "which", "to", "with", "as", "for", "from"])
_USES = ("in", "near", "everywhere", "of", "name")
_LONGEST_CLIMB = 40
_NEAR = 60  # characters after the quantity within which a place can follow it


@cache
def demonyms() -> dict[str, str]:
    """The adjectives and peoples of countries and what they stand for, but for those of two countries."""
    rows = read_table("countries")
    told = [(word, row["name"]) for row in rows for word in row["demonyms"].split("|") if word]
    often = Counter(word for word, _ in told)
    return {word: country for word, country in told if often[word] == 1}


@cache
def capitals() -> dict[str, str]:
    """The capitals and the countries that they may stand for, but for those of the same name."""
    return {row["capital"]: row["name"] for row in read_table("countries") if row["capital"] != row["name"]}


@cache
def _anybody() -> frozenset[str]:
    return read_words("counted_people", role="any")


def place_of(reading: Reading, anchor: Token, quantity: Span, speaker: Reference | None) -> Reference | None:
    """The place in the quantity's sentence that it is said of, or None."""
    elsewhere = _speaker_words(reading, speaker) | reading.aside | describing(reading, anchor)
    finder = _Finder(reading, quantity, elsewhere)
    if found := finder.following():
        return found
    path = [anchor]
    while path[-1].head.i != path[-1].i and len(path) < _LONGEST_CLIMB:
        path.append(path[-1].head)
    for uses in (_USES, ("towards",)):  # "Chad sold goods to Niger": what is sold is Chad's
        for node in path:
            if found := finder.at_level(node, uses):
                return found
    return finder.in_sentence(anchor) or finder.by_demonym(path)


def _speaker_words(reading: Reading, speaker: Reference | None) -> frozenset[int]:
    """The positions of all tokens of the phrase that names the speaker."""
    if speaker is None or speaker.span is None:
        return frozenset()
    named = list(reading.mentions.within(speaker.span.start_char, speaker.span.end_char))
    place = named[0][1] if named and named[0][0].span == speaker.span else None
    if place is not None and place.kind == "place" and place.name not in capitals():
        return frozenset()  # "Kenya reported 5 cases" of its own; "Nairobi said" is its government
    return frozenset(
        inside.i
        for token in tokens_of(reading.document, speaker.span)
        for inside in token.subtree
        if not inside.is_sent_start or inside.dep_ != "ROOT"
    )


def without_demonym(claim: Claim) -> Claim:
    """The claim's measure without the adjective that only says its place again: "political prisoners".

    Where it belongs to a pair or a name ("Kenyan and Ugandan athletes", "Chinese New Year") it stays, as
    does the name of a people.
    """
    if claim.place is None:
        return claim
    words = claim.measure.split()
    kept = [word for i, word in enumerate(words) if not _says_place(words, i, claim.place.name)]
    return replace(claim, measure=" ".join(kept))


def _says_place(words: list[str], i: int, place: str) -> bool:
    """Whether a word is the adjective of a country that only tells where what follows it is."""
    if demonyms().get(words[i]) != place or i + 1 == len(words):
        return False
    after, before = words[i + 1], words[i - 1].lower() if i else ""
    return after.islower() and after not in _NO_NOUNS and before not in ("and", "or")


def names_place(reading: Reading, sentence: Span) -> bool:
    """Whether the sentence names any place, other than in a baseline or to tell who somebody is."""
    for mention, _ in reading.mentions.within(sentence.start_char, sentence.end_char, "place"):
        last = tokens_of(reading.document, mention.span)[-1]
        if last.dep_ in _MODIFIERS or last.i in reading.aside or is_descriptive(reading.mentions, last):
            continue
        return True
    return False


def place_at(reading: Reading, name: TokenSpan) -> Reference | None:
    """The place that the words name, by the article's names or else by the lexicon; None where it is none."""
    found = reading.mentions.at(name[-1])
    if found is not None:
        return reference(found[0]) if found[1].kind == "place" else None
    known = known_names().get(name.text)
    if known is None or known.kind != "place":
        return None
    return Reference(known.name, reading.document.span(name.start_char, name.end_char))


class _Finder:
    """The search for places around one quantity.

    Those that list what is counted ("two states, Chad and Niger") are not where it is.
    """

    def __init__(self, reading: Reading, quantity: Span, elsewhere: frozenset[int]) -> None:
        self._reading = reading
        self._mentions = reading.mentions
        self._quantity = quantity
        self._elsewhere = elsewhere
        noun = tokens_of(reading.document, quantity)
        listed = [child for token in noun for child in token.rights if child.dep_ == "appos"]
        listed = [child for child in listed if self._place(child)]
        self._elsewhere |= {inside.i for child in listed for inside in child.subtree}
        self._counted = {token.i for token in noun}

    def following(self) -> Reference | None:
        """A place right after the quantity: "36 in North Cotabato", "5 km west of Lamu"."""
        after = self._quantity.end_char
        for mention, _ in self._mentions.within(after, after + _NEAR, "place"):
            between = self._reading.document.text[after : mention.span.start_char]
            if leads_to_place(between):
                return reference(mention)
            break
        return place_from(self._reading.document, after)

    def at_level(self, node: Token, uses: tuple[str, ...]) -> Reference | None:
        """The place among what hangs on one word of the path: a phrase of place goes first."""
        for use in uses:
            for child in node.children:
                if found := self._at_child(child, use):
                    return found
        return self._told_of(node)

    def _told_of(self, node: Token) -> Reference | None:
        """A place that tells of what the figure is a part of: "60 % of the oil that reaches Chad"."""
        nouns = [noun for child in node.children if child.lower_ == "of" for noun in child.children]
        clauses = [clause for noun in nouns for clause in noun.children if clause.dep_ == "relcl"]
        return next((place for clause in clauses for t in clause.children if (place := self._place(t))), None)

    def in_sentence(self, anchor: Token) -> Reference | None:
        """The first phrase of place of a clause before the quantity, else the only place of the sentence."""
        sentence = self._reading.document.sentence_at(anchor.idx)
        for use in ("in", "everywhere"):
            for token in sentence:
                clausal = token.i < anchor.i and token.head.pos_ in ("VERB", "AUX")
                if (clausal or use == "everywhere") and (found := self._at_child(token, use)):
                    return found
        above = {token.i for token in (anchor, *anchor.ancestors)}
        named = [
            place
            for token in sentence
            if token.dep_ not in _MODIFIERS
            and (place := self._place(token))
            and not _is_beside(token, anchor, above)
        ]
        named = [place for i, place in enumerate(named) if not i or not self._narrows(named[i - 1], place)]
        return named[0] if len({place.name for place in named}) == 1 else None

    def _narrows(self, place: Reference, wider: Reference) -> bool:
        """Whether the wider place only tells where the one right before it is: "Cork, Ireland"."""
        if place.span is None or wider.span is None:
            return False
        return self._reading.document.text[place.span.end_char : wider.span.start_char] == ", "

    def by_demonym(self, path: list[Token]) -> Reference | None:
        """The country whose adjective or people stand with it: "Hungarian exports", "of Kenyans"."""
        for node in path:
            inside = [word for child in node.children if child.dep_ == "prep" for word in child.children]
            for token in (node, *node.children, *inside):
                if found := self._country_of(token):
                    return found
            if found := self._home_of_subject(node):
                return found
        return None

    def _country_of(self, token: Token) -> Reference | None:
        """The country whose adjective or people a word is, unless those it describes may be anywhere."""
        country = demonyms().get(token.text)
        # "33 Russian nationals" need not be in Russia
        people = token.head.i in self._counted and token.head.lower_ in _anybody()
        abroad = token.dep_ in _MODIFIERS and token.head.lower_ in _words("abroad")
        said = token.dep_ in ("attr", "acomp")
        usable = token.pos_ in ("ADJ", "PROPN") and not (said or people or abroad)
        return (
            Reference(country, _span(token))
            if country and usable and token.i not in self._elsewhere
            else None
        )

    def _home_of_subject(self, verb: Token) -> Reference | None:
        """The country of the clause's subject: of what takes a value ("Polish inflation was 5 %").

        Of who acts it is that of courts and police; armies and companies act anywhere.
        """
        if verb.pos_ not in VERBS:
            return None
        objects = [
            child
            for child in verb.children
            if child.dep_ in _OBJECTS and child.i not in self._reading.numbered
        ]
        moved = verb.lemma_ in change_verbs(direction="") or (verb.lemma_ in change_verbs() and not objects)
        value = verb.lemma_ == "be" or moved
        for child in verb.children:
            heads = (
                [child] if child.dep_ in _SUBJECTS else list(child.children) if child.dep_ == "agent" else []
            )
            while heads:
                head = heads.pop()
                for word in head.children:
                    if word.lower_ == "of" and value:
                        heads += word.children
                    named = self._mentions.at(word) is not None
                    at_home = value or head.lower_ in _words("home")
                    if (
                        word.dep_ in _MODIFIERS
                        and at_home
                        and not named
                        and (found := self._country_of(word))
                    ):
                        return found
        return None

    def _at_child(self, child: Token, use: str) -> Reference | None:
        if use == "everywhere":
            return Reference(child.text, _span(child)) if child.lower_ in _words(use) else None
        if use == "name":
            if self._is_person(child) or (child.dep_ in _MODIFIERS and self._is_person(child.head)):
                return None  # "United States senator Ada Bell"
            if child.dep_ == "relcl":
                return next(filter(None, map(self._place, child.children)), None)
            return (self._place(child) or self._named(child)) if child.dep_ in _LOOSE else None
        if child.dep_ not in ("prep", "agent") or child.lower_ not in _words(use):
            return None
        return self._inner(child) or self._named(child)

    def _is_person(self, head: Token) -> bool:
        """Whether a phrase names a person, so that a place in it is part of a title."""
        start, end = head.left_edge.idx, head.right_edge.idx + len(head.right_edge)
        return any(True for _ in self._mentions.within(start, end, "person"))

    def _inner(self, preposition: Token) -> Reference | None:
        """A place within the phrase that itself follows "in": "near the lake in Kenya"."""
        if preposition.lower_ in _words("in"):
            return None
        for token in preposition.subtree:
            if token.lower_ in _words("in") and token.dep_ == "prep" and (found := self._named(token)):
                return found
        return None

    def _named(self, head: Token) -> Reference | None:
        """A place in a phrase, outside its clauses: one after a preposition before one that modifies."""
        clauses = {
            inside.i
            for token in head.subtree
            if token.i != head.i
            and (token.dep_ in ("relcl", "advcl", "ccomp") or self._leads_away(head, token))
            for inside in token.subtree
        }
        tokens = [token for token in head.subtree if token.i not in clauses]
        for strict in (True, False):
            for token in tokens:
                if (token.dep_ == "pobj" or not strict) and (found := self._place(token)):
                    return found
        return None

    @staticmethod
    def _leads_away(head: Token, token: Token) -> bool:
        """Whether a phrase within an argument tells where something goes: "goods worth $5 to Niger"."""
        return head.dep_ in _LOOSE and token.dep_ == "prep" and token.lower_ in _words("towards")

    def _place(self, token: Token) -> Reference | None:
        reading = self._reading
        if token.i in self._elsewhere or token.i in reading.timed or token.i in reading.numbered:
            return None
        found = self._mentions.at(token)
        return reference(found[0]) if found and found[1].kind == "place" else None


def _is_beside(token: Token, anchor: Token, above: set[int]) -> bool:
    """Whether the word stands in a clause joined to the quantity's own after it, or told by its subject."""
    for node in (token, *token.ancestors):
        if node.i in above:
            return False
        if node.dep_ == "ccomp" and anchor.dep_ == "nsubj" and anchor.head.i == node.head.i:
            return True  # what they say, not where they are
        if node.dep_ in _JOINED and node.pos_ in VERBS and node.i > anchor.i and _has_subject(node):
            return True
    return False


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children)


@cache
def _words(use: str) -> frozenset[str]:
    return read_words("place_words", use=use)


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token), token.text)

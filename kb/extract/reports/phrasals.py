"""The words of a trigger: a verb with its particle or the rest of its idiom, a noun with its compound."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.dating.happenings import happening_words, kind_of, kind_of_words
from kb.lexicon import read_table, read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_GAP = 5  # words between a verb and the rest of its idiom: "held its first free parliamentary election"
_FIXING = frozenset(["schedule", "slate", "set", "plan", "expect", "anticipate"])
_HAPPENING = frozenset(["occur", "happen", "take place", "unfold", "ensue"])
_GAP_POS = frozenset(["DET", "ADJ", "ADV", "PRON", "NUM", "NOUN", "PROPN", "PART"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `[start, end)` of a trigger, the lemmas that carry its meaning, and its kind."""

    start: int
    end: int
    lemma: str
    kind: str | None


@cache
def _idioms() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    idioms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in read_table("light_verbs"):
        idioms.setdefault(row["verb"], []).append((tuple(row["rest"].split()), row["kind"]))
    return {verb: tuple(sorted(rows, key=lambda row: -len(row[0]))) for verb, rows in idioms.items()}


def phrase_of(token: Token) -> Phrase:
    """The trigger that hangs in the parse by `token`."""
    if token.pos_ in ("VERB", "AUX"):
        return _verb_phrase(token)
    if token.pos_ == "ADJ" and token.head.lemma_ == "be":  # "rain is due"
        return _occurrence(token.head, Phrase(token.head.i, token.i + 1, token.lower_, None))
    if token.pos_ == "ADP":
        return Phrase(token.i, token.i + 2, f"{token.lower_} {token.doc[token.i + 1].lemma_.lower()}", None)
    return _noun_phrase(token)


def idiom_of(verb: Token) -> Phrase | None:
    """The verb with the rest of its idiom ("followed suit"), or None where it has none."""
    return _idiom(verb, verb.lemma_.lower())


def _noun_phrase(noun: Token) -> Phrase:
    words = happening_words(noun) or noun.lemma_.lower()
    start = noun.i - words.count(" ")
    while start > noun.sent.start and noun.pos_ == "PROPN" and noun.doc[start - 1].pos_ == "PROPN":
        if noun.doc[start - 1].dep_ != "compound" or noun.doc[start - 1].ent_type_ in ("DATE", "TIME"):
            break
        start -= 1
    end = noun.i + 1
    if noun.dep_ == "compound" and noun.head.i == end:
        end += 1  # "the 2017 election results"
    return _with_support(noun, Phrase(start, end, words, kind_of(noun, words)))


def _with_support(noun: Token, phrase: Phrase) -> Phrase:
    """The noun with the verb that only lends it a tense: "had 40 outages", "carried out a test"."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "obj") or verb.lemma_.lower() not in read_words("support_verbs"):
        return phrase
    near = 0 < phrase.start - verb.i <= _GAP
    return Phrase(verb.i, phrase.end, phrase.lemma, phrase.kind) if near else phrase


def _verb_phrase(verb: Token) -> Phrase:
    lemma = verb.lemma_.lower()
    if found := _idiom(verb, lemma):
        return found
    start, end = _with_prefix(verb), verb.i + 1
    kind = kind_of_words(verb.lower_, "verb") if verb.lower_ == "born" else kind_of(verb, lemma)
    particle = next((child for child in verb.children if child.dep_ == "prt"), None)
    if particle is not None:
        lemma = f"{lemma} {particle.lower_}"
        kind = kind_of(verb, lemma)
        end = particle.i + 1 if particle.i - verb.i <= _GAP else end
    if lemma in read_words("aspectual_verbs"):
        complement = next((child for child in verb.children if child.dep_ == "xcomp"), None)
        if complement is not None and complement.i - verb.i <= 3:
            inner = complement.lemma_.lower()
            return Phrase(start, complement.i + 1, f"{lemma} {inner}", kind)
    target = next((child for child in verb.children if child.dep_ in ("dobj", "obj")), None)
    if target is not None and lemma in read_words("support_verbs") and happening_words(target):
        return _noun_phrase(target)
    if lemma in ("decline", "retire") and any(c.dep_ in ("dobj", "obj", "xcomp") for c in verb.children):
        kind = None  # to decline an offer, to retire a fleet
    phrase = Phrase(start, end, lemma, kind)
    return _occurrence(verb, phrase) if lemma in read_words("occurrence_verbs") else phrase


def _occurrence(verb: Token, phrase: Phrase) -> Phrase:
    """A verb that only says that something happens means what its subject names: "the vote was held"."""
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is not None and subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        subject = verb.head
    node = verb
    while subject is None and node.dep_ in ("xcomp", "conj", "acomp"):  # "is pending and expected in May"
        node = node.head
        subject = next((child for child in node.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    to_be = _noun_to_be(verb)
    subject = to_be if to_be is not None and happening_words(to_be) else subject
    words = happening_words(subject) if subject is not None else None
    if subject is None or words is None:
        return phrase
    between = verb.doc[subject.i + 1 : verb.i]
    relative = ("WDT", "WP") if phrase.lemma in _HAPPENING else ()
    near = subject.i < verb.i and all(
        t.pos_ in ("AUX", "ADV") or t.tag_ in ("TO", *relative) for t in between
    )
    if not near and verb.lemma_.lower() in _FIXING:
        return _noun_phrase(subject)
    start = subject.i if near else phrase.start
    return Phrase(start, phrase.end, words, kind_of_words(words, "noun") or phrase.kind)


def _with_prefix(verb: Token) -> int:
    """Where a verb begins that the tokenizer cuts at its hyphen: "re-engage"."""
    doc, at = verb.doc, verb.i
    if at >= 2 and doc[at - 1].text == "-" and not doc[at - 1].whitespace_ and not doc[at - 2].whitespace_:
        return int(at - 2)
    return int(at)


def _idiom(verb: Token, lemma: str) -> Phrase | None:
    subject = next((child for child in verb.children if child.dep_ == "nsubjpass"), None)
    for rest, kind in _idioms().get(lemma, ()):
        if subject is not None and rest == (subject.lemma_.lower(),):  # "sanctions were imposed"
            return _occurrence(verb, Phrase(verb.i, verb.i + 1, f"{lemma} {rest[0]}", kind or None))
        end = _end_of(verb, rest)
        if end:
            if words := happening_words(verb.doc[end - 1]):
                kind = kind_of_words(words, "noun") or kind  # "held primary elections"
            phrase = Phrase(verb.i, end, f"{lemma} {' '.join(rest)}", kind or None)
            return _occurrence(verb, phrase) if phrase.lemma in read_words("occurrence_verbs") else phrase
    return None


def _end_of(verb: Token, rest: tuple[str, ...]) -> int | None:
    """Where the idiom ends if the words after the verb hold its rest in order, with small gaps."""
    wanted, gap, last = 0, 0, verb.right_edge.i
    for token in verb.doc[verb.i + 1 : last + 1]:
        if rest[wanted] in (token.lemma_.lower(), token.lower_):
            wanted, gap = wanted + 1, 0
            if wanted == len(rest):
                return int(token.i + 1)
        elif token.is_punct or token.pos_ not in _GAP_POS or gap == _GAP:
            return None
        else:
            gap += 1
    return None


def _noun_to_be(verb: Token) -> Token | None:
    """The noun before a passive infinitive: "the candidate for the election to be held in May"."""
    doc, at = verb.doc, verb.i
    if verb.tag_ != "VBN" or at - verb.sent.start < 3 or verb.dep_ not in ("acl", "relcl", "ccomp"):
        return None
    passive = doc[at - 1].lower_ == "be" and doc[at - 2].lower_ == "to"
    return doc[at - 3] if passive and doc[at - 3].pos_ == "NOUN" else None


def noun_of_infinitive(verb: Token) -> Token | None:
    """The noun that an infinitive completes, whatever the parser hangs it on: "attempts to mediate"."""
    if (noun := _noun_to_be(verb)) is not None:
        return noun
    doc, to = verb.doc, _with_prefix(verb) - 1
    if to <= verb.sent.start or doc[to].lower_ != "to" or verb.tag_ not in ("VB", "VBP"):
        return None
    return doc[to - 1] if doc[to - 1].pos_ == "NOUN" and verb.dep_ in ("acl", "ccomp") else None

"""The line that a timeline gives a happening: subject, verb and object in the source's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.phrasals import Phrase, noun_of_infinitive
from kb.extract.timing import VERBS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from spacy.tokens import Token

_DROPPED = frozenset(["relcl", "advcl", "appos", "parataxis", "punct", "mark", "intj", "meta", "preconj"])
_AUXILIARIES = frozenset(["aux", "auxpass", "neg", "prt"])
_OBJECTS = frozenset(["dobj", "obj", "attr", "oprd", "dative", "acomp", "agent", "xcomp", "ccomp"])
_DANGLING = frozenset(["CCONJ", "SCONJ", "ADP", "DET", "PUNCT", "PART", "AUX"])
_MOST_WORDS = 14
_MOST_ADJUNCTS = 2
_MOST_OF_SUBJECT = 8  # words; a longer subject is cut to its head with what stands before it


def title_of(token: Token, phrase: Phrase, timed: Collection[int], names: Mapping[int, str]) -> str:
    """The title of what `token` names.

    `timed` are the positions of tokens inside time expressions, `names` what pronouns stand for, by the
    offset of the pronoun.
    """
    kept = set(range(phrase.start, phrase.end))
    if token.pos_ in VERBS:
        _keep_clause(token, kept, timed)
    elif token.head.lemma_ in ("be", "have") and token.dep_ in ("attr", "dobj", "prep", "acomp"):
        kept.add(token.head.i)
        _keep_clause(token.head, kept, timed)
    else:
        _keep_noun(token, kept, timed)
    words = sorted(kept)
    while words[-1] >= phrase.end and (len(words) > _MOST_WORDS or token.doc[words[-1]].pos_ in _DANGLING):
        words.pop()
    if words[0] < phrase.start and token.doc[words[0]].lower_ in ("the", "a", "an"):
        words = words[1:]
    title = _joined(token, words, names).lstrip("[(“\"'‘ ") or _joined(token, words, names)
    return title[0].upper() + title[1:]


def _keep_clause(verb: Token, kept: set[int], timed: Collection[int]) -> None:
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    if subject is None or subject.tag_ in ("WDT", "WP"):
        subject = noun_of_infinitive(verb) or _borrowed_subject(verb)
    if subject is not None:
        of_subject: set[int] = set()
        _keep_noun(subject, of_subject, timed)
        if len(of_subject) > _MOST_OF_SUBJECT:
            of_subject = {i for i in of_subject if i <= subject.i}
        kept |= of_subject
    adjuncts = 0
    for child in verb.children:
        if child.i in timed:
            continue
        if child.dep_ in _AUXILIARIES:
            kept.add(child.i)
        elif child.dep_ in _OBJECTS and (child.i > verb.i or child.dep_ not in ("ccomp", "xcomp")):
            _keep_noun(child, kept, timed)
        elif (
            child.dep_ == "prep"
            and child.i > verb.i
            and adjuncts < _MOST_ADJUNCTS
            and not _is_timed(child, timed)
        ):
            adjuncts += 1
            _keep_noun(child, kept, timed)


def _borrowed_subject(verb: Token) -> Token | None:
    """The subject of the verb that this one is coordinated with, or the noun that it limits."""
    if verb.dep_ in ("acl", "relcl"):
        return verb.head
    for _ in range(6):
        if verb.dep_ not in ("conj", "xcomp", "acomp", "oprd") or verb.head.i == verb.i:
            return None
        verb = verb.head
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass"):
                return child
    return None


def _is_timed(preposition: Token, timed: Collection[int]) -> bool:
    """Whether the preposition leads to a time ("on Monday", "as of Monday") or to a source."""
    inside = [child for child in preposition.children if child.dep_ in ("pobj", "prep", "pcomp")]
    if preposition.lower_ == "according":
        return True
    return any(token.i in timed or (token.dep_ == "prep" and _is_timed(token, timed)) for token in inside)


def _keep_noun(head: Token, kept: set[int], timed: Collection[int]) -> None:
    """The phrase of a noun without relative clauses, appositions and times."""
    stack = [head]
    while stack:
        token = stack.pop()
        kept.add(token.i)
        for child in token.children:
            if child.i in timed or (child.dep_ in _DROPPED and child.text != "-"):
                continue
            if child.dep_ == "prep" and _is_timed(child, timed):
                continue
            if (
                child.i in kept
                or child.tag_ == "WP$"
                or (child.dep_ == "acl" and child.doc[child.left_edge.i - 1].is_punct)
            ):
                continue
            stack.append(child)


def _joined(token: Token, words: list[int], names: Mapping[int, str]) -> str:
    doc, title, last = token.doc, "", -1
    for i in words:
        if title and not (i == last + 1 and not doc[last].whitespace_):
            title += " "
        name = names.get(doc[i].idx)
        title += doc[i].text if name is None else f"{name}’s" if doc[i].dep_ == "poss" else name
        last = i
    return " ".join(title.split())

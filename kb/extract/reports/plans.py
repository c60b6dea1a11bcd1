"""What was done and what is due: verbs with an infinitive, and verbs that give a happening a new time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.extract.dating.attachment import VERBS, child_of
from kb.extract.dating.happenings import is_happening
from kb.extract.document import Document
from kb.lexicon import read_words
from kb.model.values import Time

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNTIL = frozenset(["until", "till", "til", "to", "through"])
_TOLD = frozenset(["one", "figure", "number", "toll", "count", "total", "estimate", "reason", "account"])
# Verbs of speech or thought that are acts: in the passive ("admitted to hospital"), or done to what is named.
_ACTS = {
    "admit": "passive",
    "recall": "passive|ambassador|envoy|diplomat|delegation|vehicle|car|product|batch|model|toy|parliament",
    "assume": "office|power|presidency|control|command|post|duty|leadership|chairmanship|role|position",
    "claim": "life|victim",
    "add": "passive|*",
    "hear": "argument|case|appeal|testimony|evidence|petition|plea",
}
_PUTTING = frozenset(["put", "place"])
_BEGINNING = frozenset(["start", "begin", "commence"])
# Acts by which something else is to begin: "announced a curfew from Friday".
_PROCLAIMING = frozenset(
    ["announce", "order", "declare", "proclaim", "approve", "sign", "agree", "propose", "submit", "tender"]
)
_FROM = re.compile(
    r"\b(?:(?:effective|starting|beginning|commencing|with effect)(?: (?:from|on|in|as of))?|from)(?: the)? $"
)
_FIXED = frozenset(
    ["announce", "call", "set", "schedule", "propose", "order", "fix"]
)  # "called a vote for May"
_PROLONGING = frozenset(["extend", "prolong", "lengthen", "renew"])


def is_empty(verb: Token) -> bool:
    """Whether the verb names no happening: it reports speech or thought, or says that something is."""
    lemma = verb.lemma_.lower()
    if lemma == "call" and child_of(verb, "dobj", "oprd", "prt", "nsubjpass") is None:
        return any(child.lower_ in ("for", "on", "upon") for child in verb.children if child.dep_ == "prep")
    if lemma in _ACTS and _is_act(verb, lemma):
        return False
    if lemma == "see" and verb.tag_ in ("VBZ", "VBP") and child_of(verb, "aux") is None:
        return True  # "the firm sees a margin of 5 % in 2027"
    if (
        lemma in _PUTTING
        and (target := child_of(verb, "dobj", "obj")) is not None
        and _is_level(verb, target)
    ):
        return True
    if lemma == "appear":
        return child_of(verb, "xcomp", "acomp", "oprd", "ccomp") is not None
    if lemma in ("expect", "anticipate") and verb.tag_ == "VBN":
        return child_of(verb, "dobj", "xcomp", "ccomp") is not None
    if lemma == "give" and verb.dep_ == "relcl" and verb.head.lemma_.lower() in _TOLD:
        return child_of(verb, "dobj", "obj") is None  # "more than the number it gave on Monday"
    if lemma == "do" and ((target := child_of(verb, "dobj", "obj")) is None or target.pos_ == "PRON"):
        return True  # "which it has been unable to do"
    return lemma in read_words("speech_verbs") or lemma in read_words("stative_verbs")


def _is_level(verb: Token, target: Token) -> bool:
    """Whether a number is only put at a level: "put the toll for that day at 50"."""
    at = [child for child in (*verb.rights, *target.subtree) if child.dep_ == "prep" and child.lower_ == "at"]
    return target.lemma_.lower() in _TOLD or any(
        inside.like_num or any(n.like_num for n in inside.children) for prep in at for inside in prep.children
    )


def _is_act(verb: Token, lemma: str) -> bool:
    """Whether a verb of speech or thought is an act here: "assumed office", "claimed 40 lives"."""
    target = child_of(verb, "dobj", "obj")
    if child_of(verb, "ccomp", "xcomp") is not None:
        return False
    passive = child_of(verb, "auxpass") is not None or (verb.tag_ == "VBN" and verb.dep_ in ("conj", "acl"))
    if passive and _ACTS[lemma].startswith("passive"):
        return True
    done_to = _ACTS[lemma].split("|")
    if target is not None and "*" in done_to:
        return target.pos_ in ("NOUN", "PROPN")
    return target is not None and target.lemma_.lower() in done_to


def rescheduled(verb: Token) -> Iterator[Token]:
    """What lasts until, or happens at, the new time of a verb like "extend" or "postpone"."""
    passive = child_of(verb, "auxpass") is not None
    noun = child_of(verb, "nsubjpass") if passive else child_of(verb, "dobj", "obj")
    if noun is not None and is_happening(noun):
        yield noun
    elif verb.lemma_.lower() in _PROLONGING:
        yield verb


def begun(document: Document, time: Time, verb: Token) -> Token | None:
    """What begins with the time, and was proclaimed or told by the verb: "announced a ban effective Monday".

    None where the time is the verb's own.
    """
    if verb.tag_ == "VBG" and verb.lemma_.lower() in _BEGINNING:
        return _of_beginning(document, time, verb)
    before = document.text[max(0, time.span.start_char - 40) : time.span.start_char]
    if verb.lemma_.lower() in _FIXED and before.endswith(" for "):
        fixed = child_of(verb, "dobj", "obj")
        return fixed if fixed is not None and is_happening(fixed) else None
    if verb.lemma_.lower() not in _PROCLAIMING or not _FROM.search(before):
        return None
    stated = child_of(verb, "ccomp")
    torn = stated is not None and stated.lower_ == "effective"  # "announced his retirement effective June 30"
    return (
        child_of(stated, "nsubj")
        if stated is not None and torn
        else child_of(verb, "dobj", "obj", "nsubjpass")
    )


def _of_beginning(document: Document, time: Time, participle: Token) -> Token | None:
    """What "starting Monday" belongs to: the strike, or what is done from then on."""
    head = participle.head
    if child_of(participle, "dobj", "obj", "xcomp", "nsubj") is not None:
        return None
    if participle.dep_ == "acl":
        return head if is_happening(head) else None
    if participle.dep_ not in ("advcl", "xcomp", "prep") or head.pos_ != "VERB":
        return None
    if participle.i > head.i:
        return begun(document, time, head) or (None if is_empty(head) else head)
    subject = child_of(head, "nsubj", "nsubjpass")
    return subject if subject is not None and is_happening(subject) else None


def governing(document: Document, time: Time, verb: Token) -> Token:
    """The verb that the time dates: the infinitive, or what was done to bring it about.

    "Voted to lift it on Saturday" dates the vote, "expected to end on Saturday" the end.
    """
    for _ in range(4):
        above = _step_up(document, time, verb)
        if above is None:
            return verb
        verb = above
    return verb


def _step_up(document: Document, time: Time, verb: Token) -> Token | None:
    head = verb.head
    if verb.dep_ == "pcomp" and head.lower_ == "without" and head.head.pos_ in VERBS:
        return head.head
    if verb.dep_ in ("relcl", "acl") and head.dep_ == "attr" and head.head.lemma_ == "become":
        return head.head  # "became the first woman to lead the bank in 2007"
    if verb.dep_ != "xcomp" or head.pos_ != "VERB":
        return None
    to = any(child.lower_ == "to" for child in verb.children if child.dep_ == "aux")
    if verb.tag_ != "VBG" and not to and verb.i - head.i > 1:
        return None
    lemma = head.lemma_.lower()
    if lemma in read_words("aspectual_verbs"):
        return head
    if is_empty(head) or lemma in read_words("planning_verbs"):
        return None
    latest, published = time.interval.latest if time.interval else None, document.published
    return head if latest is not None and published is not None and latest <= published else None


def lasts_until(document: Document, time: Time, token: Token) -> bool:
    """Whether the time is the new end of what `token` names: "extended the curfew to Friday"."""
    verb = token if token.pos_ in VERBS else token.head
    return verb.lemma_.lower() in _PROLONGING and is_until(document, time)


def is_moved(token: Token) -> bool:
    """Whether the happening is only put off: "the trial was postponed until March" is in March."""
    verb = token if token.pos_ in VERBS else token.head
    return verb.lemma_.lower() in read_words("rescheduling_verbs", use="move")


def is_until(document: Document, time: Time) -> bool:
    """Whether the time is an end: "to May 1", "until Friday"."""
    before = document.text[max(0, time.span.start_char - 12) : time.span.start_char].lower().split()
    first = time.span.words.lower().split()[0]
    return first in _UNTIL or (bool(before) and before[-1] in _UNTIL)

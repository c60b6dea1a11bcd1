"""The line that a timeline gives a happening: subject, verb and object in the source's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extract.dating.mends import is_attributive
from kb.extract.dating.timing import VERBS
from kb.extract.reports.phrasals import Phrase, noun_of_infinitive
from kb.extract.reports.title_phrases import is_timed, keep_noun, torn
from kb.lexicon import read_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from spacy.tokens import Token

_AUXILIARIES = frozenset(["aux", "auxpass", "neg", "prt"])
_OBJECTS = frozenset(["dobj", "obj", "attr", "oprd", "dative", "acomp", "agent", "xcomp", "ccomp"])
_DANGLING = frozenset(["CCONJ", "SCONJ", "ADP", "DET", "PUNCT", "PART", "AUX"])
_WAITING = frozenset(["effective", "starting", "beginning", "commencing"])  # for a time, which no title has
_BEFORE_HEAD = frozenset(
    ["compound", "amod", "nummod", "det", "poss", "nmod", "case", "quantmod", "punct", "advmod"]
)
_MOST_WORDS = 20
_MOST_ADJUNCTS = 2
_MOST_OF_SUBJECT = 8  # words; a longer subject is cut after its head and what follows that with "of"
# Heads of clauses that tell when, where or how and take no object: "the day he won".
_CIRCUMSTANCES = frozenset(
    ["day", "time", "year", "month", "week", "moment", "way", "reason", "place", "case"]
)


def title_of(token: Token, phrase: Phrase, timed: Collection[int], names: Mapping[int, str]) -> str:
    """The title of what `token` names.

    `timed` are the positions of tokens inside time expressions, `names` what pronouns stand for, by the
    offset of the pronoun.
    """
    kept = set(range(phrase.start, phrase.end))
    if token.tag_ == "VBD" and token.dep_ == "amod":  # a verb that the parser took for a participle
        keep_noun(token.head, kept, timed)
    elif token.pos_ in VERBS:
        _keep_clause(token, kept, timed)
    elif telling := clause_of(token):
        kept |= {telling.i, token.head.i}
        _keep_clause(telling, kept, timed)
    elif token.head.lemma_ in ("be", "have") and token.dep_ in ("attr", "dobj", "prep", "acomp"):
        kept.add(token.head.i)
        _keep_clause(token.head, kept, timed)
    else:
        keep_noun(token, kept, timed)
    words = sorted(kept)
    while words[-1] >= phrase.end and (len(words) > _MOST_WORDS or _dangles(token.doc[words[-1]])):
        words.pop()
    if words[0] < phrase.start and token.doc[words[0]].lower_ in ("the", "a", "an"):
        words = words[1:]
    words = _without_owner(token, words, names)
    title = _joined(token, words, names).lstrip("[(“\"'‘ ") or _joined(token, words, names)
    for opening, closing in ("[]", "()"):
        if title.count(opening) != title.count(closing):
            title = title.replace(opening, "").replace(closing, "")
    return title[0].upper() + title[1:]


def _dangles(last: Token) -> bool:
    """Whether a title cannot end with the word: it waits for another, or its head is cut off."""
    return (
        last.lower_ in _WAITING
        or last.pos_ in _DANGLING
        or (last.dep_ in _BEFORE_HEAD and last.head.i > last.i)
    )


def clause_of(noun: Token) -> Token | None:
    """The verb that tells of the happening by what somebody is in it: "was involved in", "the target of"."""
    part = noun.head.head if noun.dep_ == "pobj" else noun
    if part.lemma_ == "involve" or (part.lemma_ == "be" and _part_in(part) is not None):
        return part
    if part.lemma_.lower() not in read_words("parts_of_happenings") or part.i == noun.i:
        return None
    return part.head if part.dep_ in ("attr", "advmod") and part.head.lemma_ == "be" else None


def _part_in(verb: Token) -> Token | None:
    """The word that tells what part the subject of "be" has in a happening, where that is an adverb to it."""
    parts = read_words("parts_of_happenings")
    return next((child for child in verb.children if child.dep_ == "advmod" and child.lower_ in parts), None)


def _keep_clause(verb: Token, kept: set[int], timed: Collection[int]) -> None:
    subject = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "expl")), None)
    if verb.dep_ == "relcl" or (verb.dep_ == "acl" and subject is not None):
        _keep_relative(verb, subject, kept)
    if subject is not None and subject.tag_ in ("WDT", "WP"):
        subject = _named_by(subject, verb)
    elif subject is None:
        subject = noun_of_infinitive(verb) or _borrowed_subject(verb)
    if subject is not None and subject.i not in timed:
        kept |= _subject_words(subject, timed)
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be":  # "is to last"
        kept.add(verb.head.i)
    if (part := _part_in(verb)) is not None:
        kept.add(part.i)
    adjuncts = 0
    for child in verb.children:
        if child.i in timed or _is_relative(child):
            continue
        complement = child.dep_ in _OBJECTS and (child.i > verb.i or child.dep_ not in ("ccomp", "xcomp"))
        if complement or child.dep_ in _AUXILIARIES or is_attributive(child):
            keep_noun(child, kept, timed)
            kept |= {child.i - 1} if is_attributive(child) else set()  # its "and"
        elif (
            child.dep_ == "prep"
            and child.i > verb.i
            and adjuncts < _MOST_ADJUNCTS
            and not is_timed(child, timed)
            and not torn(child)
        ):
            adjuncts += 1
            keep_noun(child, kept, timed)


def _subject_words(subject: Token, timed: Collection[int]) -> set[int]:
    """The subject's phrase, cut where it is long; of an office its holder too ("its head, Ann Lee, ...")."""
    found: set[int] = set()
    keep_noun(subject, found, timed)
    if len(found) > _MOST_OF_SUBJECT:
        after = (child for child in subject.children if child.dep_ == "prep" and child.i > subject.i)
        of = next((child for child in after if child.lower_ in ("of", "for")), None)
        target = next((child for child in of.children if child.dep_ == "pobj"), None) if of else None
        last = subject.i
        if target is not None:
            last = max([target.i, *(child.i for child in target.children if child.dep_ == "nummod")])
        found = {i for i in found if i <= last}
    holder = next((child for child in subject.children if child.dep_ == "appos"), None)
    if holder is not None and holder.ent_type_ == "PERSON" and subject.pos_ == "NOUN":
        found |= {token.i for token in holder.lefts if token.dep_ == "compound"} | {holder.i}
    return found


def _is_relative(clause: Token) -> bool:
    """Whether a complement is a relative clause: "declared a truce on Monday that is to last a week"."""
    return clause.dep_ == "ccomp" and any(
        child.tag_ == "WDT" for child in clause.children if child.dep_ in ("nsubj", "nsubjpass")
    )


def _keep_relative(verb: Token, subject: Token | None, kept: set[int]) -> None:
    """Of "those who left" the pronoun, of "the interview that the paper printed" the object before it."""
    head = verb.head
    finite = verb.tag_ != "VBN" or any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    pronouns = ("WDT", "WP", "WRB") if finite else ("WDT", "WP", "WRB", "IN")  # of a participle a torn "that"
    relative = next((child for child in verb.children if child.tag_ in pronouns), None)
    if verb.dep_ == "acl" and relative is None:
        return  # "the fact that trade has grown"
    if relative is not None and relative.dep_ in ("nsubj", "nsubjpass"):
        if head.pos_ == "PRON":
            kept.add(relative.i)
        return
    if subject is None or any(
        child.dep_ in ("dobj", "obj", "auxpass") for child in verb.children if child.tag_[0] != "W"
    ):
        return
    when = head.lemma_.lower() in _CIRCUMSTANCES or head.ent_type_ in ("DATE", "TIME")
    if not when and (relative is None or relative.dep_ in ("dobj", "mark")):
        kept.add(head.i)
        for child in head.lefts:
            kept |= {token.i for token in child.subtree} if child.dep_ in ("amod", "compound") else set()
        kept |= {relative.i} if relative is not None else set()


def _without_owner(token: Token, words: list[int], names: Mapping[int, str]) -> list[int]:
    """The words without a possessor before them that nobody knows: "its aid chief" is the aid chief."""
    first = token.doc[words[0]]
    unknown = first.tag_ == "PRP$" and first.idx not in names and first.i != token.i
    return words[1:] if unknown and len(words) > 1 else words


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
                return _named_by(child, verb)
    return None


def _named_by(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for, else the subject itself."""
    if subject.tag_ not in ("WDT", "WP"):
        return subject
    if verb.dep_ == "relcl":
        return verb.head
    if verb.head.dep_ == "relcl":  # "a mission, which they said might start in May"
        return verb.head.head
    return next((child for child in verb.head.children if child.dep_ in ("dobj", "obj")), subject)


def _joined(token: Token, words: list[int], names: Mapping[int, str]) -> str:
    doc, title, last = token.doc, "", -1
    for i in words:
        if title and not (i == last + 1 and not doc[last].whitespace_):
            title += " "
        name = names.get(doc[i].idx)
        title += doc[i].text if name is None else f"{name}’s" if doc[i].dep_ == "poss" else name
        last = i
    return " ".join(title.split())

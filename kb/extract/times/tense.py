"""What the parse says of a time expression: whether it is one, and whether its clause tells of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.dates.reading import Match
from kb.extract.times.positions import TokenAt
from kb.extract.times.year_numbers import PREPOSITIONS, is_count, is_year
from kb.lexicon import read_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMMON = ("fall", "falls")
_VERBS = ("VERB", "AUX")
_MODIFIERS = ("compound", "nmod", "amod", "nummod", "poss")
_FUTURE = frozenset({"will", "'ll", "’ll", "shall", "wo", "would", "may", "might", "can"})
_PERFECT = frozenset({"have", "has", "had", "'ve", "’ve"})
_PRESENT = frozenset({"is", "are", "am", "'s", "'re", "'m"})
_COMPLEMENTS = ("xcomp", "ccomp", "advcl")
_CLIMB = 8  # steps up the tree to the governing verb


def is_time(match: Match, at: TokenAt) -> bool:
    """Whether the words are a time here: no verb "march", no modal "may", no count of 2020 people."""
    if match.rule == "year" and is_count(match, at):
        return False
    if len(match.tokens) == 1:
        return _single(match, at(match.tokens[0].start))
    article, word = match.tokens[0], match.tokens[1]
    if article.kind == "LAST" and (verb := at(article.start)) is not None and verb.pos_ == "VERB":
        return False  # "it will last one day"
    if match.rule == "ordday":
        ordinal = at(word.start)
        return ordinal is not None and ordinal.dep_ == "pobj"  # "on the 20th", not "on the 20th floor"
    if match.rule == "rel" and article.text == "This" and word.text[0].isupper():
        return False  # a programme, "This Week"
    common = len(match.tokens) == 2 and article.kind == "THE" and word.text.lower() in _COMMON
    return not common  # "the fall of the city"


def _single(match: Match, token: Token | None) -> bool:
    word = match.tokens[0]
    if word.kind == "YEAR":
        return is_year(match)
    if token is None:
        return True
    if word.kind == "ADVERB" and word.text[0].isupper() and _within_sentence(match):
        return False  # "The Daily Telegraph"
    if word.kind in ("TODAY", "NOW") and word.text[0].isupper() and _names(match):
        return False  # "USA Today"
    if word.kind == "TODAY" and _is_age(match):
        return False
    if word.kind == "DECADE" and match.before and match.before[-1].kind == "POSS":
        return False  # "in his 30s"
    if word.kind == "MONTH":
        if (
            word.text.lower() == "march"
            and not (_after_the(match) and token.dep_ in _MODIFIERS)
            and (_names(match) or _described(token))
        ):
            return False
        if word.text.lower() in ("may", "march", "august") and token.tag_ in ("MD", "VB", "VBP", "VBD", "JJ"):
            return False
        return not (token.ent_type_ == "PERSON" and token.text in ("May", "April", "June", "August"))
    if word.kind == "SEASON":
        common = word.text.lower() in ("fall", "spring") and not _in_time(match)
        return token.pos_ in ("NOUN", "PROPN", "ADJ") and (not common or token.dep_ in _MODIFIERS)
    return True


def _names(match: Match) -> bool:
    """Whether a name or a common noun stands there: "his Long March", "USA Today"."""
    if not match.before:
        return False
    last = match.before[-1]
    return last.kind in ("THE", "POSS", "A") or (
        last.kind == "OTHER" and last.text[0].isupper() and match.start - last.end == 1
    )


def _is_age(match: Match) -> bool:
    """Whether the times are meant and no day: "today's world", "the leaders of tomorrow"."""
    if match.after and match.after[0].kind == "POSSESSIVE":
        return len(match.after) > 1 and match.after[1].text.lower() in read_words("era_nouns")
    of = len(match.before) > 1 and match.before[-1].kind == "OF"
    return of and match.tokens[0].value == "1" and match.before[-2].kind == "OTHER"


def _within_sentence(match: Match) -> bool:
    return bool(match.before) and match.before[-1].kind not in ("DOT", "BREAK", "DASH")


def _after_the(match: Match) -> bool:
    return bool(match.before) and match.before[-1].kind == "THE"


def _described(token: Token) -> bool:
    """Whether an adjective that no month takes stands before it: "the annual March for Life"."""
    return bool(token.i > 0 and token.nbor(-1).pos_ == "ADJ")


def _in_time(match: Match) -> bool:
    return bool(match.before) and match.before[-1].kind in (*PREPOSITIONS, "THE")


def _token(match: Match, at: TokenAt) -> Token | None:
    return next((t for t in map(at, (t.start for t in match.tokens)) if t is not None), None)


def describes(match: Match, at: TokenAt) -> bool:
    """Whether the time describes a noun after it: "Monday's vote", "the 2020 protests"."""
    if match.after and match.after[0].kind == "POSSESSIVE":
        return True
    token = _token(match, at)
    if token is None or token.dep_ not in _MODIFIERS:
        return False
    return token.head.pos_ in ("NOUN", "PROPN") and token.head.idx >= match.end


def tense_at(match: Match, at: TokenAt) -> int:
    """-1 where the clause of the words speaks of the past, 1 of what is to come, 0 where it does not tell.

    An infinitive or a participle has the tense of the verb that governs it; a time that describes a
    noun ("Wednesday's ruling", "the October slaying") has none.
    """
    token = _token(match, at)
    if token is None or describes(match, at):
        return 0
    forward = read_words("forward_words")
    if match.before and match.before[-1].text.lower() in forward:
        return 1
    direct = not (match.before and match.before[-1].kind in ("FOR", "TO", "UNTIL"))
    for _ in range(_CLIMB):
        if token.lemma_.lower() in forward and token.pos_ != "PROPN":
            return -1 if _is_over(token, direct) else 1
        if _was_to(token):
            return 0
        if token.pos_ in _VERBS and (tense := tense_of(token)):
            return tense
        if token.head is token:
            return 0
        direct = direct and token.dep_ not in _COMPLEMENTS
        token = token.head
    return 0


def _was_to(verb: Token) -> bool:
    """Whether something was due, before or after the day of publication: "it was to end in May"."""
    head = verb.head
    return (
        verb.dep_ == "xcomp"
        and head.lower_ in ("was", "were")
        and head.i < verb.i
        and any(child.lower_ == "to" for child in verb.children if child.dep_ == "aux")
        and not any(child.dep_ in ("attr", "acomp") for child in head.children)
    )


def lapsed(match: Match, at: TokenAt) -> bool:
    """Whether something was not so until the time, and then was: "until Thursday they had not named him"."""
    token = _token(match, at)
    if token is None or not match.before or match.before[-1].kind != "UNTIL":
        return False
    for _ in range(_CLIMB):
        if token.pos_ in _VERBS:
            return {"had", "neg"} <= {c.lower_ if c.dep_ == "aux" else c.dep_ for c in token.children}
        token = token.head
    return False


def _is_over(token: Token, direct: bool) -> bool:
    """Whether a word that looks ahead tells of the past: "expired on Monday", "had been due to expire".

    The time must hang on it directly: "the ministers planned to meet on Monday" looks ahead.
    """
    verb = token
    for _ in range(_CLIMB):
        if verb.dep_ not in (*_COMPLEMENTS, "acomp"):
            break
        verb = verb.head
    if any(child.lower_ == "had" and child.dep_ == "aux" for child in verb.children):
        return True
    return direct and token.tag_ == "VBD" and token.lemma_.lower() not in read_words("planning_verbs")


def tense_of(verb: Token) -> int:
    """The tense of a finite verb with its auxiliaries; 0 for the present and for verbs without a tense."""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    words = {c.lower_ for c in auxiliaries}
    tags = {c.tag_ for c in auxiliaries}
    if words & _FUTURE and "have" not in words:
        return 1
    if verb.tag_ == "VBD" or "VBD" in tags or words & _PERFECT:
        return -1
    if verb.tag_ == "VBN" and not auxiliaries:
        return -1  # "the decision announced Wednesday"
    if verb.tag_ == "VBG" and words & _PRESENT:
        return 1
    if "to" in words and verb.head.lower_ in _PRESENT:
        return 1  # "trading is to resume Tuesday"
    return 1 if not auxiliaries and _is_scheduled(verb) else 0


def _is_scheduled(verb: Token) -> bool:
    """Whether the present tells what is to come: "the truce ends on Sunday", "takes effect on Wednesday"."""
    if verb.tag_ in ("VBP", "VBZ") and verb.lemma_ in read_words("scheduled_verbs"):
        return True
    if verb.tag_ not in ("VBP", "VBZ") or verb.lemma_ not in ("take", "come", "go", "enter"):
        return False
    begun = {word.lower_ for child in verb.children for word in (child, *child.children)}
    return bool(begun & {"effect", "force"})

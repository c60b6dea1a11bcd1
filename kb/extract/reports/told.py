"""Which dated happening of the text a later word means: "the rally", "his arrest", "the accident"."""

from __future__ import annotations

from collections import deque
from functools import cache
from typing import TYPE_CHECKING

from kb.extract.dating.happenings import happening_words, is_happening, kind_of
from kb.extract.dating.timing import VERBS
from kb.extract.reports.phrasals import Phrase
from kb.lexicon import read_table
from kb.model.values import Interval

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset(["the", "this", "that", "these", "those"])
# Words for all of a kind, and kinds so wide that one word of them says little of another.
_GENERIC = frozenset(
    ["accident", "incident", "disaster", "tragedy", "catastrophe", "attack", "assault", "violence"]
)
_WIDE = frozenset(["attack", "accident", "disaster", "fighting", "killed", "started", "ended", "contest"])
_POLLS = frozenset(["vote", "poll", "ballot"])
_VOTES = frozenset(["election", "primary", "referendum", "vote"])  # kinds of what these words may mean
_ALIKE = (
    2  # letters in which a noun and its verb may differ at the end of the shorter: "explosion", "explode"
)
_STEM = 4
_MOST = 200  # so many are remembered; what is farther back is meant no more


class Told:
    """The latest dated happenings of a text, in order, as far as it has been read."""

    def __init__(self) -> None:
        self._told: deque[tuple[Token, Phrase, Interval]] = deque(maxlen=_MOST)

    def add(self, token: Token, phrase: Phrase, interval: Interval) -> None:
        """Remember a happening with its date."""
        if interval.date is not None:
            self._told.append((token, phrase, interval))

    def of(self, token: Token) -> Interval | None:
        """The date of the happening that the word means, or None where that is none or not sure."""
        if token.pos_ in VERBS:
            same = [
                i for told, _, i in self._told if told.lemma_ == token.lemma_ and _same_subject(told, token)
            ]
            return same[-1] if same else None
        if not _is_definite(token):
            return None
        around = [entry for entry in self._told if _fits(token, entry[0])]
        named = [interval for told, phrase, interval in around if _named(token, told, phrase)]
        if named:
            return named[-1]
        kinds = [interval for told, phrase, interval in around if _same_kind(token, told, phrase)]
        return kinds[-1] if len({interval.date for interval in kinds}) == 1 else None


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ in _DEFINITE or child.dep_ == "poss" for child in noun.lefts)


def _fits(noun: Token, told: Token) -> bool:
    """Whether the sentence of the happening has the words that limit the noun: "the Paris attacks"."""
    limits = [child for child in noun.lefts if child.dep_ in ("compound", "amod", "nummod")]
    if happening_words(noun) not in (None, noun.lemma_.lower()):
        limits = limits[:-1]  # "press release" is one word for it
    behind = (child for child in noun.rights if child.dep_ == "prep")
    limits += [token for child in behind for token in child.subtree if token.pos_ in ("PROPN", "NUM")]
    there = {word.lower_ for word in told.sent} | {word.lemma_.lower() for word in told.sent}
    return all(word.lower_ in there or word.lemma_.lower() in there for word in limits)


def _named(noun: Token, told: Token, phrase: Phrase) -> bool:
    """Whether the noun is the happening's own word, or is made of its verb: "election" of "elected"."""
    lemma, verb = noun.lemma_.lower(), told.lemma_.lower()
    made = told.pos_ in VERBS and len(verb) >= _STEM and lemma.startswith(verb)
    return made or lemma in _words(told, phrase)


def _words(token: Token, phrase: Phrase) -> set[str]:
    """The lemmas that name the happening: its trigger's, and those of its verb's subject and object."""
    around = (child for child in token.children if child.dep_ in ("dobj", "obj", "nsubj", "nsubjpass"))
    named = {child.lemma_.lower() for child in around if is_happening(child)}
    return {token.lemma_.lower(), *phrase.lemma.split()} | named


def _same_subject(one: Token, other: Token) -> bool:
    subjects = [
        next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
        for verb in (one, other)
    ]
    first, second = subjects
    if first is None or second is None or second.pos_ == "PRON":
        return second is not None
    return bool(first.lemma_.lower() == second.lemma_.lower())


def _same_kind(noun: Token, told: Token, phrase: Phrase) -> bool:
    """Whether a noun of the same kind may mean the happening, and not another of its kind."""
    words = happening_words(noun) or noun.lemma_.lower()
    if noun.lemma_.lower() in _POLLS and phrase.kind in _VOTES:
        return True
    kind = kind_of(noun, words)
    if kind is None or kind != phrase.kind:
        return False
    families = _families()
    if noun.lemma_.lower() in families:
        return families[noun.lemma_.lower()] in {families.get(word) for word in _words(told, phrase)}
    return words in _GENERIC or kind not in _WIDE or _one_stem(noun.lemma_.lower(), told.lemma_.lower())


def _one_stem(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    common = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    return common >= max(_STEM, shorter - _ALIKE)


@cache
def _families() -> dict[str, str]:
    return {row["word"]: row["family"] for row in read_table("event_families")}

"""Whether two names are one person's or one body's, by the names alone.

The answer is careful: `same` only where nothing speaks against it, `different` where a word that should
agree does not (another given name, another legal form), `unsure` for what somebody should look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import OSA

from kb.names.known import is_given_name, known_names
from kb.names.sounds import script_of, sound_similarity
from kb.names.spelling import Parsed, folded, is_listed_given, is_small, is_variant, parsed

Verdict = Literal["same", "unsure", "different"]
ALIKE = 0.62  # two words that may be one
_HOPELESS = 0.3  # words of one script with fewer letters in common do not sound alike either
EQUAL = 0.9  # two words that are one, a letter apart at most


class Comparison(NamedTuple):
    """What two names say: a verdict, and a score from 0 to 1 that ranks pairs."""

    verdict: Verdict
    score: float


@dataclass(frozen=True, slots=True)
class _Match:
    """How two names' words pair up: pairs with their likeness, and the words without a partner."""

    pairs: tuple[tuple[int, int, float], ...]
    left: tuple[int, ...]
    right: tuple[int, ...]


def compare_names(a: str, b: str) -> Comparison:
    """How likely two names, of whatever script, are names of one person or one body.

    Two names of the lexicon are what the lexicon says. Else the words are paired by spelling and
    sound. A given name that fits no given name of the other is a veto.

    >>> compare_names("Maria Kalesnikava", "Марыя Калеснікава").verdict
    'same'
    >>> compare_names("Maria Kolesnikova", "Olga Kolesnikova").verdict
    'different'
    """
    known_a, known_b = known_names().get(a), known_names().get(b)
    if known_a is not None and known_b is not None and known_a.kind == known_b.kind == "person":
        return Comparison("same", 1.0) if known_a.name == known_b.name else Comparison("different", 0.05)
    left, right = parsed(a), parsed(b)
    if len(left.words) <= 1 and len(right.words) <= 1 and not (left.forms or right.forms):
        return _compare_words(" ".join(left.words) or a, " ".join(right.words) or b)
    return _compare_parsed(left, right)


def _compare_words(a: str, b: str) -> Comparison:
    """Two single words: sound alone, and no certainty across scripts or for near spellings."""
    if folded(a) == folded(b) and script_of(a) == script_of(b):
        return Comparison("same", 1.0)
    score = 0.97 * max(
        sound_similarity(a, b), _spelt_alike(a, b) * 0.9 if script_of(a) == script_of(b) else 0
    )
    return Comparison("unsure" if score >= 0.45 else "different", score)


def _spelt_alike(a: str, b: str) -> float:
    left, right = folded(a), folded(b)
    if not left or not right:
        return 0.0
    return float(OSA.normalized_similarity(left, right))


@lru_cache(maxsize=200_000)
def _alike(a: str, b: str) -> float:
    """How alike two words of two names are, from 0 to 1."""
    left, right = folded(a), folded(b)
    if left and left == right:
        return 1.0
    if min(len(left), len(right)) == 1:
        return 0.8 if left[:1] == right[:1] else 0.0
    if is_variant(a, b):
        return 0.95
    spelt = _spelt_alike(a, b) if script_of(a) == script_of(b) else 1.0
    if spelt < _HOPELESS:
        return spelt
    sound = sound_similarity(a, b)
    if min(len(left), len(right)) <= 3 and script_of(a) == script_of(b) and sound < 1:
        sound *= 0.7  # a letter of three is another word
    return max(sound * 0.97, spelt if script_of(a) == script_of(b) else 0.0)


def _matched(left: Parsed, right: Parsed) -> _Match:
    """The words of two names paired, the likest first."""
    likeness = sorted(
        (
            (_alike(x, y) - 0.02 * abs(i - j), i, j)
            for i, x in enumerate(left.words)
            for j, y in enumerate(right.words)
        ),
        key=lambda triple: (-triple[0], triple[1], triple[2]),
    )
    pairs: list[tuple[int, int, float]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for score, i, j in likeness:
        if score >= ALIKE and i not in used_left and j not in used_right:
            pairs.append((i, j, _alike(left.words[i], right.words[j])))
            used_left.add(i)
            used_right.add(j)
    return _Match(
        tuple(sorted(pairs)),
        tuple(i for i, word in enumerate(left.words) if i not in used_left and not is_small(word)),
        tuple(j for j, word in enumerate(right.words) if j not in used_right and not is_small(word)),
    )


def _compare_parsed(left: Parsed, right: Parsed) -> Comparison:
    match = _matched(left, right)
    score = _score(left, right, match)
    if left.forms and right.forms and not left.forms & right.forms and not _same_class(left, right):
        return Comparison("different", min(score, 0.3) * 0.8)
    if left.numbers and right.numbers and left.numbers != right.numbers:
        return Comparison("unsure", score * 0.6)
    joined = _spelt_alike("".join(left.words), "".join(right.words))
    if joined == 1.0 and len("".join(left.words)) >= 6:
        return Comparison("same", 0.99)
    if match.left and match.right:
        return _with_conflict(left, right, match, max(score, joined * 0.6))
    if not match.pairs:
        return Comparison("different", max(score, joined * 0.5))
    return _without_conflict(left, right, match, max(score, joined * 0.75))


def _same_class(left: Parsed, right: Parsed) -> bool:
    """Whether forms of one kind merely differ by country or fashion: Ltd and LLC, Inc. and Corp."""
    near = ({"llc", "ltd", "ooo", "tov", "srl", "sarl"}, {"corp", "inc", "ltd", "plc", "jsc"})
    return any(left.forms & forms and right.forms & forms for forms in near)


def _score(left: Parsed, right: Parsed, match: _Match) -> float:
    """The likeness of the paired words, as a share of all letters of the shorter and of the longer name."""
    weights = [sum(_weight(word) for word in name.words) or 1.0 for name in (left, right)]
    sizes = [0.0, 0.0]
    for i, j, alike in match.pairs:
        sizes[0] += _weight(left.words[i]) * alike
        sizes[1] += _weight(right.words[j]) * alike
    shares = sorted(size / weight for size, weight in zip(sizes, weights))
    return 0.35 * shares[0] + 0.65 * shares[1]


def _weight(word: str) -> float:
    return 0.5 if is_small(word) else 1.0 + 0.1 * min(len(word), 10)


def _with_conflict(left: Parsed, right: Parsed, match: _Match, score: float) -> Comparison:
    """Both names have a word that the other lacks: another given name is a veto, another surname nearly."""
    if not match.pairs:
        return Comparison("different", 0.3 * score)
    company = left.forms or right.forms
    given_differ = _is_given(left, match.left) and _is_given(right, match.right)
    best = max(_alike(left.words[i], right.words[j]) for i in match.left for j in match.right)
    if given_differ or company or len(match.left) + len(match.right) > 3:
        return Comparison("different" if best < 0.5 or company else "unsure", score * (0.3 + 0.3 * best))
    return Comparison("unsure", score * (0.45 + 0.3 * best))


def _is_given(name: Parsed, positions: tuple[int, ...]) -> bool:
    """Whether the words without a partner are given names rather than surnames."""
    if positions[0] == 0 and len(name.words) > 1:
        return True
    word = name.words[positions[0]]
    return len(name.words) > 1 and positions[0] < len(name.words) - 1 and is_given_name(word) is True


def _without_conflict(left: Parsed, right: Parsed, match: _Match, score: float) -> Comparison:
    """One name's words are all in the other: the same where they are equal and enough."""
    weakest = min(alike for _, _, alike in match.pairs)
    full = [alike for i, j, alike in match.pairs if len(left.words[i]) > 1 and not is_small(left.words[i])]
    crossed = any(i < k and j > m for i, j, _ in match.pairs for k, m, _ in match.pairs)
    swapped = crossed and not (left.reordered or right.reordered) and _may_be_swapped(left, right)
    lone = min(len(left.words), len(right.words)) == 1 and max(len(left.words), len(right.words)) > 1
    certain = weakest >= EQUAL and len(full) >= 2 and not swapped
    if lone and not (left.forms or right.forms):
        return Comparison("unsure", score * 0.75)
    if left.forms or right.forms:
        certain = weakest >= EQUAL and not (match.left or match.right) and bool(full)
    if certain and not _gender_differs(left, right, match):
        return Comparison("same", 0.6 + 0.4 * score)
    return Comparison("unsure", score * (0.7 if swapped else 0.92))


def _may_be_swapped(left: Parsed, right: Parsed) -> bool:
    """Whether each name could be read in either order: both its words are given names."""
    return all(
        is_given_name(word) is not None or is_listed_given(word) for word in (*left.words, *right.words)
    )


def _gender_differs(left: Parsed, right: Parsed, match: _Match) -> bool:
    """Whether paired given names that sound alike are a man's and a woman's: `Michel`, `Michelle`."""
    return any(
        i == 0
        and alike < 1
        and not is_variant(left.words[i], right.words[j])
        and is_given_name(left.words[i]) is not None
        and is_given_name(right.words[j]) is not None
        and script_of(left.words[i]) == script_of(right.words[j])
        for i, j, alike in match.pairs
    )

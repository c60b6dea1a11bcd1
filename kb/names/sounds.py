"""How alike two words sound, whatever script each is written in.

A word's letters are read as sounds (`sch`, `sz`, `š` and `ш` are one), and two rows of sounds are compared
by an edit distance in which near sounds cost little: voiced and voiceless ones, `r` and `l` where a script
has but one, vowels that a script leaves out (Arabic, Hebrew) or puts in (Chinese, Japanese, Korean).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate

from anyascii import anyascii

from kb.lexicon import read_table

VOWELS = frozenset("aeiou")
_SMALL_KANA = dict(zip("ァィゥェォャュョッー", ("a", "i", "u", "e", "o", "ya", "yu", "yo", "", "")))
_AS_WRITTEN = frozenset({"LATIN", "CYRILLIC", "ARABIC", "HEBREW"})
_SYLLABIC = frozenset({"CJK", "HANGUL", "KATAKANA", "HIRAGANA"})
_UNVOWELLED = frozenset({"ARABIC", "HEBREW"})


def script_of(word: str) -> str:
    """The script of a word's first letter (`LATIN`, `CYRILLIC`, `CJK`, ...), empty if it has none."""
    for character in word:
        if character.isalpha():
            return unicodedata.name(character, "").split(" ")[0]
    return ""


def romanized(word: str) -> str:
    """A word in lower-case Latin letters without diacritics, kana read as the syllables that they spell."""
    if script_of(word) not in ("KATAKANA", "HIRAGANA"):
        return str(anyascii(word)).lower()
    found = ""
    for character in word:
        small = _SMALL_KANA.get(character)
        if small is None:
            found += anyascii(character).lower()
        elif small and found[-1:] in VOWELS:
            found = found[:-1] + small
    return found


@cache
def _readings() -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    """Script -> the pattern that finds its letters, longest first, and their sounds."""
    table: dict[str, dict[str, str]] = {}
    for row in read_table("sounds"):
        table.setdefault(row["script"], {})[row["letters"]] = row["sound"]
    return {
        script: (re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True)))), letters)
        for script, letters in table.items()
    }


@lru_cache(maxsize=100_000)
def sounds(word: str) -> str:
    """A word as a row of sounds, one character each, none twice in a row.

    >>> sounds("Šatalov"), sounds("Шаталов")
    ('Satalov', 'Satalov')
    """
    script = script_of(word)
    text = unicodedata.normalize("NFC", word.lower()) if script in _AS_WRITTEN else romanized(word)
    pattern, letters = _readings()[script if script in _readings() else "OTHER"]
    text = pattern.sub(lambda match: letters[match.group()], text)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-zA-Z]", "", anyascii(text)))


@cache
def _near() -> dict[tuple[str, str], float]:
    """Two sounds -> what it costs to take one for the other, where that is less than 1."""
    table: dict[tuple[str, str], float] = {}
    for row in read_table("near_sounds"):
        first, second = row["sounds"][0], row["sounds"][1]
        table[first, second] = table[second, first] = float(row["cost"])
    return table


@lru_cache(maxsize=200_000)
def sound_similarity(a: str, b: str) -> float:
    """How alike two words sound, from 0 to 1; 1 for words that are read alike.

    >>> sound_similarity("Lukashenko", "Лукашенко")
    1.0
    """
    left, right = sounds(a), sounds(b)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    scripts = frozenset({script_of(a), script_of(b)})
    weight = _weights(scripts)
    size = sum(weight(s) for s in left) + sum(weight(s) for s in right)
    return max(0.0, 1 - 2 * _distance(left, right, scripts) / size)


def _weights(scripts: frozenset[str]) -> Callable[[str], float]:
    """What it costs to leave a sound out, between words of these scripts."""
    vowel = 0.2 if scripts & _UNVOWELLED else 0.25 if scripts & _SYLLABIC else 0.45
    table = {"h": 0.4, "w": 0.4, "y": 0.35, "r": 0.5 if scripts & _SYLLABIC else 1.0}

    def weight(sound: str) -> float:
        return vowel if sound in VOWELS else table.get(sound, 1.0)

    return weight


def _distance(left: str, right: str, scripts: frozenset[str]) -> float:
    """The least cost of turning one row of sounds into the other."""
    weight, near = _weights(scripts), _near()
    liquid = 0.15 if scripts & _SYLLABIC else 0.6
    costs = [weight(sound) for sound in right]
    row = list(accumulate(costs, initial=0.0))
    for sound in left:
        left_out = weight(sound)
        before, row = row, [row[0] + left_out]
        for index, other in enumerate(right):
            if sound == other:
                cost = 0.0
            elif sound in VOWELS and other in VOWELS:
                cost = 0.2 if not scripts & _UNVOWELLED else 0.1
            elif {sound, other} == {"r", "l"}:
                cost = liquid
            else:
                cost = near.get((sound, other), 1.0 if (sound in VOWELS) == (other in VOWELS) else 1.2)
            row.append(min(before[index] + cost, before[index + 1] + left_out, row[index] + costs[index]))
    return row[-1]

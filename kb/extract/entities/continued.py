"""Names that go on behind what ends others.

Behind a comma in an enumeration (`Ministry of Labour, Health and Welfare`), behind `to` with what a body is
for (`Committee to Protect Journalists`).
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.extract.entities.parts import Part
from kb.extract.entities.vocabulary import is_common_word
from kb.extract.entities.word_lists import OF_LIKE, head_words, is_title, nothings, titles
from kb.extract.entities.words import Word
from kb.names.known import demonyms, known_names

_THINGS = 8  # enumerated in one name, at most
_ENUMERATED = 4  # words of one of the things enumerated, at most


def continued(text: str, parts: Sequence[Part], words: Sequence[Word]) -> list[Part]:
    """The parts with those joined that are one name."""
    position = {word.start: index for index, word in enumerate(words)}
    found: list[Part] = []
    index = 0
    while index < len(parts):
        size = _size(text, parts, index)
        if size > 1:
            first, last = position[parts[index].start], position[parts[index + size - 1].words[-1].start]
            found.append(Part(tuple(words[first : last + 1]), parts[index].title))
        else:
            found.append(parts[index])
        index += size
    return found


def _size(text: str, parts: Sequence[Part], index: int) -> int:
    """How many parts from one on are one name."""
    part = parts[index]
    if index + 1 == len(parts):
        return 1
    gap = text[part.end : parts[index + 1].start]
    if gap == " to " and part.words[-1].text in head_words("before_to"):
        verb = parts[index + 1].words[0].text
        return (
            2
            if is_common_word(verb) and verb not in known_names() and not is_title(parts[index + 1].words[0])
            else 1
        )
    after_of = [at for at, word in enumerate(part.words) if word.text in OF_LIKE]
    if gap != ", " or not after_of or not _is_headed(part) or not _are_plain(part.words[after_of[-1] + 1 :]):
        return 1
    for end in range(index + 1, min(len(parts), index + 1 + _THINGS)):
        if not _are_plain(parts[end].words):
            return 1
        if any(word.text in ("and", "&") for word in parts[end].words):
            return end - index + 1
        gap = text[parts[end].end : parts[end + 1].start] if end + 1 < len(parts) else ""
        if gap in (" and ", ", and ", " & "):
            return end + 2 - index if _are_plain(parts[end + 1].words) else 1
        if gap != ", ":
            return 1
    return 1


def _is_headed(part: Part) -> bool:
    return part.words[0].text in head_words("first") or any(
        word.text in head_words("last") and head_words("last")[word.text][0] == "organisation"
        for word in part.words[:4]
    )


def _is_body(word: str) -> bool:
    """Whether a word heads names and is no field of government: `Police`, not `Energy`."""
    return word in head_words("last") and not _is_field(word)


def _is_field(word: str) -> bool:
    return "portfolio" in titles().get(word, frozenset())


def _are_plain(words: Sequence[Word]) -> bool:
    """Whether ordinary words name a field, and no body, people or place."""
    capitals = [word for word in words if word.capital]
    return (
        0 < len(capitals) <= _ENUMERATED
        and not any(word.possessive or word.number for word in words)
        and not (len(capitals) == 1 and _is_body(capitals[0].text))
        and all(
            is_common_word(word.text)
            and (word.text not in known_names() or _is_field(word.text))
            and word.text not in demonyms()
            and word.text not in nothings()
            and not is_title(word)
            for word in capitals
        )
    )

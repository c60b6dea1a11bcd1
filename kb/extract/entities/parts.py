"""A run of capitalised words -> the names in it: titles and adjectives off, joined names apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kb.extract.entities.joining import joins, known_across
from kb.extract.entities.officers import officer
from kb.extract.entities.vocabulary import is_common_word
from kb.extract.entities.word_lists import (
    CODE,
    SAINTS,
    before_of,
    calendar_words,
    goes_on,
    head_of,
    head_words,
    is_title,
    is_whole_known,
    known_at,
    nothings,
    peoples,
    postnominals,
    thing_words,
    title_size,
)
from kb.extract.entities.words import Word
from kb.lexicon import read_words
from kb.names.known import Known, demonyms, is_given_name, is_surname, known_names


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a run that may be a name, never empty; `title` is the title or role right before it."""

    words: tuple[Word, ...]
    title: str | None = None

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def names_in(text: str, run: Sequence[Word]) -> Iterator[Part]:
    """The names that a run is made of, each with the title before it."""
    for undated in _cut_at_dates(text, run):
        for piece in _cut_after_possessives(text, undated):
            yield from _untitled(text, piece)


def _cut_at_dates(text: str, run: Sequence[Word]) -> Iterator[list[Word]]:
    """A run without weekdays, months and compound adjectives: `Monday Boris Johnson`; `Theresa May` stays."""
    piece: list[Word] = []
    index = 0
    while index < len(run):
        hit = known_at(text, run, index)
        if hit and hit[0] > 1:
            piece += run[index : index + hit[0]]
            index += hit[0]
            continue
        word = run[index]
        near = (*run[max(0, index - 1) : index], *run[index + 1 : index + 2])
        dated = word.text in calendar_words() and (
            is_given_name(word.text) is None or any(other.number for other in near)
        )
        if dated or is_compound_adjective(word.text):
            yield piece
            piece = []
            while dated and index + 1 < len(run) and run[index + 1].number:
                index += 1
        else:
            piece.append(word)
        index += 1
    yield piece


def is_compound_adjective(word: str) -> bool:
    """Whether a word joins a name with a participle or an adjective: `US-led`, `Muslim-majority`."""
    first, hyphen, last = word.rpartition("-")
    return bool(hyphen and first) and last in head_words("compound") and word not in known_names()


def _cut_after_possessives(text: str, run: Sequence[Word]) -> Iterator[list[Word]]:
    """A run cut after possessives: `Russia's Investigative Committee` is two names, `Women's Union` one."""
    within = head_words("possessive")
    piece: list[Word] = []
    index = 0
    while index < len(run):
        hit = known_at(text, run, index)
        size = hit[0] if hit else 1
        piece += run[index : index + size]
        index += size
        owner = piece[-1]
        many = owner.text.lower() in within or (hit is None and _are_many(owner))
        if owner.possessive and not many:
            yield piece
            piece = []
    yield piece


def _are_many(owner: Word) -> bool:
    """Whether a possessor is a plural of an ordinary word: `Doctors' Hospital`."""
    return owner.text.endswith("s") and owner.text not in known_names() and is_common_word(owner.text)


def _untitled(text: str, piece: Sequence[Word]) -> Iterator[Part]:
    """A piece cut at its titles; what follows a title is what the title is of."""
    words = _stripped(piece)
    if not words:
        return
    behind = piece[-1].text if piece[-1].text in postnominals() and words[-1] is not piece[-1] else None
    if words[0].text in _royal() and is_whole_known(text, words[1:]):
        yield Part(tuple(words[1:]), words[0].text)  # `Queen Margrethe II`; `Queen Margrethe` stays
        return
    if (_is_headed(words) and not behind) or is_whole_known(text, words):
        yield from _segments(text, words, None)
        return
    index, start, title = 0, 0, None
    while index < len(words):
        named = _in_office_of(words[start:index]) or _is_surname_at(words, start, index)
        size = 0 if named else title_size(words, index)
        if size and words[index].text not in SAINTS and not goes_on(text, words, index, size):
            yield from _segments(text, words[start:index], title)
            title = " ".join(word.text for word in words[index : index + size])
            index += size
            start = index
        else:
            known = known_at(text, words, index)
            index += known[0] if known else 1
            if known and _takes_area(known[1]) and index < len(words):
                index += words[index].text in ("County", "City", "State", "Province", "District", "Region")
    yield from _segments(text, words[start:], title or behind)


def _takes_area(known: Known) -> bool:
    """Whether `County` or the like behind a known name belongs to it: `Santa Barbara County Sheriff`."""
    return known.kind == "place" and known.type != "country"


@cache
def _royal() -> frozenset[str]:
    return read_words("titles", type="royal")


def _in_office_of(before: Sequence[Word]) -> bool:
    """Whether the name of a body has begun that goes on with a title: `Office of the High Commissioner`.

    `House of Commons Speaker` is a body and its officer.
    """
    if len(before) < 2 or before[0].text not in head_words("first"):
        return False
    of = [index for index, word in enumerate(before) if word.text == "of"]
    return bool(of) and (of[-1] == len(before) - 1 or before[of[-1] + 1].text == "the")


def _is_surname_at(words: Sequence[Word], start: int, index: int) -> bool:
    """Whether a title's word ends a full name: `Sara Bishop`, `John Major`."""
    word, before = words[index], words[start:index]
    return (
        index == len(words) - 1
        and 1 <= len(before) <= 2
        and is_given_name(before[0].text) is True
        and before[0].text not in known_names()
        and not before[-1].possessive
        and is_surname(word.text)
        and all(title_size(before, at) == 0 for at in range(len(before)))
    )


def _is_headed(words: Sequence[Word]) -> bool:
    """Whether the last word is a name's sure head: `Queen Elizabeth Hospital`, not `Sheriff Bill Park`."""
    core = before_of(words)
    head = head_words("last").get(core[-1].bare)
    if head is None or not head[1] or len(words) < 2 or is_title(core[-1]):
        return False
    if words[0].text in SAINTS:
        return True
    return not any(is_given_name(word.text) for word in words[1:-1]) or not is_title(words[0])


def _stripped(words: Sequence[Word]) -> list[Word]:
    """Words without the small words and stray numbers at either end."""
    found = list(words)
    while found and not found[0].capital and not (found[0].number and _is_address(found)):
        found = found[1:]
    while found and not found[-1].capital and not (found[-1].number and _is_numbered(found)):
        found = found[:-1]
    while len(found) > 2 and found[-1].text in postnominals():
        found = found[:-1]
    return found


def _is_address(words: Sequence[Word]) -> bool:
    """`36 Quai Branly`, `10 Downing Street`: a house number belongs to its street."""
    if len(words) < 3 or len(words[0].text) > 4:
        return False
    return words[1].text in head_words("street_first") or words[-1].text in head_words("street_last")


def _is_numbered(words: Sequence[Word]) -> bool:
    """`Region 11`, `WESH 2`: names that a number belongs to."""
    if len(words) < 2 or len(words[-1].text) > 2:
        return False
    before = words[-2].text
    station = before.isupper() and 3 <= len(before) <= 5 and before not in nothings()
    return station or before in head_words("numbered")


def _segments(text: str, words: Sequence[Word], title: str | None) -> Iterator[Part]:
    """Names joined by small words taken apart unless they are one name."""
    piece: list[Word] = []
    index = 0
    while index < len(words):
        word = words[index]
        if word.capital or word.number:
            piece.append(word)
        elif piece:
            across = known_across(text, words, piece, index)
            if across:
                piece += words[index : index + across]
                index += across
                continue
            if joins(text, piece, word, words[index + 1 :]):
                piece.append(word)
            else:
                yield from _whole(text, _stripped(piece), title)
                piece, title = [], None
        index += 1
    yield from _whole(text, _stripped(piece), title)


def _whole(text: str, words: Sequence[Word], title: str | None) -> Iterator[Part]:
    """One name, without the nationality or the common word before it; a country before a name is its own."""
    words, title = _without_adjectives(text, list(words), title)
    if len(words) > 1 and words[0].text == "The" and not _keeps_article(text, words):
        words = words[1:]
    if not words:
        return
    hit = known_at(text, words, 0)
    if hit and hit[1].type == "city" and is_given_name(words[0].text) is not None:
        hit = None  # `Mary` is a city, too
    rest = words[hit[0] :] if hit else words[1:]
    if found := officer(words):
        if found[0]:
            yield Part(tuple(words[: found[0]]))
        between = words[found[0] : found[1]]
        yield Part(tuple(words[found[1] :]), title or (between[-1].text if between else None))
        return
    if hit and _is_body(hit[1]) and _looks_full(rest):
        yield Part(tuple(words[: hit[0]]))
        yield Part(tuple(rest), title)
        return
    if rest and _is_person(rest, sure=hit is not None or not _is_role(words[0])):
        if hit:
            yield Part(tuple(words[: hit[0]]))
            yield from _whole(text, _stripped(rest), title)
            return
        if is_given_name(words[0].text) is None and _describes(words[0]):
            words, title = rest, words[0].text
    elif hit and rest and hit[1].type == "country" and not head_of(words) and not is_whole_known(text, rest):
        yield Part(tuple(words[: hit[0]]))
        yield from _whole(text, _stripped(rest), title)
        return
    if hit and rest and all(CODE.fullmatch(word.text) for word in rest):
        words = words[: hit[0]]  # `BMW X5`
    yield Part(tuple(words), title)


def _keeps_article(text: str, words: Sequence[Word]) -> bool:
    """Whether `The` belongs to the name: `The Guardian`, `The Hague`; not `The Gambia`."""
    known = known_at(text, words, 0)
    if len(words) > 2 and words[-1].bare in head_words("press"):
        return True  # `The Aviation Herald`, whose article had no other reason for its capital
    return known is not None and known[0] > 1 and known[1].type != "country"


def _without_adjectives(text: str, words: list[Word], title: str | None) -> tuple[list[Word], str | None]:
    """Words without the nationalities, creeds and titles before them, and the title."""
    if (
        len(words) > 2 and " ".join(word.text for word in words[:2]) in peoples()
    ):  # `Roman Catholic Pope Pius`
        hit = known_at(text, words, 0)
        if (hit is None or hit[0] < 2) and not (head_of(words) or words[-1].bare in head_words("last")):
            words = _stripped(words[2:])
    while len(words) > 1 and (words[0].text in demonyms() or _is_creed(text, words)):
        if known_at(text, words, 0) or head_of(words) or words[-1].bare in head_words("last"):
            break
        rest = _stripped(words[1:])
        size = title_size(rest, 0) if rest else 0
        people = words[0].text.endswith(("ans", "is")) and len(rest) == 2  # `Ethiopians Dejene Debela`
        named = size or known_at(text, rest, 0) or is_given_name(rest[0].text) if rest else 0
        creeds = len(rest) > 2 and rest[0].text in peoples()  # `Roman Catholic Bishop Hill`
        if len(rest) > 1 and not (people or named or creeds):
            break  # `African Free Trade Area`
        words = rest
        if size and not goes_on(text, words, 0, size):
            title = " ".join(word.text for word in words[:size])
            words = _stripped(words[size:])
    return words, title


def _is_creed(text: str, words: Sequence[Word]) -> bool:
    """Whether the first word tells of whose creed or party what follows is: `Democratic US`."""
    if words[0].text not in peoples():
        return False
    hit = known_at(text, words, 1)
    return len(words) > 2 or (hit is not None and hit[1].type == "country")


def _is_person(words: Sequence[Word], *, sure: bool) -> bool:
    """Whether words look like a person's full name; not `sure` ones need no known given name."""
    if len(words) < 2 or words[-1].bare in head_words("last") or not words[0].capital:
        return False
    return is_given_name(words[0].text) is True or not sure


def _is_body(known: Known) -> bool:
    """Whether a known name is that of a body that members speak for: no company, no paper."""
    return known.kind == "organisation" and known.type not in ("company", "media", "sport")


def _looks_full(words: Sequence[Word]) -> bool:
    """Whether two words behind a body's name are its member's, given name and surname."""
    if len(words) != 2 or not all(word.capital for word in words) or is_common_word(words[0].text):
        return False
    last = words[1]
    return last.bare not in head_words("last") and last.text not in known_names() and is_surname(last.text)


def _is_role(word: Word) -> bool:
    """Whether a word is a profession by its ending: `Oceanographer`."""
    lower = word.text.lower()
    return lower.endswith(("er", "or", "ist", "man", "woman")) and len(lower) > 5 and is_common_word(lower)


def _describes(word: Word) -> bool:
    """Whether a capitalised word before a person's name is a role or an affiliation: `Republican`."""
    if word.text in thing_words():
        return False
    return is_common_word(word.text) or word.text in nothings() or word.text in demonyms()

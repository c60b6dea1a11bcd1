"""Which of several things of one name is meant, by what stands around the name in its sentences.

A sentence is taken as what stands before a name and what stands behind it. Nothing is guessed: where the
words do not tell, or tell different things, the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from kb.lexicon import read_table
from kb.names.keys import folded_name, listed

Around = tuple[str, str]  # a sentence before a name, and behind it
_PART = "state|province|territory|commonwealth|region|governorate|prefecture|canton"
_OF_A_PART = re.compile(rf"\b(?:{_PART})(?:['’]s)? $", re.IGNORECASE)
_IN_A_PART = re.compile(rf" of (?:the|that|this) (?:{_PART})\b")
_CHAMBER = re.compile(r"\b(?:senate|representatives|assembly|delegates|deputies)$")
_OWNER = re.compile(r"((?:[A-Z][\w.-]+ ){0,2}[A-Z][\w.-]+)['’]s (?:state )?$")
_OWNED = re.compile(r" of ((?:[A-Z][\w.-]+ ?){1,3})")
_OFFICER = (
    r"(?:[Gg]overnor|[Ss]enator|[Aa]ttorneys? [Gg]eneral|[Ll]egislature|[Rr]epresentative|"
    r"[Ss]ecretary of [Ss]tate)s?"
)
_SAYS_PART = re.compile(
    rf"(?:\b(?:{_PART}|[Gg]overnorship) of|\b{_OFFICER} (?:of|from|for)|"
    r"\b(?:[Uu]pstate|[Ww]estern|[Ee]astern|[Nn]orthern|[Ss]outhern)) $"
)
_SAID_PART = re.compile(rf"(?:['’]s)? (?:{_PART}|{_OFFICER}|gubernatorial|[Ss]tate)\b", re.IGNORECASE)
_SAYS_CITY = re.compile(r"\b(?:[Mm]ayor(?:alty)? of|[Cc]ity of|[Dd]owntown|[Ss]uburbs? of|streets of) $")
_SAID_CITY = re.compile(r"(?:['’]s)? (?:[Cc]ity|[Mm]ayor|suburbs?|subway|airports?)\b|,? \(?D\.? ?C\b")
_BEFORE = re.compile(r"((?:[A-Z][\w.'’-]*\s)*[A-Z][\w.'’-]*),? (?:and |or )?$")
_LISTED_BEFORE = re.compile(r"(?:, | and | or )(?:and )?$|^(?:and |or )$")
_BEHIND = re.compile(r"(?:, (?:and |or )?| and | or )((?:[A-Z][\w.'’-]*\s?)*[A-Z][\w'’-]*)")
_NEAR = 5  # words between a name and what is said of who bears it
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def is_of_a_part(around: Collection[Around]) -> bool:
    """Whether a body is said to be that of a part of a country: `the state's Supreme Court`."""
    return any(_of_a_part(before, behind) for before, behind in around)


def is_chamber(name: str) -> bool:
    """Whether a name is that of a chamber of a parliament, of which the text may speak beside its sister."""
    return _CHAMBER.search(folded_name(name)) is not None


def _of_a_part(before: str, behind: str) -> bool:
    if _OF_A_PART.search(before) or _IN_A_PART.match(behind):
        return True
    owner, owned = _OWNER.search(before), _OWNED.match(behind)
    return any(found is not None and _is_part(found.group(1)) for found in (owner, owned))


def _is_part(words: str) -> bool:
    known = listed("place", words.strip())
    return known is not None and known.type in ("state", "region") and bool(known.country)


def place_meant(name: str, around: Collection[Around]) -> str | None:
    """What a place is called in full whose name a part of a country and a city in it share, if that is told.

    >>> place_meant("New York", [("She is a Senator from ", ".")])
    'New York State'
    >>> place_meant("New York", [("He was in ", " again.")]) is None
    True
    """
    namesakes = namesake_places()[folded_name(name)]
    told = {sense for before, behind in around if (sense := _sense(name, before, behind))}
    if len(told) > 1:
        return None
    return namesakes.get(told.pop() if told else namesakes["usual"])


@cache
def namesake_places() -> Mapping[str, Mapping[str, str]]:
    """Folded names that a part of a country shares with a city in it -> the row that says so."""
    return {folded_name(row["name"]): row for row in read_table("namesake_places")}


def _sense(name: str, before: str, behind: str) -> str | None:
    """`part` or `city`, as one sentence tells."""
    if _SAYS_CITY.search(before) or _SAID_CITY.match(behind):
        return "city"
    if _SAYS_PART.search(before) or _SAID_PART.match(behind):
        return "part"
    ahead, after = _BEFORE.search(before), _BEHIND.match(behind)
    in_front = ahead.group(1) if ahead and _LISTED_BEFORE.search(before) else None
    following = after.group(1) if after else None
    if name == following:
        return "city"  # `New York, New York`
    beside = [known.type for words in (in_front, following) if words and (known := listed("place", words))]
    if "state" in beside:
        return "part"
    return "part" if in_front and before.endswith(", ") and not following else None


def field_of(around: Collection[Around]) -> str | None:
    """What somebody is said to be known for by the word for the trade at the name, where that is one field.

    >>> field_of([("The award went to drummer ", ".")]), field_of([("", ", a German physicist, spoke.")])
    ('arts', 'science')
    """
    fields = _fields()
    found = {fields[word] for before, behind in around for word in _beside(before, behind) if word in fields}
    return found.pop() if len(found) == 1 else None


@cache
def _fields() -> Mapping[str, str]:
    return {row["word"]: row["field"] for row in read_table("role_fields")}


def _beside(before: str, behind: str) -> Iterator[str]:
    """The words that stand just before a name, and those of a phrase behind it."""
    ahead = re.split(r"[,;:.!?—]", before)[-1]
    yield from (word.lower() for word in _WORD.findall(ahead)[-_NEAR:])
    if behind.startswith((", ", " — ", " (")):
        yield from (word.lower() for word in _WORD.findall(behind)[:_NEAR])

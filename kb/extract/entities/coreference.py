"""Names of one article -> entities: surname and full name, acronym and long form, short forms.

A surname that fits two people belongs to the one whom the text had introduced alone before it was first
used, else to the one whom the headline names in full, else to neither. Two spellings are one where the
lexicon says so, or where a long name that stands once differs by a letter from one that stands more often.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from anyascii import anyascii
from rapidfuzz.distance import OSA

from kb.extract.entities.recognise import Name
from kb.extract.entities.sharing import SHORT
from kb.extract.entities.word_lists import OF_LIKE, folded, head_words, is_national
from kb.extract.entities.words import CONNECTORS, particles
from kb.model.values import EntityKind
from kb.names.known import known_names

Form = tuple[str, EntityKind]
_IN_BRACKETS = re.compile(r"['’]?s?\s*\(\s*(?:the\s+|or\s+)?[\"“]?")
_BRITISH = {"centre": "center", "organisation": "organization", "defence": "defense", "labour": "labor"}
LONG = 8  # letters of a name in which one letter may be a slip


def group_names(text: str, names: Sequence[Name], headline: str = "") -> list[list[Name]]:
    """Names in groups that each name one thing, groups and names in the order of the text.

    `headline` tells whom an article is about: a surname that several bear is that person's.
    """
    forms: dict[Form, list[Name]] = {}
    for name in names:
        forms.setdefault((name.text, name.kind), []).append(name)
    parent = {form: form for form in forms}

    def root(form: Form) -> Form:
        while parent[form] != form:
            form = parent[form]
        return form

    apart = frozenset(_listed_apart(text, names))
    for one, other in (*_defined(text, names), *_same_key(forms)):
        parent[root(other)] = root(one)
    longer = _Longer(forms)
    for form in sorted(forms, key=lambda form: (-len(form[0]), form)):
        found = [other for other in longer.of(form) if (form, other) not in apart]
        if len({root(other) for other in found}) > 1:
            if form[1] == "person":
                found = _introduced(form, found, forms) or _headlined(found, headline)
            else:
                found = _longest(found)
        for other in found[:1]:
            parent[root(form)] = root(other)
    groups: dict[Form, list[Name]] = {}
    for form, mentions in forms.items():
        groups.setdefault(root(form), []).extend(mentions)
    ordered = [sorted(group, key=lambda name: name.start) for group in groups.values()]
    return sorted(ordered, key=lambda group: group[0].start)


def fullest(forms: Iterable[str]) -> str:
    """The form that says most: of most words, then of most letters; of a known acronym the full name."""
    form = max(dict.fromkeys(forms), key=lambda form: (len(form.split()), len(form)))
    known = known_names().get(form)
    acronym = " " not in form and form.replace(".", "").isupper()
    return known.name if known is not None and known.kind != "person" and acronym else form


def _defined(text: str, names: Sequence[Name]) -> Iterator[tuple[Form, Form]]:
    """Names that the text itself says are one: a full name with another in brackets behind it."""
    for before, after in pairwise(names):
        opened = _IN_BRACKETS.fullmatch(text[before.end : after.start])
        closed = text[after.end : after.end + 3].lstrip("\"”' ")[:1] in (")", ",", ";")
        if opened and closed and before.kind == after.kind == "organisation":
            yield (before.text, before.kind), (after.text, after.kind)


def _listed_apart(text: str, names: Sequence[Name]) -> Iterator[tuple[Form, Form]]:
    """Names in one row, which name two things, however alike: `Washington and Washington, D.C.`."""
    for before, after in pairwise(names):
        between = text[before.end : after.start].strip(" ,").removesuffix(" the")
        if before.text != after.text and between in ("and", "or"):
            yield (before.text, before.kind), (after.text, after.kind)
            yield (after.text, after.kind), (before.text, before.kind)


def _same_key(forms: Iterable[Form]) -> Iterator[tuple[Form, Form]]:
    """Forms that are one name written differently, or two names of the lexicon for one thing."""
    by_key: dict[Form, Form] = {}
    for form in forms:
        first = by_key.setdefault((_key(form[0]), form[1]), form)
        if first != form:
            yield first, form


def _key(form: str) -> str:
    """Equal for forms that are one name: in case, number, `The`, `Ministry of X` and `X Ministry`."""
    known = known_names().get(form)
    if known is not None:
        return known.name.lower()
    words = [word for word in re.split(r"[\s-]+", form.lower()) if word not in ("the", "of", "for")]
    words = [_BRITISH.get(word, word) for word in (_singular(word) for word in words)]
    if words and words[-1] in ("ministry", "department"):
        words = [words[-1], *words[:-1]]
    return " ".join(words)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return re.sub(r"(?<=\w{3})s$", "", word)


class _Longer:
    """Finds the forms of an article that another may be short for, without comparing all with all."""

    def __init__(self, forms: dict[Form, list[Name]]) -> None:
        self._counts = {form: len(names) for form, names in forms.items()}
        self._by_word: dict[Form, list[Form]] = defaultdict(list)
        self._by_initials: dict[str, list[Form]] = defaultdict(list)
        self._by_stem: dict[str, list[Form]] = defaultdict(list)
        self._by_start: dict[Form, list[Form]] = defaultdict(list)
        for form in forms:
            text, kind = form
            words = _folded_words(text)
            for word in dict.fromkeys(words[:1] if kind == "place" else words):
                self._by_word[word, kind].append(form)
            if kind == "organisation" and len(words) > 1:
                for initials in _initials(text):
                    self._by_initials[initials].append(form)
            if kind == "person" and len(words) > 1 and len(words[-1]) > SHORT:
                self._by_stem[words[-1][:-1]].append(form)
            self._by_start[text[:3], kind].append(form)

    def of(self, form: Form) -> list[Form]:
        """The forms that this one is short for, or a slip for."""
        text, kind = form
        found = [
            other
            for other in self._by_word[_folded_words(text)[0], kind]
            if other != form and _shortens(_folded_words(text), _folded_words(other[0]), kind)
        ]
        if kind == "organisation" and _is_acronym(text):
            letters = "".join(filter(str.isalpha, text)).lower()
            found += [other for other in self._by_initials.get(letters, ()) if other not in found]
        if not found and kind == "person" and " " not in text and len(text) > SHORT:
            found = self._ending_alike(text)
        if not found and len(text) >= LONG and text not in known_names():
            found = [
                other
                for other in self._by_start[text[:3], kind]
                if self._counts[form] < self._counts[other] and OSA.distance(text, other[0]) == 1
            ]
        return found

    def _ending_alike(self, surname: str) -> list[Form]:
        """The full names whose surname has another last letter: `Yahya Sarea` of `Saree`."""
        plain = str(anyascii(surname))[:-1]
        return [form for form in self._by_stem.get(plain, ()) if form[0].split()[-1] != surname]


def _folded_words(form: str) -> list[str]:
    """The words of a form without diacritics: `Erdoğan` is `Erdogan` in the next paragraph."""
    words = [word.strip(",\"'") for word in str(anyascii(form)).split()]
    return [word.lower() if word.lower() in particles() else word for word in words]


def _shortens(short: list[str], long: list[str], kind: EntityKind) -> bool:
    """Whether words are a short form of others of the same kind."""
    if len(long) <= len(short):
        return False
    if kind == "person":
        return (
            (short[0] == long[0] and (len(short) == 1 or short[-1] == long[-1]))
            or short == long[-len(short) :]
            or (len(short) == 1 and short[0] in long[1:])
        )
    if kind == "organisation" and len(short) == 1 and short[0] in head_words("short"):
        core = next((at for at, word in enumerate(long) if at and word in OF_LIKE), len(long))
        return long[core - 1] == short[0]
    if kind == "organisation" and long[-len(short) :] == short:
        return _may_go(long[: -len(short)], short)
    if kind == "place" and short == long[:-1] and long[-1] in ("D.C.", "DC"):
        return True
    if _without_rank(long) == short and len(short) > 1:
        return True
    if kind == "organisation" and _leaves_out(short, long):
        return True
    if long[: len(short)] != short:
        return False
    known, long_known = known_names().get(" ".join(short)), known_names().get(" ".join(long))
    if len(long) == len(short) + 1 and long[-1].islower():  # `Hamas movement`, `Amazon rainforest`
        return known is None or known.type not in ("country", "capital", "city")
    if known is not None and known.type == "generic" and long[len(short)] == "of":
        return True  # `Congress of the Philippines`
    if known is not None and (long_known is not None or kind == "place"):
        return False
    if known is not None:  # `Facebook` is no short form of `Facebook Ireland`, but of `Facebook Inc.`
        return all(word.rstrip(".,") in head_words("company") for word in long[len(short) :])
    following = long[len(short)]
    return (
        kind != "place"
        or following in head_words("last")
        or following in head_words("after")
        or following in head_words("matter")
    )


def _may_go(front: list[str], short: list[str]) -> bool:
    """Whether a short form leaves out the words in front: `US Senate`, `House Judiciary Committee`."""
    if is_national(front):
        return True
    if len(short) < 2 or short[-1] not in head_words("last"):
        return False
    if all(word in head_words("left_before") or is_national([word]) for word in front):
        return True
    known = known_names().get(" ".join(front))
    local = known is not None and known.kind == "place" and short[-1] in head_words("local")
    return local and short[0] != "Supreme"


def _without_rank(words: list[str]) -> list[str]:
    """A name without what a short form leaves out within it: `Bradley (International) Airport`."""
    ranks = head_words("left_out")
    return [word for index, word in enumerate(words) if index in (0, len(words) - 1) or word not in ranks]


def _leaves_out(short: list[str], long: list[str]) -> bool:
    """Whether a body's short form has some of its words, in order: `Expediency (Discernment) Council`.

    It begins with a telling word: `Supreme Court` is no short form of `Supreme Administrative Court`.
    """
    head = head_words("last").get(short[-1])
    if len(short) < 2 or short[-1] != long[-1] or head is None or head[0] != "organisation":
        return False
    first = known_names().get(short[0])
    if (
        is_national(short[:1])
        or (first is not None and first.kind == "place")
        or short[0] in head_words("general")
        or " ".join(short) in known_names()
    ):
        return False
    rest = iter(long)
    return all(word in rest for word in short)


def _is_acronym(form: str) -> bool:
    return " " not in form and sum(character.isupper() for character in form) >= 2


def _initials(form: str) -> set[str]:
    """The first letters of a name's words, with and without those of its small words."""
    words = [word for word in re.split(r"[\s–-]+", folded(form)) if word]
    small = CONNECTORS | particles()
    return {
        "".join(word[0] for word in words).lower(),
        "".join(word[0] for word in words if word.lower() not in small).lower(),
    }


def _introduced(form: Form, longer: list[Form], forms: dict[Form, list[Name]]) -> list[Form]:
    """The one person introduced in full before a surname is first used alone, where others come later."""
    first = forms[form][0].start
    before = [other for other in longer if forms[other][0].start < first]
    return before if len(before) == 1 else []


def _headlined(longer: list[Form], headline: str) -> list[Form]:
    """The one person whom the headline names in full."""
    named = [form for form in longer if re.search(rf"\b{re.escape(form[0])}\b", headline)]
    return named if len(named) == 1 else []


def _has_legal_form(form: Form) -> bool:
    return form[0].split()[-1].rstrip(".,") in head_words("company")


def _longest(longer: list[Form]) -> list[Form]:
    """The one with a mere legal form more, else the longest if it is a longer form of the others too."""
    plain = [other for other in longer if _has_legal_form(other)]
    if len(plain) == 1:
        return plain
    longest = max(longer, key=lambda form: len(form[0]))
    words = _folded_words(longest[0])
    nested = all(other == longest or _shortens(_folded_words(other[0]), words, other[1]) for other in longer)
    return [longest] if nested else []

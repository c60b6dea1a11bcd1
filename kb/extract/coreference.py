"""Names of one article -> entities: surname and full name, acronym and long form, short forms.

A surname that fits two people of the article belongs to neither. Two spellings are one where the
lexicon says so, or where one differs in a letter or two from a longer-known one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from kb.extract.name_parts import folded, head_words
from kb.extract.recognise import Name
from kb.model.values import EntityKind
from kb.names.known import known_names

_SMALL = frozenset(["of", "the", "and", "for", "on", "in", "de", "del", "la", "du", "des", "et", "y", "e", "&", "to", "at"])
_BRACKETED = re.compile(r"\s*\(\s*(?:the\s+|or\s+)?[\"“']?([^()\"”']{2,60}?)[\"”']?\s*(?:[,;)]|\))")


def group_names(text: str, names: list[Name]) -> list[list[Name]]:
    """Names in groups that each name one thing, groups and names in the order of the text."""
    forms: dict[tuple[str, EntityKind], list[Name]] = {}
    for name in names:
        forms.setdefault((name.text, name.kind), []).append(name)
    parent = {form: form for form in forms}

    def root(form: tuple[str, EntityKind]) -> tuple[str, EntityKind]:
        while parent[form] != form:
            form = parent[form]
        return form

    def join(pairs: Iterable[tuple[Form, Form]]) -> None:
        for left, right in pairs:
            parent[root(right)] = root(left)

    join(_defined(text, names))
    join(_same_key(forms))
    for form in sorted(forms, key=lambda form: -len(form[0])):
        longer = [other for other in forms if other != form and _shortens(form, other)]
        if len({root(other) for other in longer}) == 1:
            join([(longer[0], form)])
        elif longer and form[1] == "person":
            join((other, form) for other in _introduced(form, longer, forms))
        elif longer:
            join(_nested(form, longer))
        elif not longer:
            join(
                (other, form)
                for other in forms
                if _misspelt(form, other, {f: len(n) for f, n in forms.items()})
            )
    groups: dict[tuple[str, EntityKind], list[Name]] = {}
    for form, mentions in forms.items():
        groups.setdefault(root(form), []).extend(mentions)
    return sorted(
        (sorted(group, key=lambda n: n.start) for group in groups.values()), key=lambda g: g[0].start
    )


def fullest(forms: Iterable[str]) -> str:
    """The form that says most: the lexicon's own name if it is among them, else the longest."""
    listed = list(dict.fromkeys(forms))
    return max(listed, key=lambda form: (len(form.split()), len(form)))


Form = tuple[str, EntityKind]


def _defined(text: str, names: list[Name]) -> list[tuple[Form, Form]]:
    """Names that the text itself says are one: a full name with another in brackets behind it."""
    pairs = []
    for before, after in zip(names, names[1:]):
        gap = text[before.end : after.start]
        if re.fullmatch(r"['’]?s?\s*\(\s*(?:the\s+|or\s+)?[\"“']?", gap) and before.kind == after.kind:
            if text[after.end : after.end + 3].lstrip("\"”' ")[:1] in (")", ",", ";"):
                pairs.append(((before.text, before.kind), (after.text, after.kind)))
    return pairs


def _same_key(forms: Iterable[Form]) -> Iterator[tuple[Form, Form]]:
    """Forms that are one name written differently, or two names of the lexicon for one thing."""
    by_key: dict[Form, Form] = {}
    for form in forms:
        first = by_key.setdefault((_key(form[0]), form[1]), form)
        if first != form:
            yield first, form


def _key(form: str) -> str:
    """Equal for forms that are one name written differently: case, plural, `The`, Ministry of X and X Ministry."""
    known = known_names().get(form)
    if known is not None:
        return known.name.lower()
    words = [
        re.sub(r"(?<=\w{3})s$", "", word)
        for word in re.split(r"[\s-]+", form.lower())
        if word not in ("the", "of", "for")
    ]
    words = [
        {"centre": "center", "organisation": "organization", "defence": "defense", "labour": "labor"}.get(
            w, w
        )
        for w in words
    ]
    if words and words[-1] in ("ministry", "department"):
        words = [words[-1], *words[:-1]]
    return " ".join(words)


def _shortens(form: Form, other: Form) -> bool:
    """Whether a form is a short form of another of the same kind."""
    if form[1] != other[1]:
        return False
    short, long = form[0].split(), other[0].split()
    if len(long) <= len(short):
        return (
            len(long) > 1 and len(short) == 1 and form[1] == "organisation" and _is_acronym(form[0], other[0])
        )
    if form[1] == "person":
        if len(short) == 1:
            return short[0] in (long[-1], long[0]) or short[0] in long[1:]
        return short[-1] == long[-1] and short[0] == long[0]
    if _is_acronym(form[0], other[0]):
        return form[1] == "organisation"
    known, long_known = known_names().get(form[0]), known_names().get(other[0])
    if known is not None and (long_known is not None or form[1] == "place"):
        return False
    if long[: len(short)] != short:
        return False
    rest = long[len(short) :]
    if form[1] == "place":
        return rest[0] in head_words("last") or rest[0].lower() in ("power", "nuclear")
    return True


def _introduced(form: Form, longer: list[Form], forms: dict[Form, list[Name]]) -> list[Form]:
    """The one person introduced in full before a surname is first used alone, where others come later."""
    first = forms[form][0].start
    before = [other for other in longer if forms[other][0].start < first]
    return before if len(before) == 1 else []


def _nested(form: Form, longer: list[Form]) -> list[tuple[Form, Form]]:
    """A short form of several long ones that are themselves short forms of one another."""
    longest = max(longer, key=lambda other: len(other[0]))
    if all(other == longest or _shortens(other, longest) for other in longer):
        return [(longest, form)]
    return []


def _is_acronym(short: str, long: str) -> bool:
    """Whether a form is made of the first letters of another's words: `USCG`, `NEOC`, `DoJ`, `Phivolcs` not."""
    letters = [c for c in short if c.isalpha()]
    if len(letters) < 2 or " " in short or sum(c.isupper() for c in letters) < 2:
        return False
    words = [w for w in re.split(r"[\s–-]+", folded(long)) if w]
    full = "".join(w[0] for w in words).lower()
    main = "".join(w[0] for w in words if w.lower() not in _SMALL).lower()
    return "".join(letters).lower() in (full, main)


def _misspelt(form: Form, other: Form, count: dict[Form, int]) -> bool:
    """Whether a long form that stands once differs by one letter from one that stands more often."""
    return (
        form != other
        and form[1] == other[1]
        and len(form[0]) >= 8
        and count[form] < count[other]
        and form[0] not in known_names()
        and form[0][0] == other[0][0]
        and OSA.distance(form[0], other[0]) == 1
    )

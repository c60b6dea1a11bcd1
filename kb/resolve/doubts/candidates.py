"""Things that may be one and that nothing joins: pairs for somebody to look at, the likeliest first.

Names propose, what else the articles name supports: a bare surname beside the people, places and bodies
that its bearer is named with elsewhere ranks above two equal names in worlds apart. Nothing is joined
here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, exists, select

from kb.model.tables import ArticleRow, EntityRow, IdentityDecisionRow, MentionRow, NameRow, table_of
from kb.model.values import EntityKind
from kb.names import compare_names
from kb.names.hints import hints
from kb.names.keys import listed
from kb.names.sounds import sound_similarity
from kb.names.spelling import folded
from kb.resolve.things.regrouping import articles_decided

_ENTITY, _NAME, _MENTION = table_of(EntityRow), table_of(NameRow), table_of(MentionRow)
_DECISION, _ARTICLE = table_of(IdentityDecisionRow), table_of(ArticleRow)
CROWD = 40  # things with one hint beyond which the hint says nothing
LIKELY = 0.35  # a score below which a pair is not worth a look
_SURNAME = 0.5  # what a bare surname says of one that has it, at most
_INITIALS = 0.5  # what initials say of a name
_COMMON = 4  # names that two things are both named with, beyond which more say nothing


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with all its spellings, and the uids of the things named in the same articles."""

    uid: str
    kind: EntityKind
    name: str
    spellings: frozenset[str]
    company: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may be one; `score` from 0 to 1 only ranks. `company` is what both are named with."""

    a: Named
    b: Named
    score: float
    company: frozenset[str]


def candidates(things: Iterable[Named], decided: Collection[frozenset[str]] = ()) -> tuple[Candidate, ...]:
    """The pairs worth a look, the likeliest first, without those that were decided on. Pure.

    The cost grows with the number of things: only those that share a hint are compared, and a hint that
    many share is none.
    """
    by_hint: dict[tuple[str, str], dict[str, Named]] = defaultdict(dict)
    for thing in things:
        for spelling in {thing.name, *thing.spellings}:
            for hint in hints(thing.kind, spelling):
                by_hint[thing.kind, hint][thing.uid] = thing
    seen: set[tuple[str, str]] = set()
    found = []
    for block in by_hint.values():
        if len(block) > CROWD:
            continue
        for uid_a, uid_b in combinations(sorted(block), 2):
            if (uid_a, uid_b) not in seen and frozenset((uid_a, uid_b)) not in decided:
                seen.add((uid_a, uid_b))
                found.append(_candidate(block[uid_a], block[uid_b]))
    likely = [candidate for candidate in found if candidate.score >= LIKELY]
    return tuple(sorted(likely, key=lambda candidate: (-candidate.score, candidate.a.uid, candidate.b.uid)))


def _candidate(a: Named, b: Named) -> Candidate:
    name = max(_by_name(a, one, other) for one in _full(a) for other in _full(b))
    company = (a.company & b.company) - {a.uid, b.uid}
    share = min(len(company), _COMMON) / _COMMON
    return Candidate(a, b, round(name * (0.7 + 0.3 * share), 3) if name else 0.0, company)


def _full(thing: Named) -> Iterator[str]:
    """The spellings that say most: those of several words where there are any, else all."""
    everything = {thing.name, *thing.spellings}
    full = sorted(spelling for spelling in everything if " " in spelling)
    yield from full or sorted(everything)


def _by_name(thing: Named, one: str, other: str) -> float:
    """How likely two spellings name one thing; 0 where they cannot."""
    if thing.kind == "person" and (" " in one) != (" " in other):
        short, full = sorted((one, other), key=lambda spelling: " " in spelling)
        return _SURNAME * max(sound_similarity(short, word) for word in full.split()[1:])
    if thing.kind == "organisation" and (" " in one) != (" " in other):
        short, full = sorted((one, other), key=lambda spelling: " " in spelling)
        if short.isupper() and folded(short) in hints(thing.kind, full):
            return _INITIALS
    known, other_known = listed(thing.kind, one), listed(thing.kind, other)
    if known is not None and other_known is not None and known.name != other_known.name:
        return 0.0
    verdict, score = compare_names(one, other)
    return 0.0 if verdict == "different" else score


def stored_candidates(connection: Connection) -> tuple[Candidate, ...]:
    """The candidates of a base as it stands. Reads all names: a question, nothing for loading."""
    company, things_of = _named_together(connection)
    spellings: dict[int, set[str]] = defaultdict(set)
    for thing, spelling in connection.execute(select(_NAME.c.entity_id, _NAME.c.spelling)):
        spellings[thing].add(spelling)
    query = select(_ENTITY.c.id, _ENTITY.c.uid, _ENTITY.c.kind, _ENTITY.c.name)
    named = [
        Named(uid, kind, name, frozenset(spellings[row]), frozenset(company[uid]))
        for row, uid, kind, name in connection.execute(query)
        if kind and name
    ]
    later = _DECISION.alias()
    decisions = connection.execute(
        select(_DECISION.c.uid_a, _DECISION.c.uid_b).where(
            _DECISION.c.kind == "entity",
            _DECISION.c.verdict != "withdrawn",
            ~exists().where(later.c.withdraws == _DECISION.c.uid),
        )
    )
    now = articles_decided(connection)
    pairs = ([now.get(uid, uid) for uid in pair] for pair in decisions)
    decided = {frozenset(things_of.get(uid, uid) for uid in pair) for pair in pairs}
    return candidates(named, decided)


def _named_together(connection: Connection) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Things -> those named in the same articles, the everyday ones aside; and facts -> their things."""
    query = select(_MENTION.c.revision_id, _MENTION.c.uid, _ENTITY.c.uid).join(
        _ENTITY, _ENTITY.c.id == _MENTION.c.entity_id
    )
    in_article: dict[int, set[str]] = defaultdict(set)
    things_of: dict[str, str] = {}
    for revision, fact, thing in connection.execute(query):
        in_article[revision].add(thing)
        things_of[fact] = thing
    published = select(_ARTICLE.c.uid, _ENTITY.c.uid).join(_ENTITY, _ENTITY.c.id == _ARTICLE.c.publisher_id)
    things_of.update((article, thing) for article, thing in connection.execute(published))
    articles = Counter(thing for things in in_article.values() for thing in things)
    everyday = {thing for thing, number in articles.items() if number > max(5, len(in_article) // 10)}
    company: dict[str, set[str]] = defaultdict(set)
    for things in in_article.values():
        telling = things - everyday
        for thing in things:
            company[thing] |= telling - {thing}
    return company, things_of

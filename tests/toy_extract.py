"""A small extractor for tests of bases: it reads a few plain sentences, in two versions of its rules.

It keeps what the real one promises, a pure function of the article with the words of every fact, and costs
no model. Version 2 finds a dozen, takes "about" for what it says, and no longer counts cats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.dates.edtf import interval_of
from kb.model.values import (
    Article,
    Claim,
    Comparator,
    Entity,
    EntityKind,
    Facts,
    Interval,
    Mention,
    Participant,
    Reference,
    Report,
    Span,
)

NAMES: dict[str, tuple[EntityKind, str]] = {
    "Anna Novak": ("person", "Anna Novak"),
    "Anna Nováková": ("person", "Anna Nováková"),
    "Petr Svoboda": ("person", "Petr Svoboda"),
    "Brno": ("place", "Brno"),
    "BRNO": ("place", "BRNO"),
    "Ostrava": ("place", "Ostrava"),
    "European Union": ("organisation", "European Union"),
    "EU": ("organisation", "European Union"),
}
_SENTENCE = re.compile(r"\S[^.\n]*\.")
_FIGURE = re.compile(r"(?P<more>over |about )?(?P<number>\d+|a dozen) (?P<what>boats|clocks|cats)")
_HAPPENED = re.compile(r"(?P<what>opened|closed) the \w+")
_YEAR = re.compile(r"\b20\d\d\b")
_NAME = re.compile("|".join(sorted(NAMES, key=len, reverse=True)))
_SIGNS: dict[str | None, Comparator] = {"over ": ">", "about ": "~", None: "="}


def toy_extract(article: Article, version: str = "1") -> Facts:
    """What the article states, as this version of the rules reads it."""
    text = article.text
    sentences = [_span(found) for found in _SENTENCE.finditer(text)]
    return Facts(
        article,
        tuple(sentences),
        entities=tuple(_entities(text)),
        claims=tuple(claim for sentence in sentences for claim in _claims(article, sentence, version)),
        reports=tuple(report for sentence in sentences for report in _reports(article, sentence)),
    )


def _span(found: re.Match[str]) -> Span:
    return Span(found.start(), found.end(), found[0])


def _entities(text: str) -> Iterator[Entity]:
    mentions: dict[tuple[EntityKind, str], list[Mention]] = {}
    for found in _NAME.finditer(text):
        mentions.setdefault(NAMES[found[0]], []).append(Mention(_span(found)))
    for (kind, name), named in mentions.items():
        yield Entity(name, kind, tuple(named))


def _named(article: Article, sentence: Span, *kinds: EntityKind) -> list[Reference]:
    return [
        Reference(NAMES[found[0]][1], _span(found))
        for found in _NAME.finditer(article.text, sentence.start_char, sentence.end_char)
        if NAMES[found[0]][0] in kinds
    ]


def _when(article: Article, sentence: Span) -> Interval | None:
    """The year of the sentence, else that of publication."""
    found = _YEAR.search(sentence.words)
    if found is None and article.published:
        return interval_of(article.published[:4], "publication")
    return interval_of(found[0]) if found else None


def _claims(article: Article, sentence: Span, version: str) -> Iterator[Claim]:
    for found in _FIGURE.finditer(article.text, sentence.start_char, sentence.end_char):
        is_dozen = found["number"] == "a dozen"
        if (is_dozen and version == "1") or (found["what"] == "cats" and version != "1"):
            continue
        number = 12.0 if is_dozen else float(found["number"])
        comparator = "=" if found["more"] == "about " and version == "1" else _SIGNS[found["more"]]
        places = _named(article, sentence, "place")
        speakers = _named(article, sentence, "person") if " said " in sentence.words else []
        yield Claim(
            _span(found),
            sentence,
            comparator,
            number,
            None if comparator == ">" else number,
            found["what"],
            "boat" if "fleet" in sentence.words else found["what"],
            place=places[0] if places else None,
            interval=_when(article, sentence),
            speaker=speakers[0] if speakers else None,
            voice="reported" if speakers else "own",
        )


def _reports(article: Article, sentence: Span) -> Iterator[Report]:
    for found in _HAPPENED.finditer(article.text, sentence.start_char, sentence.end_char):
        who = _named(article, sentence, "person", "organisation")
        places = _named(article, sentence, "place")
        yield Report(
            _span(found),
            sentence,
            " ".join([*(one.name for one in who), found[0]]),
            None,
            _when(article, sentence) or Interval(None, None, None),
            participants=tuple(Participant(one, "agent") for one in who),
            place=places[0] if places else None,
        )

"""Random articles with random facts in them, for the tests of the store."""

from __future__ import annotations

import datetime as dt
import tempfile
from functools import cache
from pathlib import Path
from typing import Any, get_args

from hypothesis import strategies as st

from kb.model import values
from kb.model.values import (
    Article,
    Baseline,
    Claim,
    Entity,
    Facts,
    Interval,
    Mention,
    Participant,
    Reference,
    Report,
    Span,
)
from kb.store import Store

TEXT = "Ann saw 12 cats."
SENTENCE, ANN = Span(0, 16, TEXT), Span(0, 3, "Ann")
CATS = Facts(
    Article(TEXT, "Cats", "2026-03-01", url="https://example.org/cats", authors=("Ann",), raw=b"raw"),
    (SENTENCE,),
    (),
    (Entity("Ann", "person", (Mention(ANN),)),),
    (Claim(Span(8, 15, "12 cats"), SENTENCE, "=", 12.0, 12.0, "cats", "cats"),),
    (
        Report(
            Span(4, 7, "saw"),
            SENTENCE,
            "Ann saw cats",
            None,
            Interval("2026", None, None),
            participants=(Participant(Reference("Ann", ANN), "agent"),),
        ),
    ),
)
LETTERS = "abc AŁЁў中\n\t\u00a0\u2009.é́😀"
TEXTS = st.text(LETTERS, min_size=1, max_size=60).filter(lambda text: text.strip() != "")
WORDS = st.text("abŁ é", min_size=1, max_size=8).map(lambda words: " ".join(words.split()) or "x")
NUMBERS = st.floats(0, 1e12, allow_nan=False)
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
BASES = st.sampled_from(get_args(values.DateBasis))


@cache
def _empty() -> bytes:
    """The file of an empty base, migrated once: that saves the migrations of every example."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kb.db"
        Store.open(path).close()
        return path.read_bytes()


def empty_base(folder: Path) -> Store:
    """A new base in the folder."""
    (folder / "kb.db").write_bytes(_empty())
    return Store.open(folder / "kb.db")


NOW = "2026-01-01 00:00:00.000000"


def insert(table: str, **values: object) -> str:
    """An INSERT of one row, made by Eve if by nobody else."""
    if table not in ("assessment_claim", "origin", "attempt"):
        values.setdefault("by", "Eve")
    if table != "assessment_claim":
        values["recorded_at"] = NOW
    columns = ", ".join(f'"{name}"' for name in values)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join(map(repr, values.values()))})"


def one(of: Any, *, null: bool = False) -> st.SearchStrategy[Any]:
    choice = st.sampled_from(get_args(of))
    return st.none() | choice if null else choice


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return draw(
        st.sampled_from(
            [
                Interval("2020", first, last, draw(BASES)),
                Interval("2020/..", first, None, draw(BASES)),
                Interval("../2020", None, last, draw(BASES)),
                Interval(None, None, None, draw(BASES)),
            ]
        )
    )


@st.composite
def facts(draw: st.DrawFn, article: Article | None = None) -> Facts:
    """An article with facts anywhere in it: the same words twice, overlapping, across sentences."""
    article = article or draw(articles())
    text = article.text

    @st.composite
    def spans(draw: st.DrawFn) -> Span:
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        return Span(start, end, text[start:end])

    references = st.builds(Reference, WORDS, st.none() | spans())
    maybe = st.none() | references
    baselines = st.none() | st.builds(Baseline, WORDS, maybe, st.none() | intervals())

    @st.composite
    def claims(draw: st.DrawFn) -> Claim:
        low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
        comparator = draw(one(values.Comparator))
        return Claim(
            draw(spans()),
            draw(spans()),
            comparator,
            None if comparator in ("<", "<=") else low,
            {"=": low, ">": None, ">=": None}.get(comparator, high),
            draw(WORDS),
            draw(WORDS),
            subject=draw(st.none() | WORDS),
            place=draw(maybe),
            relation=draw(one(values.Relation)),
            direction=draw(one(values.Direction, null=True)),
            baseline=draw(baselines),
            interval=draw(st.none() | intervals()),
            speaker=draw(maybe),
            voice=draw(one(values.Voice)),
            stance=draw(one(values.Stance)),
            status=draw(one(values.Status, null=True)),
        )

    reports = st.builds(
        Report,
        spans(),
        spans(),
        WORDS,
        st.none() | WORDS,
        intervals(),
        one(values.Stance),
        st.lists(st.builds(Participant, references, one(values.Role)), max_size=3).map(tuple),
        maybe,
    )
    mentions = st.builds(Mention, spans(), st.none() | WORDS)
    entities = st.builds(
        Entity, WORDS, one(values.EntityKind), st.lists(mentions, min_size=1, max_size=3).map(tuple)
    )
    return Facts(
        article,
        tuple(draw(st.lists(spans(), max_size=3))),
        (),
        tuple(draw(st.lists(entities, max_size=3))),
        tuple(draw(st.lists(claims(), max_size=3))),
        tuple(draw(st.lists(reports, max_size=3))),
    )


def articles() -> st.SearchStrategy[Article]:
    return st.builds(
        Article,
        TEXTS,
        title=st.none() | WORDS,
        published=st.none() | DAYS.map(dt.date.isoformat),
        url=st.none() | st.sampled_from(["https://example.org/a", "https://example.org/b"]),
        publisher=st.none() | WORDS,
        authors=st.lists(WORDS, max_size=2, unique=True).map(tuple),
        raw=st.binary(max_size=5),
    )

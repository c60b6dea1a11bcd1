"""A function a page: from a base and what was asked to a template with its values, each by one call."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from kb.browse.citing import bounds, cited
from kb.browse.feed import atom
from kb.browse.links import web, words_on
from kb.browse.marking import Mark, paragraphs
from kb.browse.page import ROWS, Asked, Data, Page, ParameterError
from kb.chart import series_chart
from kb.errors import ReadError, UsageError
from kb.knowledge import KnowledgeBase
from kb.query import CONFLICTS, Figure, Related, Series
from kb.query.answer import plain

_STYLE = re.compile(r"<style>.*?</style>\s*", re.DOTALL)
FEED = 50  # entries of a feed
LONGEST_DRAFT = 50_000  # characters: reading more would keep the others waiting
DRAWN = 300  # figures in a chart; of a longer series those of the page are drawn
ALIKE = 10  # names that may be the same as one
SHOWN = ("figure", "event", "name")


def start(base: KnowledgeBase, _asked: Asked) -> Page:
    """What is in the base."""
    return Page("start.html", {"title": "Facts", "overview": base.overview()})


def search(base: KnowledgeBase, asked: Asked) -> Page:
    """Sentences, names and series that hold the words."""
    words = asked.get("q")
    values: dict[str, Any] = {"title": f"Search: {words}" if words else "Search", "words": words}
    if words:
        values["hits"] = base.search(words, limit=ROWS)
        values["named"] = base.entity_heads(words, limit=12)
        values["lines"] = base.series_heads(words, limit=12)
    return Page("search.html", values)


def article(base: KnowledgeBase, asked: Asked) -> Page:
    """An article with its facts marked in the text, each with a card."""
    found = base.article(asked.uid)
    kinds: dict[str, Sequence[Any]] = {"figure": found.figures, "event": found.reports, "name": found.names}
    only = asked.chosen("show", SHOWN)
    shown = {kind: facts for kind, facts in kinds.items() if only in (None, kind)}
    marks = [
        Mark(fact.start_char, fact.end_char, kind, fact.uid)
        for kind, facts in shown.items()
        for fact in facts
    ]
    values = {
        "title": found.source.title or found.source.url or "An article",
        "article": found,
        "only": only,
        "shown": shown,
        "paragraphs": list(paragraphs(found.text or "", marks)),
        "cards": _cards(shown),
    }
    return Page("article.html", values)


def history(base: KnowledgeBase, asked: Asked) -> Page:
    """The revisions of an article, and what of its facts each changed."""
    found = base.article(asked.uid)
    title = f"History of {found.source.title or 'an article'}"
    return Page("history.html", {"title": title, "article": found, "steps": base.history(asked.uid)})


def all_series(base: KnowledgeBase, asked: Asked) -> Page:
    """The series of a measure, or those with most sources."""
    words, place = asked.get("q"), asked.get("place")
    found = base.series_heads(words, place=place, skip=asked.skipped, limit=ROWS + 1)
    lines, beside = asked.paged("series", found)
    values = {"title": "Series", "words": words, "place": place, "lines": lines, "beside": beside}
    return Page("series_list.html", values)


def series(base: KnowledgeBase, asked: Asked) -> Page:
    """One measure over time: the chart, and the figures with quote and source."""
    line = _line(base, asked, relations=True)
    figures, beside = asked.paged(f"series/{line.uid}", line.figures[asked.skipped :])
    if not figures and asked.number > 1:
        raise ParameterError(f"{line.heading} has no page {asked.number}: it has {len(line.figures)} figures")
    shown = replace(line, figures=figures, relations=_among(line.relations, figures))
    drawn = line if len(line.figures) <= DRAWN else shown
    values = {"line": shown, "all": len(line.figures), "beside": beside, "part": drawn is shown and beside}
    return Page("series.html", {"title": line.heading, "chart": _inside(series_chart(drawn))} | values)


def series_svg(base: KnowledgeBase, asked: Asked) -> Data:
    """The chart of a series as a file."""
    return Data(series_chart(_line(base, asked)), "image/svg+xml; charset=utf-8")


def series_csv(base: KnowledgeBase, asked: Asked) -> Data:
    """The figures of a series as CSV."""
    out = io.StringIO()
    rows = [plain(figure) for figure in _line(base, asked).figures]
    writer = csv.DictWriter(out, list(rows[0]) if rows else ["uid"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return Data(out.getvalue(), "text/csv; charset=utf-8", _as_file(asked, "csv"))


def series_json(base: KnowledgeBase, asked: Asked) -> Data:
    """A series as JSON, as `kb series --json` prints it."""
    return Data(json.dumps(plain(_line(base, asked)), ensure_ascii=False, indent=1), "application/json")


def timeline(base: KnowledgeBase, asked: Asked) -> Page:
    """What happened: to somebody, at a place, in a time."""
    given = {name: asked.get(name) for name in ("entity", "place", "kind", "since", "until")}
    values: dict[str, Any] = {"title": "Timeline", "given": given, "events": (), "beside": {}}
    try:
        found = base.event_heads(**given, skip=asked.skipped, limit=ROWS + 1)
    except UsageError as error:
        return Page("timeline.html", values | {"wrong": str(error)}, status=400)
    events, beside = asked.paged("timeline", found)
    return Page("timeline.html", values | {"events": events, "beside": beside})


def event(base: KnowledgeBase, asked: Asked) -> Page:
    """An event: its reports side by side."""
    found = base.event(asked.uid)
    return Page("event.html", {"title": found.title, "event": found})


def entities(base: KnowledgeBase, asked: Asked) -> Page:
    """Persons, organisations and places, the most named first."""
    words = asked.get("q")
    found = base.entity_heads(words, skip=asked.skipped, limit=ROWS + 1)
    named, beside = asked.paged("entities", found)
    return Page("entities.html", {"title": "Names", "words": words, "named": named, "beside": beside})


def entity(base: KnowledgeBase, asked: Asked) -> Page:
    """One of them: names, mentions, figures, events, company, who it may be as well."""
    found = base.entity(asked.uid)
    values = {
        "title": found.name,
        "entity": found,
        "figures": base.figures_of_entity(asked.uid, "speaker", limit=ROWS),
        "at_place": base.figures_of_entity(asked.uid, "place", limit=ROWS) if found.kind == "place" else (),
        "events": base.event_heads(entity=asked.uid, limit=ROWS),
        "alike": base.alike(asked.uid, limit=ALIKE),
    }
    return Page("entity.html", values)


def candidates(base: KnowledgeBase, asked: Asked) -> Page:
    """What people contradict each other on, and if asked for which names may be one: that reads all names."""
    disputed = base.candidates(disputed=True)
    values: dict[str, Any] = {"title": "To be decided", "disputed": disputed, "pairs": None}
    if asked.chosen("names", ("all",)):
        values["pairs"] = base.candidates(limit=len(disputed) + ROWS)[len(disputed) :]
    return Page("candidates.html", values)


def conflicts(base: KnowledgeBase, asked: Asked) -> Page:
    """The clashes in the base."""
    kind = asked.chosen("kind", CONFLICTS)
    clashes, beside = asked.paged("conflicts", base.conflict_heads(kind, skip=asked.skipped, limit=ROWS + 1))
    return Page("conflicts.html", {"title": "Clashes", "kind": kind, "clashes": clashes, "beside": beside})


def conflict(base: KnowledgeBase, asked: Asked) -> Page:
    """A clash: the quotes, the sources, and why they clash."""
    found = base.conflict(asked.uid)
    return Page("conflict.html", {"title": f"{found.kind.capitalize()}: clash", "clash": found})


def compare(base: KnowledgeBase, asked: Asked) -> Page:
    """What the base has on each figure and event of a draft; nothing is stored."""
    draft, day = asked.get("draft"), asked.get("published")
    values: dict[str, Any] = {"title": "Compare a draft", "draft": draft, "day": day}
    if draft and len(draft) > LONGEST_DRAFT:
        values["wrong"] = f"More than {LONGEST_DRAFT:,} characters: kb compare reads it from a file."
    elif draft:
        try:
            values["found"] = base.compare(draft, published=day)
        except (UsageError, ReadError) as error:
            values["wrong"] = str(error)
    return Page("compare.html", values, status=400 if "wrong" in values else 200)


def feed(base: KnowledgeBase, asked: Asked) -> Data:
    """An Atom feed of the newest figures of a series, or of all whose measure has the words."""
    uid, words = asked.get("series"), asked.get("q")
    if uid:
        line = _line(base, replace(asked, uid=uid))
        figures, title = line.figures, line.heading
    else:
        figures, title = base.newest_figures(words, limit=FEED), words or "All figures"
    newest = sorted(figures, key=lambda figure: (figure.published or "", figure.uid), reverse=True)[:FEED]
    return Data(atom(title, newest, asked.links), "application/atom+xml; charset=utf-8")


def nothing(_base: KnowledgeBase, _asked: Asked) -> Page:
    """Of an address that no page has.

    Raises:
        UsageError: always.
    """
    raise UsageError("There is no such page.")


def _line(base: KnowledgeBase, asked: Asked, *, relations: bool = False) -> Series:
    for line in base.series(uid=asked.uid, relations=relations):
        return line
    raise UsageError(f"no series has the uid {asked.uid!r}")


def _among(relations: Iterable[Related], figures: Iterable[Figure]) -> tuple[Related, ...]:
    """Those relations that tell of one of the figures."""
    uids = {figure.uid for figure in figures}
    return tuple(one for one in relations if uids.intersection(one.uids))


def _inside(picture: str) -> str:
    """A picture as a part of a page, which styles it: a page takes no style from within."""
    return _STYLE.sub("", picture, count=1)


def _as_file(asked: Asked, suffix: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="series-{asked.uid}.{suffix}"'}


def _cards(shown: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    """The facts in the order of the text, each with its kind."""
    facts = [(kind, fact) for kind, some in shown.items() for fact in some]
    return sorted(facts, key=lambda pair: (pair[1].start_char, pair[1].end_char))


FILTERS = {"web": web, "words_on": words_on, "cited": cited, "bounds": bounds}

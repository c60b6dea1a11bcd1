"""METHODOLOGY.md: what runs, measures and review rates say; the rest is left as marked gaps."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files
from string import Template
from typing import Any

from sqlalchemy import text

from kb.export.selection import Selection
from kb.store import Store
from kb.store.connection import explained

_SHOWN = 12  # measures and publishers that are listed
_COUNTS = {
    "sources_total": "SELECT count(*) FROM released_source",
    "figures_total": "SELECT count(*) FROM released_figure",
    "events_total": "SELECT count(DISTINCT event) FROM released_report",
    "series_total": "SELECT count(DISTINCT series) FROM released_figure",
    "corroborated": """
        SELECT count(*) FROM (
            SELECT series FROM released_figure
            JOIN article ON article.uid = released_figure.source
            JOIN independent_source ON independent_source.article_id = article.id
            WHERE series IS NOT NULL GROUP BY series HAVING count(DISTINCT root) > 1
        )""",
    "rejected": "SELECT count(*) FROM fact_status WHERE status = 'rejected'",
    "first_published": "SELECT coalesce(min(published), 'unknown') FROM ({sources})",
    "last_published": "SELECT coalesce(max(published), 'unknown') FROM ({sources})",
}
_LISTS = {
    "sources_by_kind": """
        SELECT kind || iif(count(*) = 1, '', 's'), count(*) FROM ({sources})
        GROUP BY kind ORDER BY 2 DESC, 1""",
    "languages": """
        SELECT coalesce(language, 'unknown'), count(*) FROM ({sources}) GROUP BY 1 ORDER BY 2 DESC, 1""",
    "publishers": """
        SELECT publisher, count(*) FROM ({sources}) WHERE publisher IS NOT NULL
        GROUP BY publisher ORDER BY 2 DESC, 1 LIMIT {shown}""",
    "conflicts": """
        SELECT conflict.kind, count(DISTINCT conflict.id) FROM conflict
        JOIN conflict_claim ON conflict_claim.conflict_id = conflict.id
        JOIN claim ON claim.id = conflict_claim.claim_id
        JOIN released_figure ON released_figure.uid = claim.uid
        GROUP BY conflict.kind ORDER BY 2 DESC, 1""",
}
_STATUSES = {
    "figures": """
        SELECT status, count(*) FROM released_figure CROSS JOIN figures
            ON figures.uid = released_figure.uid AND figures.article_uid = released_figure.source
        GROUP BY status ORDER BY 2 DESC, 1""",
    "events": """
        SELECT status, count(*) FROM timeline WHERE uid IN (SELECT event FROM released_report)
        GROUP BY status ORDER BY 2 DESC, 1""",
}
_SOURCES = """
    SELECT article.kind, article.language, revision.publisher, revision.published
    FROM released_source JOIN article ON article.uid = released_source.uid
    JOIN revision ON revision.article_id = article.id
        AND revision.seq = (SELECT max(seq) FROM revision AS other WHERE other.article_id = article.id)"""
_RUNS = """
    SELECT DISTINCT coalesce(run.tool || ' rules ' || coalesce(run.version, ''), 'a person') AS said
    FROM released_source JOIN article ON article.uid = released_source.uid
    JOIN revision ON revision.article_id = article.id
    JOIN current_reading ON current_reading.revision_id = revision.id
    JOIN run ON run.id = current_reading.run_id ORDER BY said"""
_ATTEMPTS = "SELECT outcome, count(*) FROM attempt GROUP BY outcome ORDER BY 2 DESC, 1"
_MEASURES = """
    SELECT measure.name, measure.kind, measure.definition, count(DISTINCT claim.uid) AS figures
    FROM released_figure JOIN claim ON claim.uid = released_figure.uid
    JOIN measure ON measure.id = claim.measure_id
    GROUP BY measure.id ORDER BY figures DESC, measure.name LIMIT {shown}"""


def methodology(store: Store, selection: Selection) -> str:
    """The text of METHODOLOGY.md; to be called within `released`.

    Raises:
        StoreError: the base cannot be read.
    """
    template = Template(files(__package__).joinpath("methodology.md").read_text(encoding="utf-8"))
    with explained(store.path):
        said: dict[str, object] = {name: _rows(store, query)[0][0] for name, query in _COUNTS.items()}
        said |= {name: _listed(_rows(store, query)) for name, query in _LISTS.items()}
        said |= {
            f"reviewed_{name}": _reviewed(name, _rows(store, query)) for name, query in _STATUSES.items()
        }
        said |= {
            "kb_version": version("kb"),
            "runs": ", ".join(row[0] for row in _rows(store, _RUNS)) or "nobody",
            "attempts": f"Attempts to load a source, by outcome: {_listed(_rows(store, _ATTEMPTS))}.",
            "measures": _measures(_rows(store, _MEASURES)),
            "selection": described(selection),
        }
    return template.substitute(said)


def described(selection: Selection) -> str:
    """What was selected, in words."""
    said = [
        f"{name} {value!r}"
        for name, value in (
            ("series", selection.series),
            ("place", selection.place),
            ("tag", selection.tag),
            ("since", selection.since),
            ("until", selection.until),
        )
        if value is not None
    ]
    said += ["reviewed figures and events only"] * selection.reviewed_only
    return ", ".join(said) or "all that was not rejected"


def _rows(store: Store, query: str) -> Sequence[Any]:
    filled = query.format(sources=_SOURCES, shown=_SHOWN)
    return store.connection.execute(text(filled)).all()


def _listed(rows: Sequence[Any]) -> str:
    return ", ".join(f"{count} {name}" for name, count in rows) or "none"


def _reviewed(name: str, rows: Sequence[Any]) -> str:
    """How many of the released facts somebody looked at, as a share and by status."""
    counts: dict[str, int] = dict(map(tuple, rows))
    everything = sum(counts.values())
    by_tool = counts.pop("machine", 0)
    share = f" ({100 - 100 * by_tool / everything:.0f} %)" if everything else ""
    told = f": {_listed(list(counts.items()))}" if counts else ""
    return f"Of {everything} {name}, people reviewed {everything - by_tool}{share}{told}."


def _measures(rows: Sequence[Any]) -> str:
    lines = ["| measure | kind | figures | definition |", "|---|---|---|---|"]
    for name, kind, definition, count in rows:
        cells = (name, kind or "[TO FILL: kind]", count, definition or "[TO FILL: definition]")
        lines.append(f"| {' | '.join(str(part).replace('|', '/') for part in cells)} |")
    return "\n".join(lines)

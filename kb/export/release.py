"""A release: a folder that a stranger can use without kb."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from sqlalchemy import text

from kb.errors import StoreError, UsageError
from kb.export.articles import FILE, write_articles
from kb.export.changes import write_changes
from kb.export.columnar import write_parquet
from kb.export.delimited import write_csv
from kb.export.methodology import described, methodology
from kb.export.package import AS_MADE, BY_HAND, descriptor, sha256, version_of
from kb.export.reasons import Reasons
from kb.export.selection import Selection, released
from kb.export.tables import TABLES, columns, rows
from kb.store import Store

_MARK = "datapackage.json"
_REVIEWS = """
    SELECT review.fact, review.verdict, review.field, review.value, review."by",
        strftime('%Y-%m-%dT%H:%M:%SZ', review.recorded_at) AS recorded_at, review.note
    FROM review WHERE review.fact IN (
        SELECT uid FROM released_figure UNION SELECT uid FROM released_report
    ) ORDER BY review.id"""

_LAST_DAY = """
    SELECT max(day) FROM (
        SELECT max(date(recorded_at)) AS day FROM revision
        UNION ALL SELECT max(date(recorded_at)) FROM review
    )"""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was written: where, its version, how many rows its tables have, how many changes."""

    folder: str
    version: str
    rows: Mapping[str, int]
    changes: int


def write_release(
    store: Store, folder: Path, selection: Selection, *, previous: Path | None = None
) -> Release:
    """Write a release into a folder: all of it, or nothing.

    CSV and Parquet of the tables, `datapackage.json`, `METHODOLOGY.md`, `CHANGES.csv` against the
    release in `previous`, `CITATION.cff`. A release that is in the folder already is replaced, unless a
    person wrote into its documents. The same base and options give the same bytes.

    Raises:
        UsageError: the folder holds something else, or a release that somebody wrote into, or what is
            asked for is no date.
        StoreError: the base cannot be read, or the folder cannot be written.
    """
    _refuse_other(folder)
    _refuse_filled(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as place:
            new = Path(place) / "release"
            new.mkdir()
            with released(store, selection):
                made = _write(store, new, selection, previous)
            if folder.exists():
                folder.rename(Path(place) / "before")
            new.rename(folder)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written: {error.strerror or error}") from error
    return Release(str(folder), *made)


def _refuse_other(folder: Path) -> None:
    if folder.is_file():
        raise UsageError(f"{folder} is a file: name a folder for the release, or a --format for one file")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        raise UsageError(f"{folder} holds other files: name a new folder, or one with a release in it")


def _refuse_filled(folder: Path) -> None:
    """Leave alone what people wrote into a release: its documents have other bytes than were made."""
    if not (folder / _MARK).is_file():
        return
    try:
        made = json.loads((folder / _MARK).read_text(encoding="utf-8"))
        hashes = {file["path"]: file.get(AS_MADE) or file.get("hash") for file in made["resources"]}
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(f"{folder / _MARK} is not as kb made it: name a new folder") from error
    for name in BY_HAND:
        page = folder / name
        if page.is_file() and hashes.get(name) != f"sha256:{sha256(page)}":
            raise UsageError(
                f"{page} was changed by hand, and that would be lost: name a new folder, with "
                f"--previous {folder}, or delete the file"
            )


def _write(
    store: Store, folder: Path, selection: Selection, previous: Path | None
) -> tuple[str, dict[str, int], int]:
    counts = {}
    for table in TABLES:
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
            counts[table] = write_csv(out, columns()[table], rows(store, table))
        write_parquet(folder / f"{table}.parquet", columns()[table], rows(store, table))
    if selection.texts:
        _write_texts(store, folder / "texts")
        write_articles(folder / FILE, rows(store, "sources", "text"))
    if selection.reviewers:
        _write_reviews(store, folder)
    version = version_of(folder)
    (folder / "METHODOLOGY.md").write_text(methodology(store, selection), encoding="utf-8")
    (folder / "CITATION.cff").write_text(_citation(store, selection, version), encoding="utf-8")
    with (folder / "CHANGES.csv").open("w", encoding="utf-8", newline="") as out:
        changes = write_changes(out, folder, previous, Reasons(store, previous))
    (folder / _MARK).write_text(descriptor(folder, "kb-release", version, counts), encoding="utf-8")
    return version, counts, changes


def _write_texts(store: Store, folder: Path) -> None:
    """The texts in which the offsets count, a file a source."""
    folder.mkdir()
    for row in rows(store, "sources", "text"):
        (folder / f"{row['uid']}.txt").write_text(row["text"], encoding="utf-8", newline="")


def _write_reviews(store: Store, folder: Path) -> None:
    """Who accepted, rejected or corrected what, and their notes."""
    found = store.connection.execute(text(_REVIEWS))
    with (folder / "reviews.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(found.keys())
        writer.writerows(found)


def _citation(store: Store, selection: Selection, version: str) -> str:
    """CITATION.cff (Citation File Format 1.2.0); its date is that of the last text or review."""
    last = store.connection.exec_driver_sql(_LAST_DAY).scalar()
    title = json.dumps(f"Figures and events with their sources: {described(selection)}", ensure_ascii=False)
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these figures, cite this release and the sources of each figure.",
        "type: dataset",
        f"title: {title}",
        "authors:",
        '  - name: "[TO FILL: who publishes this release]"',
        f'version: "{version}"',
        *([f"date-released: {last}"] if last else []),
        f'abstract: "Made by kb {metadata.version("kb")}; see METHODOLOGY.md."',
    ]
    return "\n".join(lines) + "\n"

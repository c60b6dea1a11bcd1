"""The formats of single files: which there are, and how each is written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from kb.errors import StoreError, UsageError
from kb.export.aleph import write_ftm
from kb.export.annotations import write_annotations
from kb.export.columnar import write_parquet
from kb.export.delimited import write_csv, write_jsonl
from kb.export.linked_data import write_json_ld
from kb.export.provenance import write_provenance
from kb.export.quickstatements import write_quickstatements
from kb.export.references import write_bibtex, write_ris
from kb.export.selection import Selection, released
from kb.export.story import write_story
from kb.export.tables import columns, rows
from kb.store import Store

_TABLE = "figures"


def _csv(store: Store, out: TextIO) -> None:
    write_csv(out, columns()[_TABLE], rows(store, _TABLE))


def _jsonl(store: Store, out: TextIO) -> None:
    write_jsonl(out, columns()[_TABLE], rows(store, _TABLE))


WRITERS: Mapping[str, Callable[[Store, TextIO], None]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "jsonld": write_json_ld,
    "annotations": write_annotations,
    "prov": write_provenance,
    "ftm": write_ftm,
    "quickstatements": write_quickstatements,
    "markdown": write_story,
    "ris": write_ris,
    "bibtex": write_bibtex,
}
FORMATS = (*WRITERS, "parquet")
_SUFFIXES = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".jsonld": "jsonld",
    ".ttl": "prov",
    ".parquet": "parquet",
    ".md": "markdown",
    ".ris": "ris",
    ".bib": "bibtex",
}


def format_of(target: Path, said: str | None) -> str | None:
    """The format of a file: as said, else by its ending; None where a folder is meant.

    Raises:
        UsageError: there is no such format, or none has the ending of a file that is not there.
    """
    if said is not None and said not in FORMATS:
        raise UsageError(
            f"no format {said!r}: there are {', '.join(FORMATS)}; without one, a folder is written"
        )
    if said is not None or target.is_dir():
        return said
    ending = target.suffix.lower()
    # A folder may have a dot in its name, before a number; letters are the ending of a file.
    if ending[1:].isalpha() and ending not in _SUFFIXES:
        raise UsageError(
            f"{target}: no format has the ending {target.suffix}: there are {', '.join(_SUFFIXES)}; "
            f"say another with --format, or name a folder without an ending"
        )
    return _SUFFIXES.get(ending)


def write_file(store: Store, target: Path, form: str, selection: Selection) -> None:
    """Write what goes out into one file, as a stream: the whole file or none.

    Raises:
        UsageError: the target is a folder, or what is asked for is no date.
        StoreError: the base cannot be read, or the file cannot be written.
    """
    if target.is_dir():
        raise UsageError(f"{target} is a folder: name a file for the format {form}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as place:
            new = Path(place) / "export"
            with released(store, selection):
                if form == "parquet":
                    write_parquet(new, columns()[_TABLE], rows(store, _TABLE))
                else:
                    with new.open("w", encoding="utf-8", newline="") as out:
                        WRITERS[form](store, out)
            os.replace(new, target)  # noqa: PTH105 replaces on every system
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror or error}") from error

"""Which of Datasette's databases are bases of kb; each is opened once, for reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from kb.browse.catalogue import metadata
from kb.errors import StoreError
from kb.knowledge import KnowledgeBase

_DESCRIBED: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()
_OPEN: WeakKeyDictionary[Any, dict[str, KnowledgeBase | None]] = WeakKeyDictionary()


def bases_of(datasette: Any) -> list[str]:
    """The names of the databases that are bases of kb, in Datasette's order."""
    return [name for name in datasette.databases if base_of(datasette, name) is not None]


def described(datasette: Any) -> dict[str, Any]:
    """What is said of each base, of its tables and their columns; made once for each Datasette."""
    if not hasattr(datasette, "databases"):
        return {}  # asked for while it starts
    known = _DESCRIBED.setdefault(datasette, {})
    for name in datasette.databases:
        if name not in known and (base := base_of(datasette, name)) is not None:
            known[name] = metadata(base)
    return known


def base_of(datasette: Any, name: str) -> KnowledgeBase | None:
    """The base behind a database of Datasette, None where it is none of kb's, or of another version."""
    opened = _OPEN.setdefault(datasette, {})
    if name not in opened:
        opened[name] = _open(datasette, name)
    return opened[name]


def _open(datasette: Any, name: str) -> KnowledgeBase | None:
    database = datasette.databases.get(name)
    if database is None or database.path is None:
        return None
    try:
        return KnowledgeBase(Path(database.path), read_only=True)
    except StoreError:  # somebody's own database beside the base: Datasette alone shows it
        return None


def opened_for_writing(datasette: Any, name: str) -> KnowledgeBase:
    """A base once more, for one decision: what the pages read from can never be written.

    Raises:
        StoreError: it cannot be written.
    """
    return KnowledgeBase(Path(datasette.databases[name].path))

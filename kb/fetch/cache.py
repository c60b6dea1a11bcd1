"""The HTTP cache on disk: what may be kept for how long is as RFC 9111 says and the servers state."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import hishel
from hishel.httpx import CacheTransport
from httpx import BaseTransport

from kb.errors import FetchError

FILE = "pages.db"
LARGEST = 1024**3  # bytes; what was not used for longest goes first
# The cache of one user, unlike a proxy's, may keep what is marked `private`.
RULES: hishel.CacheOptions = {"shared": False, "supported_methods": ["GET"], "allow_stale": False}


def default_folder() -> Path:
    """Where the cache is if nobody says: `KB_CACHE`, else `kb` in the user's folder of caches."""
    named = os.environ.get("KB_CACHE")
    if named:
        return Path(named)
    caches = os.environ.get("XDG_CACHE_HOME")
    return (Path(caches) if caches else Path.home() / ".cache") / "kb"


def cached(transport: BaseTransport, folder: Path | None) -> CacheTransport:
    """A transport that asks the cache first.

    Raises:
        FetchError: the folder cannot be written, or holds another cache.
    """
    path = (folder or default_folder()) / FILE
    storage = hishel.SqliteStorage(database_path=path, max_size=LARGEST)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA user_version = 1")  # tells now, not in the midst of a load
        storage.get_entries("")
    except (OSError, sqlite3.Error, RuntimeError) as error:
        raise FetchError(
            f"the cache {path} cannot be used ({error}): name another folder with --cache, or say --no-cache"
        ) from error
    return CacheTransport(transport, storage=storage, rfc=RULES)


def key_of(url: str) -> str:
    """The key of a URL in the cache."""
    return hashlib.sha256(f"kb {url}".encode()).hexdigest()


def forget(*urls: str, folder: Path | None = None) -> int:
    """Take all that is cached of these URLs off the disk, overwritten; how many answers that were.

    Raises:
        FetchError: the cache cannot be written.
    """
    path = (folder or default_folder()) / FILE
    if not path.is_file():
        return 0
    gone = 0
    try:
        with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entries'").fetchone():
                return 0
            connection.execute("PRAGMA foreign_keys = ON")  # bodies go with their answers
            connection.execute("PRAGMA secure_delete = ON")
            for url in urls:
                key = key_of(url).encode()
                gone += connection.execute("DELETE FROM entries WHERE cache_key = ?", (key,)).rowcount
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise FetchError(
            f"the cache {path} cannot be written ({error}): when nobody loads, run this again, or delete it"
        ) from error
    return gone

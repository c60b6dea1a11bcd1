"""Every error that kb raises on purpose, one tree.

    KbError
    ├── UsageError         the caller asked for something that cannot be (exit code 2)
    ├── ReadError          a source cannot be read: the message says which, where and what to do
    │   └── FetchError     it cannot be had from the network
    ├── ParseError         a string is no date, number or interval
    ├── StoreError         the database refuses, is too new, locked, full or not ours
    └── IntegrityError     stored rows contradict each other or their texts

A message says what, where, and what to do. Finding nothing is never an error.
"""

from __future__ import annotations


class KbError(Exception):
    """Root of the tree: whoever catches it catches all that kb raises on purpose."""


class UsageError(KbError):
    """The caller asked for something that cannot be: a wrong option, an unknown uid."""


class ReadError(KbError):
    """A source cannot be read: missing, empty, binary, too large, of an unknown encoding."""


class FetchError(ReadError):
    """A page cannot be had: unreachable, refused, forbidden, endless, at an address kb does not ask."""


class ParseError(KbError, ValueError):
    """A whole string that should be a date, a number or an interval is none."""


class StoreError(KbError):
    """The database cannot be opened, created, migrated or written."""


class IntegrityError(KbError):
    """Stored rows contradict each other or the text they point at."""

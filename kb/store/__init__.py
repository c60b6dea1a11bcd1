"""The base as a file: opened, migrated, written. All that is SQLite's own is in this room and the migrations.

connection  opening a file, pragmas, the driver's errors in words
migrate     the schema brought up to date, at first use or on demand
store       an open base: transactions, runs, attempts
articles    which article a source is, and its revisions
spans       the words that facts point at
facts       the facts of one article, in bulk
additions   what persons read, carried over to a newer revision of the same text
rows        bulk inserts, links and look-ups, for this room and for `resolve`
search      the full-text index
backup      a copy of an open base
scratch     a copy without a name, to be rewritten
"""

from kb.store.articles import Known, Outcome
from kb.store.backup import backup
from kb.store.migrate import upgrade
from kb.store.rows import insert_rows, look_up, next_id, parts, set_links
from kb.store.scratch import scratch
from kb.store.search import Hit, find_passages
from kb.store.store import Store

__all__ = [
    "Hit",
    "Known",
    "Outcome",
    "Store",
    "backup",
    "find_passages",
    "insert_rows",
    "look_up",
    "next_id",
    "parts",
    "scratch",
    "set_links",
    "upgrade",
]

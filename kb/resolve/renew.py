"""Groups of a base that an earlier kb made, computed anew by the present rules.

The file itself says by which rules its groups were made, in the number that SQLite keeps for its users.
"""

from __future__ import annotations

from sqlalchemy import Connection

from kb.resolve.regroup import regroup_all

RULES = 5  # of grouping: a change that can put the same facts into other groups raises it


def is_current(connection: Connection) -> bool:
    """Whether the groups were made by the present rules."""
    return bool(connection.exec_driver_sql("PRAGMA user_version").scalar() == RULES)


def renew(connection: Connection) -> None:
    """Compute all groups anew by the present rules; to be called in a transaction."""
    regroup_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {RULES}")

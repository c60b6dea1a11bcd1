"""Where Alembic meets kb: the schema is compared with kb's tables, and changed in one transaction.

`kb migrate` and the first use of a base hand over their connection. Plain `alembic upgrade head`
works on the base that `-x db=PATH`, KB_DATABASE or alembic.ini names, in that order.
"""

import os
from typing import Any

from alembic import context
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from kb.model.tables import METADATA
from kb.store.connection import database_path
from kb.store.migrate import migrating

INDEX = "search"  # the full-text index, which SQLite keeps in tables of its own


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    return not (kind == "table" and name is not None and name.split("_")[0] == INDEX)


def number(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Give a new migration the number after the newest one: their order is told by comparing them."""
    newest = ScriptDirectory.from_config(context.config).get_current_head()
    for script in directives:
        script.rev_id = f"{int(newest or 0) + 1:04}"


def migrate(connection: Connection | None) -> None:
    context.configure(
        connection=connection,
        dialect_name="sqlite",
        target_metadata=METADATA,
        include_name=include_name,
        process_revision_directives=number,
        render_as_batch=True,
        as_sql=connection is None,
        literal_binds=connection is None,
    )
    with context.begin_transaction():
        context.run_migrations()


target = context.get_x_argument(as_dictionary=True).get("db") or os.environ.get("KB_DATABASE")
if context.is_offline_mode():
    migrate(None)
elif "connection" in context.config.attributes:
    migrate(context.config.attributes["connection"])
else:
    named = target or context.config.get_main_option("sqlalchemy.url") or ""
    with migrating(database_path(named)) as own:
        migrate(own)

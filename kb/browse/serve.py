"""The server behind `kb browse`: Datasette with this plug-in, the base opened for reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SETTINGS = {
    "allow_download": False,  # the file has every text in it; what is handed on is exported
    "default_page_size": 50,
    "facet_time_limit_ms": 150,
    "max_returned_rows": 2_000,
    "sql_time_limit_ms": 5_000,
}


def datasette_of(path: Path, *, review: bool = False, by: str | None = None) -> Any:
    """A Datasette of one base; with `review`, whoever has the token may judge facts, as `by`."""
    from datasette.app import Datasette

    plugin = {"review": review} | ({"by": by} if by else {})
    return Datasette([str(path)], settings=SETTINGS, metadata={"plugins": {"kb": plugin}})


def serve(datasette: Any, host: str, port: int) -> None:
    """Answer requests that name this machine or `host`, until interrupted."""
    import uvicorn

    from kb.browse.hosts import only_as

    uvicorn.run(only_as(host, datasette.app()), host=host, port=port, log_level="warning", lifespan="on")

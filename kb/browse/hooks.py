"""What Datasette asks of a plug-in; each answer is one call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from datasette import hookimpl

from kb.browse.around import App, around, misread
from kb.browse.bases import base_of, bases_of, described
from kb.browse.catalogue import queries, with_unit
from kb.browse.links import Links
from kb.browse.pages import FILTERS
from kb.browse.rights import PERMISSION, judged_by_default
from kb.browse.routes import ROUTES
from kb.browse.telling import TOLD

STATIC = "/-/static-plugins/kb/"


@hookimpl
def startup() -> None:
    """Have Datasette answer requests that fail.

    It prints exceptions by `rich` where that is installed, as it is beside kb, and does so where none is
    being handled: then rich itself fails, and the request for a table that is not there with it.
    """
    from datasette import handle_exception  # not while Datasette loads its plug-ins

    handle_exception.rich = None


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Methods and headers of every page, Datasette's own included."""
    return partial(around, datasette)


@hookimpl
def handle_exception(request: Any, exception: Exception) -> Any:
    """Wrong parameters of Datasette's own pages."""
    return misread(request, exception)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The addresses of the pages."""
    return list(ROUTES)


@hookimpl
def extra_css_urls(datasette: Any) -> list[str]:
    """One stylesheet on top of Datasette's own."""
    return [datasette.urls.path(f"{STATIC}tables.css")]


@hookimpl
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """The start page of every base in Datasette's menu."""
    return [
        {"href": Links(datasette, name).start(), "label": f"Facts in {name}"} for name in bases_of(datasette)
    ]


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """The filters of the templates."""
    env.filters.update(FILTERS | TOLD)


@hookimpl
def permission_allowed(datasette: Any, actor: Any, action: str) -> bool | None:
    """Whoever has the token of `kb browse --review` may judge facts."""
    return judged_by_default(datasette, actor) if action == PERMISSION else None


@hookimpl
def get_metadata(datasette: Any, key: str | None) -> dict[str, Any]:
    """Titles, descriptions, facets and labels of every base.

    Datasette asks for permissions here too, a hundred times a page, and copies all that it is told.
    """
    return {"databases": described(datasette)} if key in (None, "databases") else {}


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, Any]:
    """The questions that users ask most."""
    return dict(queries()) if base_of(datasette, database) is not None else {}


@hookimpl
def render_cell(row: Any, column: str, table: str | None, database: str, datasette: Any) -> str | None:
    """Bounds of figures with their unit."""
    return with_unit(row, column) if table and base_of(datasette, database) is not None else None

"""What Datasette asks of a plug-in; each answer is one call."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

from kb.browse.bases import bases_of
from kb.browse.links import Links
from kb.browse.pages import FILTERS
from kb.browse.routes import ROUTES

STATIC = "/-/static-plugins/kb/"


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
    env.filters.update(FILTERS)

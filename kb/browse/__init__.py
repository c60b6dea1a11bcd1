"""The browser: a Datasette plug-in with pages for those who do not like SQL.

hooks      what Datasette asks of a plug-in
bases      which of Datasette's databases are bases of kb, each opened once, for reading
around     what stands around every request: the methods that a page takes, the headers of every answer
hosts      by which names the server may be asked
routes     the addresses of the pages, and the one way from a request to a response
pages      a function a page: from a base and what was asked to a template with its values
reviewing  the pages of those who judge facts
rights     who may judge facts, and under which name
catalogue  what Datasette shows of a base beside its rows: descriptions, facets, labels, canned queries
judging    what a form asks to be decided, and the one decision that it becomes
marking    a text cut into pieces, each with the facts that stand in it
links      addresses of pages, and of words on the web
templates/ static/   what the pages look like; no script is needed to read them, and one helps to judge

`datasette kb.db` shows the same pages where kb is installed: the package's entry point is this room.
"""

from kb.browse.hooks import (
    asgi_wrapper,
    canned_queries,
    extra_css_urls,
    get_metadata,
    handle_exception,
    menu_links,
    permission_allowed,
    prepare_jinja2_environment,
    register_routes,
    render_cell,
    startup,
)

__all__ = [
    "asgi_wrapper",
    "canned_queries",
    "extra_css_urls",
    "get_metadata",
    "handle_exception",
    "menu_links",
    "permission_allowed",
    "prepare_jinja2_environment",
    "register_routes",
    "render_cell",
    "startup",
]

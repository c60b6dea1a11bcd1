"""From a request to a response: which page, of which base, for whom, and with which headers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from datasette.utils.asgi import Forbidden, NotFound, Response

from kb.browse import pages
from kb.browse.bases import base_of, bases_of
from kb.browse.links import Links
from kb.browse.page import Asked, Data, Page
from kb.errors import KbError, UsageError
from kb.knowledge import KnowledgeBase

HEADERS = {
    # Nothing but the page's own style and pictures: no script, no frame, no other host.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
_LONGEST = 2_000  # characters of a parameter; what is longer asks nothing that could be found
_LONGEST_DRAFT = 100_000  # characters of a draft

Found = Callable[[KnowledgeBase, Asked], Page | Data]


def _view(found: Found) -> Callable[[Any, Any], Awaitable[Any]]:
    """A view of Datasette that answers with a page of one base."""

    async def view(datasette: Any, request: Any) -> Any:
        name = unquote(request.url_vars["database"])
        base = base_of(datasette, name)
        if base is None:
            raise NotFound(f"no base is called {name}")
        await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
        asked = Asked(await _parameters(request), request.url_vars.get("uid", ""), Links(datasette, name))
        try:
            answer = await asyncio.to_thread(found, base, asked)
        except UsageError as error:
            answer = Page("missing.html", {"title": "Not found", "message": str(error)}, status=404)
        except KbError as error:
            answer = Page("missing.html", {"title": "Cannot be read", "message": str(error)}, status=500)
        return await respond(datasette, request, asked.links, answer)

    return view


async def _parameters(request: Any) -> dict[str, str]:
    """What is asked, by address or by form; a form has passed Datasette's check against forgery."""
    said = {key: request.args.get(key) or "" for key in request.args}
    longest = _LONGEST
    if request.method == "POST":
        said |= await request.post_vars()
        longest = _LONGEST_DRAFT
    return {key: value[:longest] for key, value in said.items()}


async def respond(datasette: Any, request: Any, links: Links, answer: Page | Data) -> Any:
    """A page or data as a response, with the headers that all of them have."""
    if isinstance(answer, Data):
        return Response(answer.body, headers={**HEADERS, **answer.headers}, content_type=answer.content_type)
    values = answer.values | {"links": links, "database": links.database}
    body = await datasette.render_template(f"kb/{answer.template}", values, request=request)
    return Response.html(body, status=answer.status, headers=HEADERS)


async def first_page(datasette: Any, request: Any) -> Any:
    """`/`: the start page where there is one base, else which there are."""
    names = bases_of(datasette)
    if len(names) == 1:
        return Response.redirect(Links(datasette, names[0]).start())
    if not await datasette.permission_allowed(request.actor, "view-instance", default=True):
        raise Forbidden("view-instance")
    bases = [(name, Links(datasette, name).start()) for name in names]
    tables = [(name, datasette.urls.database(name)) for name in datasette.databases if name not in names]
    page = Page("bases.html", {"title": "Bases", "bases": bases, "tables": tables})
    return await respond(datasette, request, Links(datasette, ""), page)


async def robots() -> Any:
    """`/robots.txt`: nothing here is for robots."""
    return Response.text("User-agent: *\nDisallow: /\n")


_BASE = r"^/-/kb/(?P<database>[^/]+)/"
_UID = r"(?P<uid>[a-z0-9]{1,64})"
ROUTES: tuple[tuple[str, Any], ...] = (
    (r"^/$", first_page),
    (r"^/robots\.txt$", robots),
    (rf"{_BASE}$", _view(pages.start)),
    (rf"{_BASE}search$", _view(pages.search)),
    (rf"{_BASE}article/{_UID}$", _view(pages.article)),
    (rf"{_BASE}article/{_UID}/history$", _view(pages.history)),
    (rf"{_BASE}series$", _view(pages.all_series)),
    (rf"{_BASE}series/{_UID}$", _view(pages.series)),
    (rf"{_BASE}series/{_UID}\.svg$", _view(pages.series_svg)),
    (rf"{_BASE}series/{_UID}\.csv$", _view(pages.series_csv)),
    (rf"{_BASE}series/{_UID}\.json$", _view(pages.series_json)),
    (rf"{_BASE}timeline$", _view(pages.timeline)),
    (rf"{_BASE}event/{_UID}$", _view(pages.event)),
    (rf"{_BASE}entities$", _view(pages.entities)),
    (rf"{_BASE}entity/{_UID}$", _view(pages.entity)),
    (rf"{_BASE}compare$", _view(pages.compare)),
    (rf"{_BASE}feed\.atom$", _view(pages.feed)),
    (rf"{_BASE}conflicts$", _view(pages.conflicts)),
    (rf"{_BASE}conflict/{_UID}$", _view(pages.conflict)),
)

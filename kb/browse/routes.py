"""From a request to a response: which page, of which base, for whom, and with which headers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Forbidden, NotFound, Response

from kb.browse import pages, reviewing
from kb.browse.around import HEADERS
from kb.browse.bases import base_of, bases_of, opened_for_writing
from kb.browse.judging import judge
from kb.browse.links import Links
from kb.browse.page import Asked, Data, Page, ParameterError
from kb.browse.rights import PERMISSION, refuse_strangers, reviewer
from kb.errors import KbError, UsageError
from kb.knowledge import KnowledgeBase

_LONGEST = 2_000  # characters of a parameter; what is longer asks nothing that could be found
_LONGEST_DRAFT = pages.LONGEST_DRAFT + 1  # characters of a draft: what is longer is refused in words

Found = Callable[[KnowledgeBase, Asked], Page | Data]
View = Callable[[Any, Any], Awaitable[Any]]


def _view(
    found: Found, *, drafted: bool = False, judges: bool = False
) -> Callable[[Any, Any], Awaitable[Any]]:
    """A view of Datasette that answers with a page of one base; `drafted` ones take forms too.

    Those for who `judges` facts are for nobody else.
    """

    async def view(datasette: Any, request: Any) -> Any:
        allowed = ("GET", "HEAD", "POST") if drafted else ("GET", "HEAD")
        if request.method not in allowed:
            return Response.text("", status=405, headers={**HEADERS, "Allow": ", ".join(allowed)})
        base, asked = await _asked(datasette, request)
        if judges and asked.reviewer is None:
            raise Forbidden(PERMISSION)
        try:
            answer = await asyncio.to_thread(_answered, found, base, asked)
        except KbError as error:
            answer = _refused(error)
        return await respond(datasette, request, asked, answer)

    return view


def _answered(found: Found, base: KnowledgeBase, asked: Asked) -> Page | Data:
    """A page, with what whoever judges may take back."""
    answer = found(base, asked)
    if isinstance(answer, Page) and asked.reviewer is not None:
        return replace(answer, values=answer.values | {"last": base.last_answer(asked.reviewer)})
    return answer


def _refused(error: KbError) -> Page:
    """The page that says why there is none: an unknown uid, a wrong parameter, a base that cannot be read."""
    if isinstance(error, ParameterError):
        return Page("missing.html", {"title": "Cannot be asked", "message": str(error)}, status=400)
    if isinstance(error, UsageError):
        return Page("missing.html", {"title": "Not found", "message": str(error)}, status=404)
    return Page("missing.html", {"title": "Cannot be read", "message": str(error)}, status=500)


async def decide(datasette: Any, request: Any) -> Any:
    """A form that decides something: the one way to write, and only by POST."""
    if request.method != "POST":
        return Response.text("", status=405, headers={**HEADERS, "Allow": "POST"})
    refuse_strangers(request)
    _, asked = await _asked(datasette, request)
    by = asked.reviewer
    if by is None:
        raise Forbidden(PERMISSION)

    def write() -> None:
        with opened_for_writing(datasette, asked.links.database) as own:
            judge(own, asked, by)

    try:
        await asyncio.to_thread(write)
    except KbError as error:
        status = 400 if isinstance(error, UsageError) else 503
        said = {"title": "Not done", "message": str(error), "back": asked.back}
        return await respond(datasette, request, asked, Page("missing.html", said, status=status))
    return Response.redirect(asked.back, headers=HEADERS)


async def _asked(datasette: Any, request: Any) -> tuple[KnowledgeBase, Asked]:
    """The base that a request is about, and what is asked of it.

    Raises:
        NotFound: there is no such base.
        Forbidden: whoever asks may not see it.
    """
    name = tilde_decode(request.url_vars["database"])
    base = base_of(datasette, name)
    if base is None:
        raise NotFound(f"no base is called {name}")
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    parameters = await _parameters(request)
    by = await reviewer(datasette, request.actor, name)
    return base, Asked(parameters, request.url_vars.get("uid", ""), Links(datasette, name), by)


async def _parameters(request: Any) -> dict[str, str]:
    """What is asked, by address or by form; a form has passed Datasette's check against forgery."""
    said = {key: request.args.get(key) or "" for key in request.args}
    longest = _LONGEST
    if request.method == "POST":
        said |= await request.post_vars()
        longest = _LONGEST_DRAFT
    return {key: value[:longest] for key, value in said.items()}


async def respond(datasette: Any, request: Any, asked: Asked, answer: Page | Data) -> Any:
    """A page or data as a response, with the headers that all of them have."""
    if isinstance(answer, Data):
        return Response(answer.body, headers={**HEADERS, **answer.headers}, content_type=answer.content_type)
    links = asked.links
    values = answer.values | {"links": links, "database": links.database, "reviewer": asked.reviewer}
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
    return await respond(datasette, request, Asked({}, "", Links(datasette, "")), page)


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
    (rf"{_BASE}compare$", _view(pages.compare, drafted=True)),
    (rf"{_BASE}review$", _view(reviewing.queue, judges=True)),
    (rf"{_BASE}fact/{_UID}$", _view(reviewing.fact)),
    (rf"{_BASE}decide$", decide),
    (rf"{_BASE}feed\.atom$", _view(pages.feed)),
    (rf"{_BASE}candidates$", _view(pages.candidates)),
    (rf"{_BASE}conflicts$", _view(pages.conflicts)),
    (rf"{_BASE}conflict/{_UID}$", _view(pages.conflict)),
    (rf"{_BASE}.*$", _view(pages.nothing)),
)

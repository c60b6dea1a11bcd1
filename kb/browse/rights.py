"""Who may judge facts, and under which name. Nobody may unless the server was started for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from datasette.utils import actor_matches_allow
from datasette.utils.asgi import Forbidden

from kb.desk.person import person

PERMISSION = "kb-review"
_OWN = ("same-origin", "none")  # Sec-Fetch-Site of a page of this server, and of an address typed in


def settings(datasette: Any) -> Mapping[str, Any]:
    """What the server was told of kb: `review`, `by`, and `allow` as Datasette writes it."""
    return datasette.plugin_config("kb") or {}


def judged_by_default(datasette: Any, actor: Any) -> bool | None:
    """Whether an actor may judge facts if no other plug-in says otherwise: whoever has the token.

    `allow` in the settings names others. None leaves it to what was said elsewhere, in the end: no.
    """
    allowed = settings(datasette).get("allow", {"id": "root"})
    return True if actor and actor_matches_allow(actor, allowed) else None


async def reviewer(datasette: Any, actor: Any, database: str) -> str | None:
    """The name under which an actor may judge facts of a base; None if that is not so.

    It needs a server that was started for it, a file that can be written, somebody who is known, and the
    permission `kb-review`.
    """
    said = settings(datasette)
    if said.get("review") is not True or not actor or not datasette.databases[database].is_mutable:
        return None
    if not await datasette.permission_allowed(actor, PERMISSION, resource=database, default=False):
        return None
    if actor.get("id") == "root":
        return person(said.get("by"))
    return next((str(actor[key]) for key in ("name", "username", "id") if actor.get(key)), None)


def refuse_strangers(request: Any) -> None:
    """Refuse what another site sends, beside Datasette's token, which counts only where there are cookies.

    Raises:
        Forbidden: the browser says that it comes from elsewhere.
    """
    headers = request.headers
    origin = headers.get("origin")
    elsewhere = origin is not None and urlsplit(origin).netloc != headers.get("host")
    if elsewhere or headers.get("sec-fetch-site", "none") not in _OWN:
        raise Forbidden("this was sent by a page of another site")

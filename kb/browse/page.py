"""What a page is asked, and what it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.browse.links import Links
from kb.errors import UsageError


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request, the uid in its address, and the addresses of the base's pages.

    `reviewer` is the name under which facts may be judged; None for whoever only reads.
    """

    parameters: Mapping[str, str]
    uid: str
    links: Links
    reviewer: str | None = None

    def get(self, name: str) -> str | None:
        """A parameter without the white space around it, None where it is empty."""
        return self.parameters.get(name, "").strip() or None

    def needed(self, name: str) -> str:
        """A parameter that cannot be empty.

        Raises:
            UsageError: it is.
        """
        if (said := self.get(name)) is None:
            raise UsageError(f"nothing is said of {name}: fill it in")
        return said

    @property
    def back(self) -> str:
        """The page of this base that a form came from: where to go on; the first page if it says none."""
        said = self.parameters.get("back", "")
        start = self.links.start()
        inside = said.startswith(start) and said.isprintable() and "\\" not in said
        return said if inside else start


@dataclass(frozen=True, slots=True)
class Page:
    """A template of `templates/kb/` with its values."""

    template: str
    values: dict[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Data:
    """Something else than a page: an image, a table."""

    body: str
    content_type: str
    headers: Mapping[str, str] = field(default_factory=dict)

"""What a page is asked, and what it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kb.browse.links import Links


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request, the uid in its address, and the addresses of the base's pages."""

    parameters: Mapping[str, str]
    uid: str
    links: Links

    def get(self, name: str) -> str | None:
        """A parameter without the white space around it, None where it is empty."""
        return self.parameters.get(name, "").strip() or None


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

"""What a page is asked, and what it answers with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kb.browse.links import Links
from kb.errors import UsageError

T = TypeVar("T")
ROWS = 100  # rows of a list that a page shows
_LAST = 1_000  # pages of a list


class ParameterError(UsageError):
    """A page is there, and cannot be asked in this way."""


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

    def chosen(self, name: str, known: Collection[str]) -> str | None:
        """A parameter that is one of a few words, None where it is empty.

        Raises:
            ParameterError: it is another.
        """
        said = self.get(name)
        if said is not None and said not in known:
            raise ParameterError(f"no {name} {said!r}: say one of {', '.join(known)}")
        return said

    @property
    def number(self) -> int:
        """The page of a list that is asked for, from 1 on.

        Raises:
            ParameterError: it is no number of a page.
        """
        said = self.get("page") or "1"
        if not (
            said.isascii() and said.isdigit() and len(said) < len(str(_LAST)) + 1 and 0 < int(said) <= _LAST
        ):
            raise ParameterError(f"page {said!r} is none: give a number from 1 to {_LAST:,}")
        return int(said)

    @property
    def skipped(self) -> int:
        """How many rows of a list stand on the pages before."""
        return (self.number - 1) * ROWS

    def paged(self, name: str, found: Sequence[T]) -> tuple[tuple[T, ...], dict[str, str | None]]:
        """The rows of one page out of one row more than it shows, and the addresses of those beside it.

        `name` is the page's own address, its parameters are those of the request.
        """
        said = {key: words for key, words in self.parameters.items() if key != "page" and words}
        beside = {
            "before": self.links.page(name, **said, page=str(self.number - 1)) if self.number > 1 else None,
            "after": self.links.page(name, **said, page=str(self.number + 1)) if len(found) > ROWS else None,
        }
        return tuple(found[:ROWS]), beside

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

"""What a source says of a page that it names without holding it: feeds, sitemaps, lists of addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kb.model.values import Article
from kb.read.given import Given

Target = Literal["page", "sources"]
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A page to be fetched, with what the source that names it says of it.

    `target` is "sources" where the address leads to a further list (a sitemap in a sitemap index),
    which is read like a file of its own. The other values hold where the page itself does not say
    them. `content` is what the source has of the page's text, a feed's entry: the article where the
    page cannot be had. `source` names the place in the source, for messages.
    """

    url: str
    target: Target = "page"
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    content: Article | None = None
    source: str = "<list>"
    said: Given | None = None

    @property
    def is_file(self) -> bool:
        """Whether it leads to a file of this machine, which nobody but its user may name."""
        return self.said is not None and SCHEME.match(self.url) is None

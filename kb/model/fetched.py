"""What came when a page was asked for, as a plain value."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass, field

NOT_MODIFIED = 304
GONE = (404, 410)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of a server, after all redirects.

    `url` is what was asked for, `final_url` what answered; `moved_to` is where permanent redirects (301,
    308) lead from `url`, None where there are none. `headers` are as they came, in order. `content` is
    what they describe, its content coding (gzip) removed; `retrieved_at` is when it came over the network,
    for a cached answer when the cache got it.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    retrieved_at: dt.datetime
    content: bytes = field(repr=False)
    moved_to: str | None = None

    @property
    def sha256(self) -> str | None:
        """The hash of the content, in hexadecimal; None where there is none."""
        return hashlib.sha256(self.content).hexdigest() if self.content else None

    def header(self, name: str) -> str | None:
        """The first header of a name, whatever its case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def charset(self) -> str | None:
        """The encoding that the server states for the content, None if it states none."""
        return stated_charset(self.header("content-type"))


def stated_charset(content_type: str | None) -> str | None:
    """The encoding that a Content-Type names, None if it names none."""
    stated = _CHARSET.search(content_type or "")
    return stated[1] if stated else None

"""How pages are asked for: who asks, how often, how long and how much."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kb.errors import UsageError

ROBOT = "kb"  # the name by which robots.txt speaks of this program


@dataclass(frozen=True, slots=True)
class Settings:
    """How pages are asked for. Times are in seconds, sizes in bytes.

    Attributes:
        contact: an address where a server's owner reaches the user: mail or URL. It is sent to each server.
        delay: the least time between two requests to one host; a longer `Crawl-delay` of its robots.txt
            goes before.
        timeout: how long to wait for a connection, and for each next part of an answer.
        deadline: how long one answer may take as a whole.
        max_bytes: what one answer may have, as it comes and unpacked.
        redirects: how many of them are followed.
        retries: how often a request is made again after an error that may pass.
        backoff: the time before the first retry; it doubles each time.
        longest_wait: the longest time to wait because a server asks for it (`Retry-After`, `Crawl-delay`).
        cache: the folder of the HTTP cache; None is `kb.fetch.cache.default_folder()`.
        use_cache: whether there is one. With `archive` there is none: an archive holds what was fetched.
        archive: the folder for a WARC of all that is fetched; None makes none.
        allow_private: whether private, loopback and link-local addresses may be asked.
    """

    contact: str | None = None
    delay: float = 1.0
    timeout: float = 20.0
    deadline: float = 120.0
    max_bytes: int = 50_000_000
    redirects: int = 10
    retries: int = 3
    backoff: float = 1.0
    longest_wait: float = 60.0
    cache: Path | None = None
    use_cache: bool = True
    archive: Path | None = None
    allow_private: bool = False

    def __post_init__(self) -> None:
        contact = self.contact
        if contact is not None and not (contact.strip() and contact.isascii() and contact.isprintable()):
            raise UsageError(
                f"{contact!r} is no contact: give a mail address or a URL, as in --contact me@here.org"
            )
        if min(self.delay, self.timeout, self.deadline, self.backoff, self.longest_wait) < 0:
            raise UsageError("a time is negative: give seconds")
        if min(self.redirects, self.retries) < 0 or self.max_bytes <= 0:
            raise UsageError("a number of redirects, retries or bytes is negative")

    @property
    def user_agent(self) -> str:
        """Who asks, for the header `User-Agent`."""
        who = self.contact or "a reader's own fact base; no contact was set"
        return f"{ROBOT}/{version('kb')} ({who})"

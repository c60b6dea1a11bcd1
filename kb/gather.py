"""From what a user names to articles: files read, addresses fetched, lists followed to their pages."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self
from urllib.parse import urldefrag

from kb.errors import FetchError, ReadError
from kb.model.fetched import Fetched
from kb.model.values import Article
from kb.read import Given, Pointer, find_files, read_source, read_stream
from kb.read.failures import failed_page, failed_source
from kb.read.pointer import SCHEME
from kb.read.streams.opened import STDIN

if TYPE_CHECKING:
    from kb.fetch import Fetcher, Settings

DEEPEST = 4  # lists that lead to lists: an index of sitemaps, its sitemaps, their pages
Standing = Literal["in", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came of one place: an article, or an error, or that the base has, or had, the page already.

    `fetched` is the answer that it was read from; it comes without an article where it holds a list of
    others, or is no page. `note` says what is worth knowing of an article that was had all the same.
    `place` is the file or address that it came by, `part` how much of that was read then, as a part of 1
    (None where nobody knows: of what comes from a pipe), `again` a row of JSON Lines by which it can be
    loaded again; see `kb.read.failures`.
    """

    source: str
    article: Article | None = None
    error: ReadError | None = None
    fetched: Fetched | None = None
    is_in: bool = False
    note: str | None = None
    place: str = ""
    part: float | None = None
    again: Mapping[str, Any] = field(default_factory=dict)


class _Part:
    """How much of a place was read, as a part of 1; None unless told."""

    def __init__(self) -> None:
        self.read: float | None = None

    def tell(self, part: float) -> None:
        self.read = part


class Gatherer:
    """Gathers articles from sources, with one client for all of their pages. Use it as a context manager.

    Args:
        given: what the user says of the sources.
        standing: whether the base has the page of a URL already, or had it and it was withdrawn; then it is
            not fetched again.
        fetching: how pages are asked for; the client is made when the first is.
        fetcher: the client to use instead.
        stored: the article that the base has of some bytes, if it has one; see `Given`.
    """

    def __init__(
        self,
        given: Given,
        standing: Callable[[str], Standing | None],
        fetching: Settings | None = None,
        fetcher: Fetcher | None = None,
        stored: Callable[[bytes], Article | None] | None = None,
    ) -> None:
        self._given = dataclasses.replace(given, stored=stored)
        self._standing = standing
        self._fetching = fetching
        self._own: Fetcher | None = None
        self._fetcher = fetcher
        self._seen: dict[str, ReadError | None] = {}  # addresses, with why they could not be had
        self._open: set[str] = set()  # files that are being read

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own is not None:
            self._own.close()

    def gather(self, source: str) -> Iterator[Gathered]:
        """All that a source leads to, in its order; an error where something cannot be had.

        Args:
            source: a file, a folder, "-" for standard input, or an address of http or https.

        Raises:
            UsageError: what the user says of it is no date, or belongs to one article and it holds more.
        """
        yield from self._named(source, self._given)

    def _named(self, source: str, given: Given) -> Iterator[Gathered]:
        again = failed_source(source if is_address(source) else _lasting(source), given)
        if is_address(source):
            pointer, part = Pointer(source, "sources", source=source), _Part()
            for gathered in self._follow(pointer, dataclasses.replace(given, progress=part.tell), depth=0):
                yield dataclasses.replace(
                    gathered, place=source, part=part.read, again=gathered.again or again
                )
            return
        try:
            for path in find_files(Path(source)):
                yield from self._file(path, given)
        except ReadError as error:
            yield Gathered(source, error=error, place=source, again=again)

    def _file(self, path: Path, given: Given) -> Iterator[Gathered]:
        place = _lasting(str(path))
        again = failed_source(place, given)
        if place in self._open:
            yield Gathered(
                str(path), error=ReadError(f"{path} leads to itself: leave that row out"), again=again
            )
            return
        self._open.add(place)
        part = _Part()
        try:
            for found in read_source(path, dataclasses.replace(given, progress=part.tell)):
                if isinstance(found, Pointer) and found.said is not None:
                    those = self._named(found.url, found.said)
                else:
                    those = self._found(found, str(path), given, depth=0)
                for gathered in those:
                    yield dataclasses.replace(
                        gathered, place=place, part=part.read, again=gathered.again or again
                    )
        except ReadError as problem:
            yield Gathered(str(path), error=problem, place=place, again=again)
        finally:
            self._open.discard(place)

    def _found(
        self, found: Article | Pointer | ReadError, source: str, given: Given, depth: int
    ) -> Iterator[Gathered]:
        """What a place holds; an item that tells no row of its own is had again by loading the place."""
        if isinstance(found, Pointer):
            if found.is_file:
                error = ReadError(f"{found.source}: a page may not name files: load {found.url} itself")
                yield Gathered(source, error=error)
                return
            for gathered in self._follow(found, given, depth + 1):
                yield gathered if gathered.again else dataclasses.replace(gathered, again=failed_page(found))
        elif isinstance(found, ReadError):
            yield Gathered(source, error=found)
        else:
            yield Gathered(found.source, article=found)

    def _follow(self, pointer: Pointer, given: Given, depth: int) -> Iterator[Gathered]:
        """What stands at an address, or what its list has of it where it cannot be had."""
        url = urldefrag(pointer.url).url
        if url in self._seen:
            error = self._seen[url]
            if error is not None and pointer.content is not None:
                self._seen[url] = None
                yield _instead(pointer.content, url, pointer, error)
            return
        self._seen[url] = None
        if self._is_done(url, given, depth):
            yield Gathered(url, is_in=True)
            return
        from kb.fetch import require_page  # slow to import, for those who load files alone

        fetched: Fetched | None = None
        try:
            if depth > DEEPEST:
                raise FetchError(f"{url} is a list in a list in a list: load it by itself")
            fetched = self._client().get(url)
            yield from self._read(pointer, require_page(fetched), given, depth)
        except ReadError as error:
            if pointer.content is not None:
                if fetched is not None:
                    yield Gathered(url, fetched=fetched)
                yield _instead(pointer.content, url, pointer, error)
            else:
                self._seen[url] = error
                yield Gathered(url, error=error, fetched=fetched)

    def _read(self, pointer: Pointer, fetched: Fetched, given: Given, depth: int) -> Iterator[Gathered]:
        """What an answer holds: the article of the page, or the articles and pages of a list.

        Raises:
            ReadError: nothing that can be read.
        """
        if self._is_done(fetched.final_url, given, depth):  # under another address
            yield Gathered(fetched.url, fetched=fetched, is_in=True)
            return
        # What is said of a list is not said of its pages, but for who published them and when.
        if depth:
            given = dataclasses.replace(given, url=None, title=None, format=None, columns={}, progress=None)
        given = dataclasses.replace(given.checked(), at=fetched.final_url, stored=None)
        stream = io.BytesIO(fetched.content)
        is_list = False
        size = len(fetched.content)
        for found in read_stream(stream, fetched.final_url, given, charset=fetched.charset, size=size):
            if isinstance(found, Article) and found.raw == fetched.content:
                yield Gathered(fetched.url, article=page_of(found, fetched, pointer), fetched=fetched)
                return
            if not is_list:
                is_list = True
                yield Gathered(fetched.url, fetched=fetched)
            yield from self._found(found, fetched.final_url, given, depth)

    def _is_done(self, url: str, given: Given, depth: int) -> bool:
        """Whether nothing is to be done: the page was withdrawn, or is in and the user says nothing of it."""
        said = depth == 0 and (given.url or given.title or given.published or given.publisher)
        standing = self._standing(url)
        return standing == "withdrawn" or (standing == "in" and not said)

    def _client(self) -> Fetcher:
        from kb.fetch import Fetcher

        if self._fetcher is None:
            self._fetcher = self._own = Fetcher(self._fetching)
        return self._fetcher


def _instead(content: Article, url: str, pointer: Pointer, error: ReadError) -> Gathered:
    """What a list has of a page, in place of the page."""
    note = f"the page cannot be had, this is what {pointer.source} has of it: {error}"
    return Gathered(url, article=content, note=note)


def is_address(source: str) -> bool:
    """Whether a source is an address on the network rather than a path."""
    return SCHEME.match(source) is not None


def places(sources: Iterable[str]) -> int:
    """How many files and addresses are named; what they hold is told when they are read."""
    number = 0
    for source in sources:
        try:
            number += 1 if is_address(source) else sum(1 for _ in find_files(Path(source)))
        except ReadError:
            number += 1  # it will be told
    return number


def _lasting(source: str) -> str:
    """A path that leads to its file from any folder."""
    return source if source == STDIN else str(Path(source).absolute())


def page_of(article: Article, fetched: Fetched, pointer: Pointer | None = None) -> Article:
    """The article of a fetched page, with its URL, and with what a list says where the page says nothing."""
    said = pointer or Pointer(fetched.url)
    return dataclasses.replace(
        article,
        url=article.url or fetched.final_url,
        title=article.title or said.title,
        published=article.published or said.published,
        modified=article.modified or said.modified,
        publisher=article.publisher or said.publisher,
        authors=article.authors or said.authors,
        retrieved_at=fetched.retrieved_at,
        source=fetched.url,
    )

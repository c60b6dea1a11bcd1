"""Bytes from a file, a pipe or an archive, looked into first and read with bounds, unpacked on the way.

Nothing here holds more than the limit it is given, whatever the source says of its size.
"""

from __future__ import annotations

import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Protocol, TypeGuard

from kb.errors import ReadError

STDIN = "-"
LOOK = 65_536  # bytes that are looked into to tell what a source is
CHUNK = 65_536
GZIP = b"\x1f\x8b"
MOST_RATIO = 200  # unpacked by packed bytes of a stream; text has 3 to 50, a bomb a thousand
_MEMBER = 16 + zlib.MAX_WBITS


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


def name_of(path: Path) -> str:
    """What messages call a file."""
    return "standard input" if str(path) == STDIN else str(path)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read; of "-" standard input.

    Raises:
        ReadError: there is no file, or it cannot be read.
    """
    if str(path) == STDIN:
        yield sys.stdin.buffer
        return
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # tells first if it cannot be listed
            raise ReadError(f"{path} is a folder: name the files in it, or load the folder as a whole")
        if path.exists() and not path.is_file():
            raise ReadError(f"{path} is no file but a pipe or a device: give what comes from it as '-'")
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise ReadError(f"{path} does not exist: check the path") from error
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}") from error


def look(
    stream: Readable, size: int | None = None, tell: Callable[[float], None] | None = None
) -> tuple[bytes, BinaryIO]:
    """The first `LOOK` bytes, and the stream with them still in it.

    Where its size is known, and somebody wants to know, it tells how much of it was taken; see `Metered`.
    """
    head = _filled(stream, LOOK)
    rest = _Rejoined(head, stream)
    return head, Metered(rest, size, tell) if size and tell else io.BufferedReader(rest, CHUNK)


def unpacked_head(head: bytes) -> bytes:
    """The first bytes of what is packed in gzip, as many as the head holds, `LOOK` at most; else the head."""
    if not head.startswith(GZIP):
        return head
    try:
        return zlib.decompressobj(_MEMBER).decompress(head, LOOK)
    except zlib.error:
        return head


def is_seekable(stream: Readable) -> TypeGuard[IO[bytes]]:
    """Whether a stream is a file or bytes in memory, where one can go back."""
    return isinstance(stream, io.BufferedReader | io.BytesIO) and stream.seekable()


def read_whole(stream: Readable, source: str, limit: int) -> bytes:
    """All bytes of a stream.

    Raises:
        ReadError: there are more than the limit.
    """
    raw = _filled(stream, limit + 1)
    if len(raw) > limit:
        raise ReadError(
            f"{source} is larger than {limit / 1e6:g} MB: split it, or raise the limit with --max-text"
        )
    return raw


def unpacked(raw: bytes, source: str, limit: int) -> bytes:
    """The bytes, decompressed if they are gzip's: never more than `limit` of them.

    Raises:
        ReadError: they are damaged, or would become larger than the limit.
    """
    if not raw.startswith(GZIP):
        return raw
    content = _filled(Unpacked(io.BytesIO(raw), source, limit), limit + 1)
    if len(content) > limit:
        raise ReadError(
            f"{source} is larger than {limit / 1e6:g} MB when unpacked: raise the limit with --max-text"
        )
    return content


def read_lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream, with their ends; None in place of one that is longer than the limit."""
    while line := stream.readline(limit + 1):
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
        yield None


class Unpacked(io.RawIOBase):
    """What is packed in a stream of gzip, of one member or many, a piece at a time.

    Reading raises ReadError where the stream is damaged, or unpacks to more than `MOST_RATIO` times
    its size and more than `floor` bytes.
    """

    def __init__(self, stream: Readable, source: str, floor: int) -> None:
        self._stream, self._source, self._floor = stream, source, floor
        self._member = zlib.decompressobj(_MEMBER)
        self._packed = b""
        self._came = self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        content = self._next(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def _next(self, most: int) -> bytes:
        """The next bytes, none at the end."""
        while True:
            if self._member.eof:
                self._packed = (self._member.unused_data or self._more()).lstrip(b"\0")  # padding of tapes
                if not self._packed:
                    return b""
                self._member = zlib.decompressobj(_MEMBER)
            packed = self._packed or self._member.unconsumed_tail or self._more()
            self._packed = b""
            try:
                content = self._member.decompress(packed, most)
            except zlib.error as error:
                raise self._damaged(str(error)) from error
            if content:
                self._given += len(content)
                self._check_ratio()
                return content
            if not packed and not self._member.eof:
                raise self._damaged("it ends within a member")

    def _more(self) -> bytes:
        piece = self._stream.read(CHUNK)
        self._came += len(piece)
        return piece

    def _check_ratio(self) -> None:
        if self._given > self._floor and self._given > MOST_RATIO * self._came:
            raise ReadError(
                f"{self._source} unpacks to more than {MOST_RATIO} times its size and "
                f"{self._floor / 1e6:g} MB: if you trust it, unpack it yourself, or raise --max-text"
            )

    def _damaged(self, why: str) -> ReadError:
        return ReadError(f"{self._source} is damaged gzip ({why}): fetch or compress it again")


class Metered(io.BufferedReader):
    """A stream that tells, with all that is taken from it, which part of its bytes that was.

    Args:
        stream: what is read.
        size: its bytes in all; they may turn out to be more.
        tell: is told the part, up to 1.
    """

    def __init__(self, stream: io.RawIOBase, size: int, tell: Callable[[float], None]) -> None:
        super().__init__(stream, CHUNK)
        self._size, self._tell, self._taken = size, tell, 0

    def read(self, size: int | None = -1, /) -> bytes:
        return self._counted(super().read(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._counted(super().readline(size))

    def _counted(self, piece: bytes) -> bytes:
        self._taken += len(piece)
        self._tell(min(1.0, self._taken / self._size))
        return piece


class _Rejoined(io.RawIOBase):
    """The head of a stream that was read already, and then the rest of it."""

    def __init__(self, head: bytes, rest: Readable) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        piece: bytes | memoryview = self._head[: len(buffer)]
        if len(piece):
            self._head = self._head[len(piece) :]
        else:
            piece = self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _filled(stream: Readable, size: int) -> bytes:
    """As many bytes of the stream as it has, `size` at most; a pipe gives them in pieces."""
    pieces = []
    while size and (piece := stream.read(min(size, 16 * CHUNK))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)

"""ZIP archives: their members read one after the other like files, and never written to a disk."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

from kb.errors import ReadError
from kb.read.given import Given
from kb.read.streams.folders import is_passed_over
from kb.read.streams.opened import CHUNK, MOST_RATIO, Readable, is_seekable

MOST_SPOOLED = 2_000_000_000  # bytes of an archive that comes from a pipe, or stands in another one
MOST_DIRECTORY = 20_000_000  # bytes of an archive's list of members: 200,000 of them
DEEPEST = 2  # an archive in an archive
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}
_OFFICE = {"[Content_Types].xml", "mimetype"}
_RECORDS = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")
_ENCRYPTED = 0x1


class Budget:
    """How many bytes an archive and the archives in it may unpack to; raises ReadError where it is spent."""

    def __init__(self, source: str, most: int) -> None:
        self._source, self._left = source, most

    @property
    def spent(self) -> bool:
        """Whether nothing is left."""
        return self._left < 0

    def spend(self, size: int) -> None:
        """Count bytes that were unpacked.

        Raises:
            ReadError: they are more than what is left.
        """
        self._left -= size
        if self.spent:
            raise ReadError(
                f"{self._source} unpacks to more than {MOST_RATIO} times its size, as text does not: "
                "unpack it yourself if you trust it"
            )


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an archive: its name, its bytes or what is wrong with it, and how many they are.

    `budget` is what it may unpack to with all that follows it; `start` and `end` tell where in the archive
    it stands, as parts of 1.
    """

    name: str
    content: Readable | ReadError
    size: int
    budget: Budget
    start: float
    end: float


def members(
    stream: Readable, source: str, given: Given, depth: int, budget: Budget | None
) -> Iterator[Member]:
    """The members of an archive that may be sources.

    Hidden files and the folders that some systems put into archives are left out. A name is used in
    messages alone, wherever it says that it leads.

    Args:
        stream: the archive.
        source: what it is, for messages.
        given: tells how large a member may become whatever the archive's size.
        depth: in how many archives this one stands.
        budget: what those may still unpack to; None for the outermost.

    Raises:
        ReadError: it is damaged, too large, a document of an office program, or too deep in others.
    """
    if depth >= DEEPEST:
        raise ReadError(f"{source} is an archive in an archive in an archive: unpack the outer ones")
    with _seekable(stream, source) as file:
        size = file.seek(0, io.SEEK_END)
        budget = budget or Budget(source, given.most_bytes + MOST_RATIO * size)
        _check_directory(file, source)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise ReadError(f"{source} is a damaged ZIP archive ({error}): fetch or pack it again") from error
        infos = archive.infolist()
        if infos and infos[0].filename in _OFFICE:
            raise ReadError(f"{source} is a document of an office program: save it as PDF or text")
        infos = _of_crawl(list(filter(_is_source, infos)))
        packed = sum(info.compress_size for info in infos) or 1
        done = 0
        for info in infos:
            if budget.spent:
                return
            where = f"{source}/{info.filename}"
            content: Readable | ReadError
            try:
                content = _opened(archive, info, where, budget)
            except ReadError as error:
                content = error
            start, done = done, done + info.compress_size
            yield Member(where, content, info.file_size, budget, start / packed, done / packed)


def _of_crawl(infos: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Of a packed crawl (WACZ 1.1.1) its records alone: indexes and lists of pages tell of the same pages."""
    if not any(info.filename == "datapackage.json" for info in infos):
        return infos
    return [info for info in infos if _RECORDS.fullmatch(info.filename)] or infos


def _is_source(info: zipfile.ZipInfo) -> bool:
    """Whether a member may be a source: no folder, nothing hidden, nothing that a system adds."""
    parts = [part for part in info.filename.split("/") if part.strip(".")]
    return not info.is_dir() and "__MACOSX" not in parts and not any(map(is_passed_over, parts))


class _Content:
    """The bytes of a member, counted."""

    def __init__(self, file: IO[bytes], where: str, budget: Budget) -> None:
        self._file, self._where, self._budget = file, where, budget

    def read(self, size: int, /) -> bytes:
        try:
            piece = self._file.read(min(size, CHUNK))
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise ReadError(f"{self._where} is damaged ({error}): fetch or pack the archive again") from error
        self._budget.spend(len(piece))
        return piece


def _opened(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, budget: Budget) -> _Content:
    if info.flag_bits & _ENCRYPTED:
        raise ReadError(f"{where} is encrypted: unpack it with its password")
    if info.compress_type not in _METHODS:
        raise ReadError(f"{where} is packed in a rare way: unpack it, or pack it again by deflate")
    try:
        return _Content(archive.open(info), where, budget)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, struct.error) as error:
        raise ReadError(f"{where} is damaged ({error}): fetch or pack the archive again") from error


@contextmanager
def _seekable(stream: Readable, source: str) -> Iterator[IO[bytes]]:
    """The archive where it can be read in any order: itself, or a copy in a file without a name."""
    if is_seekable(stream):
        yield stream
        return
    with TemporaryFile() as file:
        copied = 0
        while piece := stream.read(CHUNK):
            copied += len(piece)
            if copied > MOST_SPOOLED:
                raise ReadError(f"{source} is an archive of more than {MOST_SPOOLED / 1e9:g} GB: unpack it")
            file.write(piece)
        yield file


def _check_directory(file: IO[bytes], source: str) -> None:
    """Refuse an archive whose list of members would fill the memory: it is read as a whole.

    Raises:
        ReadError: it is longer than `MOST_DIRECTORY`, or there is none.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557 - 20))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise ReadError(f"{source} is a damaged ZIP archive (it ends early): fetch or pack it again")
    length = struct.unpack_from("<L", tail, at + 12)[0]
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":  # the larger form
        file.seek(min(struct.unpack_from("<Q", tail, at - 12)[0], size))
        wide = file.read(56)
        length = struct.unpack_from("<Q", wide, 40)[0] if len(wide) == 56 else length
    if length > MOST_DIRECTORY:
        raise ReadError(f"{source} has a list of members of {length / 1e6:.0f} MB: split the archive")

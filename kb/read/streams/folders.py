"""The files of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.errors import ReadError
from kb.read.streams.opened import STDIN


def find_files(path: Path) -> Iterator[Path]:
    """The files to read at a path: itself, or all in the folder and its folders, sorted; "-" is itself.

    Hidden files are left out, and a README, which tells of its folder and is no article. A folder within
    that cannot be listed, or a link to nothing, is given as it is: reading it tells what is wrong.

    Raises:
        ReadError: there is nothing at the path.
    """
    if str(path) != STDIN and not path.exists():
        raise ReadError(f"{path} does not exist: check the path")
    if path.is_dir():
        yield from _files_in(path, frozenset({path.resolve()}))
    else:
        yield path


def _files_in(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """The files in a folder that is reached through the folders `above`, itself among them."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for entry in entries:
        if is_passed_over(entry.name):
            continue
        if entry.is_dir():
            real = entry.resolve()
            if real not in above:  # else a link back
                yield from _files_in(entry, above | {real})
        elif entry.is_file() or entry.is_symlink():
            yield entry


def is_passed_over(name: str) -> bool:
    """Whether a file or folder is none to be read, by its name: a hidden one, a README."""
    return name.startswith(".") or name.partition(".")[0].upper() == "README"

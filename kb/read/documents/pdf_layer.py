"""The text layer of a PDF, read in a process of its own: `python pdf_layer.py MOST_CHARACTERS < FILE > JSON`.

A PDF is a program's worth of parts that point at each other, and those made by an enemy lead a reader
into endless loops and huge tables. The process has little time and memory, and takes nothing else
down with it. This file imports nothing of kb, so that it starts fast.

It prints {"pages": [[line, ...], ...], "title", "author", "created"}: metadata as it stands there, null
where it does not. Errors are a line on standard error and exit code 1; a file that needs a password is 3.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

SECONDS = 60  # of computing
MEMORY = 2_000_000_000  # bytes of address space
PAGES = 2_000
ENCRYPTED = 3


def main() -> int:
    """Read the file on standard input."""
    _limit()
    from pypdf import PdfReader

    most = int(sys.argv[1])
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    if reader.is_encrypted and not reader.decrypt(""):
        return ENCRYPTED
    pages: list[list[str]] = []
    for page in reader.pages[:PAGES]:
        lines = (page.extract_text() or "").splitlines()
        pages.append(lines)
        most -= sum(map(len, lines))
        if most < 0:
            break
    said: dict[str, Any] = {"pages": pages}
    about: dict[str, Any] = dict(reader.metadata or {})
    for key, name in (("title", "/Title"), ("author", "/Author"), ("created", "/CreationDate")):
        value = about.get(name)
        said[key] = str(value) if value is not None else None
    sys.stdout.write(json.dumps(said))
    return 0


def _limit() -> None:
    """Let the system end this process where it takes too much; where there are such limits."""
    try:
        import resource
    except ImportError:  # Windows: the time limit of the parent remains
        return
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main())

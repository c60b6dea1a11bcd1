"""From outside to Articles: each reader yields what a source holds, with what it says of itself.

`read_source` reads a file, whatever it is, and `read_stream` bytes that came otherwise.
"""

from __future__ import annotations

from kb.read.file import find_files
from kb.read.formats import FORMATS
from kb.read.given import Format, Given, parse_columns, parse_format
from kb.read.pointer import Pointer
from kb.read.single import read_article, read_file
from kb.read.source import Found, read_source, read_stream
from kb.read.text import read_text

__all__ = [
    "FORMATS",
    "Format",
    "Found",
    "Given",
    "Pointer",
    "find_files",
    "parse_columns",
    "parse_format",
    "read_article",
    "read_file",
    "read_source",
    "read_stream",
    "read_text",
]

"""From outside to Articles: each reader yields what a source holds, with what it says of itself.

`read_source` reads a file, whatever it is, and `read_stream` bytes that came otherwise.
Imports go up this list:

language   which language a text is in
streams    bytes with bounds, and their letters
lines      what each line of a text is: title, days, authors, furniture, text
given      what users say of a source; `pointer`: what sources say of pages; `failures`: what was not read
markup     what the elements of a page say of it
documents  the one article in some bytes
sources    whatever a user names, one article or address after the other
"""

from __future__ import annotations

from kb.read.documents.text import read_text
from kb.read.given import Format, Given, parse_columns, parse_format
from kb.read.pointer import Pointer
from kb.read.sources.formats import FORMATS
from kb.read.sources.single import read_article, read_file
from kb.read.sources.source import Found, read_source, read_stream
from kb.read.streams.folders import find_files

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

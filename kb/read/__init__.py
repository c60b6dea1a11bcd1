"""From outside to Articles: each reader yields what a source holds, with what it says of itself."""

from __future__ import annotations

from kb.read.file import find_files, read_articles, read_file
from kb.read.pointer import Pointer
from kb.read.text import read_text

__all__ = ["Pointer", "find_files", "read_articles", "read_file", "read_text"]

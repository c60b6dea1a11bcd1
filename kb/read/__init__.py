"""From outside to Articles: each reader yields what a source holds, with what it says of itself."""

from __future__ import annotations

from kb.read.file import read_file

__all__ = ["read_file"]

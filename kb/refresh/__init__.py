"""Stored pages asked for again: which facts changed, which pages say they were corrected, are gone, moved.

choosing    which pages, and one after the other
page        one page: asked for, stored, compared with what it was
reading     its bytes of then and of now, read by the same reader
refreshed   what came of it, also as plain data
"""

from __future__ import annotations

from kb.refresh.choosing import refresh
from kb.refresh.refreshed import Refreshed, plain_refreshed

__all__ = ["Refreshed", "plain_refreshed", "refresh"]

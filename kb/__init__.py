"""kb: figures, dated events and names of news articles, each tied to the exact words of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kb.errors import KbError

if TYPE_CHECKING:
    from kb.knowledge import KnowledgeBase

__version__ = "0.1.0"
__all__ = ["KbError", "KnowledgeBase", "__version__"]


def __getattr__(name: str) -> Any:
    """Import the database side on first use: `kb --help` and pure functions need none of it."""
    if name == "KnowledgeBase":
        from kb.knowledge import KnowledgeBase

        return KnowledgeBase
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""A draft against the base: read, compared, not stored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kb.knowledge.opened import Opened, Source

if TYPE_CHECKING:
    from kb.compare import Comparison
    from kb.query import Answer


class Comparing(Opened):
    """What the base has on a text that it does not hold; nothing is written."""

    def compare(self, text: str, *, published: str | None = None) -> Answer[Comparison]:
        """What is known of each figure and event of a draft, in the order of its text.

        Relative times ("on Friday") and the present count from `published`, by default today.

        Raises:
            ReadError: the text is not in English.
            UsageError: `published` is no date.
        """
        from kb.compare import compare, draft_in_text

        return compare(self._store, draft_in_text(text, published=published))

    def compare_file(self, source: Source, *, published: str | None = None) -> Answer[Comparison]:
        """The same of a file of text, Markdown or HTML, or a PDF; "-" is standard input.

        Without `published` the day is the one that the file states, else today.

        Raises:
            ReadError: the file cannot be read, or is not in English.
            UsageError: `published` is no date.
        """
        from kb.compare import compare, draft_in_file

        return compare(self._store, draft_in_file(Path(source), published=published))

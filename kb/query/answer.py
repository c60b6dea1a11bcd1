"""An answer: the typed rows of one question, and their way into data frames, JSON and a notebook."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeVar, overload

from kb.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")
_SHOWN = 20  # rows of an answer that its repr and its HTML table show
_QUOTED = 3  # figures of a series or a conflict whose quotes the HTML table shows
_WIDTH = 28  # characters of a cell in the repr
_DAYS = ("earliest", "latest")
_MOMENTS = ("recorded_at", "retrieved_at")  # in UTC, as SQLite has them
_SCHEMES = ("http://", "https://")
# What a reader wants to see first, where a row has it; the quote and the source follow in HTML.
_COLUMNS = (
    "uid",
    "date",
    "measure",
    "name",
    "title",
    "kind",
    "value",
    "place",
    "speaker",
    "explanation",
    "sources",
)


class Answer(tuple[Row, ...]):
    """The rows of one question in order: a tuple, so that nothing in it changes under the reader.

    A slice of it is an answer too. In Jupyter it shows as a table with quotes and links.
    """

    def __new__(cls, rows: Iterable[Row] = (), of: type[Row] | None = None) -> Answer[Row]:
        """The answer of these rows; `of` is their type, which an empty answer cannot tell by itself."""
        answer = super().__new__(cls, tuple(rows))
        answer.row_type = of or (type(answer[0]) if answer else None)
        return answer

    row_type: type[Row] | None

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Row: ...
    @overload
    def __getitem__(self, index: slice, /) -> Answer[Row]: ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> Row | Answer[Row]:
        found = super().__getitem__(index)
        return Answer(found, self.row_type) if isinstance(index, slice) else found  # type: ignore[return-value,arg-type]

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain data, one dict a row: days as ISO strings, as JSON takes them."""
        return [plain(row) for row in self]

    def to_json(self) -> str:
        """The rows as a JSON list, letters as they are."""
        return json.dumps(self.to_dicts(), ensure_ascii=False, indent=1)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas data frame, a column a field; `earliest` and `latest` are `datetime64`.

        Rows within a row (the figures of a series) are lists of dicts. An empty answer has its columns.

        Raises:
            UsageError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise UsageError("to_pandas needs pandas: pip install pandas") from error
        frame = pd.DataFrame(self._columns())
        for day in _DAYS:
            if day in frame:
                frame[day] = frame[day].astype("datetime64[s]")
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The rows as a polars data frame, a column a field; `earliest` and `latest` are dates.

        Raises:
            UsageError: polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise UsageError("to_polars needs polars: pip install polars") from error
        return pl.DataFrame(
            self._columns(), schema_overrides={day: pl.Date for day in _DAYS if day in self._fields()}
        )

    def _fields(self) -> list[str]:
        return [field.name for field in dataclasses.fields(self.row_type)] if self.row_type else []

    def _columns(self) -> dict[str, list[Any]]:
        """The fields with their values in all rows; days stay days."""
        return {
            name: [getattr(row, name) if name in _DAYS else _plain_field(row, name) for row in self]
            for name in self._fields()
        }

    def __repr__(self) -> str:
        """How many rows of what, and the first of them as a table."""
        named = self.row_type.__name__ if self.row_type else "row"
        head = f"<Answer: {len(self)} x {named}>"
        shown = _shown(self)
        lines = [
            shown,
            *([_cut(_said(row, name)) for name in shown] for row in self[:_SHOWN]),
        ]
        widths = [max(map(len, column)) for column in zip(*lines)]
        table = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines]
        more = [f"... and {len(self) - _SHOWN} more"] if len(self) > _SHOWN else []
        return "\n".join([head, *(table if self else []), *more])

    def _repr_html_(self) -> str:
        """A table for notebooks: the first rows, each with its quote and a link to its source.

        Of what has figures of its own, a series or a conflict, those of the last ones.
        """
        first = _told(self[0]) if self else ()
        quoted, linked = (any(hasattr(one, name) for one in first) for name in ("quote", "url"))
        names = [*_shown(self), *(["quote"] if quoted else []), *(["source"] if linked else [])]
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join(f"<tr>{_cells(row, _shown(self), quoted, linked)}</tr>" for row in self[:_SHOWN])
        more = f"<p>and {len(self) - _SHOWN} more</p>" if len(self) > _SHOWN else ""
        if not self:
            return f"<p>{escape(repr(self))}</p>"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _shown(answer: Answer[Row]) -> list[str]:
    """The fields and properties that tell most of a row, in order; a title where nothing else names it."""
    found = [name for name in _COLUMNS if answer and hasattr(answer[0], name)]
    return [name for name in found if name != "title" or not {"measure", "name"} & set(found)]


def _said(row: object, name: str) -> str:
    value = getattr(row, name)
    return "" if value is None else str(value)


def _cut(said: str) -> str:
    return said if len(said) <= _WIDTH else said[: _WIDTH - 1] + "…"


def _cells(row: Any, names: list[str], quoted: bool, linked: bool) -> str:
    """The cells of a row; where it has several quotes, a line each."""
    cells = [escape(_said(row, name)) for name in names]
    cells += ["<br>".join(escape(_said(one, "quote")) for one in _told(row))] if quoted else []
    cells += ["<br>".join(map(_link, _told(row)))] if linked else []
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _told(row: Any) -> tuple[Any, ...]:
    """What has the quotes of a row: the last of its figures, where it has some, else the row itself."""
    figures = getattr(row, "figures", None)
    return figures[-_QUOTED:] if isinstance(figures, tuple) else (row,)


def _link(row: Any) -> str:
    """The source as a link; an address that is no web address is shown and leads nowhere."""
    url = row.url or getattr(row, "cites_url", None) or ""
    named = escape(getattr(row, "title", None) or url)
    if not url.startswith(_SCHEMES):
        return escape(url)
    return f'<a href="{escape(url)}" rel="noreferrer">{named}</a>'


def plain(value: Any) -> Any:
    """A row, or a part of one, as dicts, lists, strings and numbers; moments as RFC 3339 has them, in UTC."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain_field(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _plain_field(row: object, name: str) -> Any:
    value = getattr(row, name)
    if name in _MOMENTS and isinstance(value, str) and " " in value:
        return f"{value.replace(' ', 'T')}Z"
    return plain(value)

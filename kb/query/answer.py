"""An answer: the typed rows of one question, and its way into JSON."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = TypeVar("Row", bound="DataclassInstance")


class Answer(tuple[Row, ...]):
    """The rows of one question in order: a tuple, so that nothing in it changes under the reader."""

    __slots__ = ()

    def __new__(cls, rows: Iterable[Row] = ()) -> Answer[Row]:
        return super().__new__(cls, tuple(rows))

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain data, one dict a row: days as ISO strings, as data frames and JSON take them."""
        return [plain(row) for row in self]

    def to_json(self) -> str:
        """The rows as a JSON list, letters as they are."""
        return json.dumps(self.to_dicts(), ensure_ascii=False, indent=1)


def plain(value: Any) -> Any:
    """A row, or a part of one, as dicts, lists, strings and numbers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value

"""Parquet: a table by columns, written in batches, so that memory does not grow with the base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from kb.export.tables import BATCH, Column


def write_parquet(path: Path, columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    """A table as Parquet: numbers as double, days as date32, meanings as metadata. How many rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "date": pa.date32()}
    schema = pa.schema(
        pa.field(column.name, types[column.type], metadata=_metadata(column)) for column in columns
    )
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            table = pa.Table.from_pylist([_typed(columns, row) for row in batch], schema=schema)
            writer.write_table(table)
            count += len(batch)
    return count


def _metadata(column: Column) -> dict[str, str]:
    return {"description": column.meaning} | ({"unit": column.unit} if column.unit else {})


def _typed(columns: tuple[Column, ...], row: Mapping[str, Any]) -> dict[str, Any]:
    days = {column.name for column in columns if column.type == "date"}
    return {
        column.name: dt.date.fromisoformat(row[column.name])
        if column.name in days and row[column.name]
        else row[column.name]
        for column in columns
    }


def _batches(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch

"""Cases as data: `cases/NAME.csv`, one case a line, lines with `#` aside."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[object]:
    """The rows of a table as pytest parameters, each named by its `id`. `\\n` in a cell is a line break."""
    lines = (CASES / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if line and not line.startswith("#"))
    return [
        pytest.param({key: cell.replace("\\n", "\n") for key, cell in row.items()}, id=row["id"])
        for row in rows
    ]

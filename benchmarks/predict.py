"""`python -m benchmarks.predict KIND IN.jsonl OUT`: kb's own functions in the form that a scorer reads.

KIND is one of quantities, times, names, pages, facts; each has a module of its own beside this one.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

KINDS = ("quantities", "times", "names", "pages", "facts")


def main() -> None:
    """Run the adapter named on the command line."""
    if len(sys.argv) != 4 or sys.argv[1] not in KINDS:
        sys.exit(f"usage: python -m benchmarks.predict {'|'.join(KINDS)} IN.jsonl OUT")
    module = importlib.import_module(f"benchmarks.{sys.argv[1]}")
    module.predict(Path(sys.argv[2]), Path(sys.argv[3]))


if __name__ == "__main__":
    main()

"""`python -m benchmarks.export [CLAIMS]`: exports of a base, and of one ten times as large.

CLAIMS (100000 unless told) are made up as in `benchmarks.series` and stored without a model. Seconds are
processor seconds of a process of its own; `times` is their ratio to those of a bare SELECT over the same
rows, `memory` the most that the process had in RAM, the interpreter and its modules included.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.series import CLAIMS, fill
from kb import KnowledgeBase
from kb.store import Store

SELECT = "SELECT * FROM figures"
FORMATS = ("csv", "jsonl", "parquet", "jsonld", "annotations", "prov", "ftm", "markdown", "ris")
RELEASE = "release"


def measured(path: Path, what: str) -> tuple[float, float]:
    """Processor seconds and megabytes at most of one export, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.export", str(path), what]
    ran = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE)
    seconds, memory = map(float, ran.stdout.split())
    return seconds, memory


def run(path: Path, what: str) -> None:
    """Export once, or select the rows alone, and print what it cost."""
    with KnowledgeBase(path, read_only=True) as base, tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        if what == SELECT:
            with Store.open(path, read_only=True) as store:
                for _ in store.driver.execute(SELECT):
                    pass
        elif what == RELEASE:
            base.export(Path(folder) / RELEASE)
        else:
            base.export(Path(folder) / "file", form=what)
        seconds = time.process_time() - begin
    # Of this process alone; `getrusage` counts what its parent had, too.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    print(seconds, int(peak[1]) / 1024 if peak else 0)


def compared(claims: int) -> Iterator[str]:
    """A line an export: what it costs in both bases, beside the bare SELECT."""
    with tempfile.TemporaryDirectory() as folder:
        bases = []
        for count in (claims // 10, claims):
            bases.append(Path(folder) / f"{count}.db")
            with Store.open(bases[-1]) as store:
                fill(store, count)
        yield f"{'claims':<16} {claims // 10:>27} {claims:>27}"
        bare: dict[Path, float] = {}
        for what in (SELECT, *FORMATS, RELEASE):
            cells = []
            for path in bases:
                seconds, memory = measured(path, what)
                bare.setdefault(path, seconds)
                cells.append(f"{seconds:7.2f} s {seconds / bare[path]:5.1f} times {memory:5.0f} MB")
            yield f"{what if what != SELECT else 'bare SELECT':<16} {cells[0]:>27} {cells[1]:>27}"


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run(Path(sys.argv[1]), sys.argv[2])
    else:
        for line in compared(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS):
            print(line, flush=True)

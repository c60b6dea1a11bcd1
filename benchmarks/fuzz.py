"""`python -m benchmarks.fuzz [N] [SEED]`: N damaged sources, read and, one in fifty, loaded.

Half are sources of every kind with bytes changed, parts taken out, doubled, or mixed with another's;
the other half are the files of `data/` and `tests/`, cut anywhere. Reading may end in a KbError and in
nothing else, within `PATIENCE` seconds of computing; at the end `kb check` must find all in order.
"""

from __future__ import annotations

import gzip
import io
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.samples import samples
from kb import KnowledgeBase
from kb.errors import KbError
from kb.model.values import Article
from kb.pipeline import load_article
from kb.read import Given, read_stream

ROOT = Path(__file__).parent.parent
PATIENCE = 20  # seconds of computing for one source
LOADED = 50  # of so many sources one is loaded
TOLD = 1_000  # after so many sources it is told how far this is
RARE = {"paper.pdf"}  # read in a process of its own, which takes a second to start
TOKENS: tuple[bytes, ...] = (
    b"<",
    b">",
    b"</",
    b'"',
    b"&#x0;",
    b"&x;",
    b"\xff",
    b"\0",
    b"<p>",
    b"<![CDATA[",
    b"{",
    b"[",
    b"\r\n\r\n",
)
TOKENS += (
    b"<!ENTITY a SYSTEM 'b'>",
    b"]]>",
    b"\xed\xa0\x80",
    b"\xff\xfe",
    b"\x1f\x8b",
    b"WARC/1.0\r\n",
    b"-1",
    b"9" * 30,
)


class HangError(Exception):
    """A source took longer than it may."""


@dataclass(slots=True)
class Tally:
    """What came of the sources: how many were read, refused, loaded; and what must not be."""

    read: int = 0
    refused: int = 0
    articles: int = 0
    loaded: int = 0
    slowest: float = 0.0
    problems: list[str] = field(default_factory=list)


def files() -> list[Path]:
    """The files of the test suite's data."""
    folders = ("data", "tests/cases", "tests/golden", "tests/data")
    return sorted(path for name in folders for path in (ROOT / name).rglob("*") if path.is_file())


def damaged(number: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """So many damaged sources, each with a name; the same for the same seed."""
    chance = random.Random(seed)
    whole = samples()
    common = [name for name in whole if name not in RARE]
    cut = files()
    for i in range(number):
        if i % 2 and cut:
            path = chance.choice(cut)
            raw = path.read_bytes()
            yield path.name, raw[: chance.randrange(len(raw) + 1)]
            continue
        name = chance.choice(tuple(RARE)) if chance.random() < 0.01 else chance.choice(common)
        raw = mutated(whole[name], chance, chance.choice(list(whole.values())))
        yield name, gzip.compress(raw) if chance.random() < 0.05 else raw


def mutated(raw: bytes, chance: random.Random, other: bytes) -> bytes:
    """Bytes with one to twenty changes."""
    content = bytearray(raw)
    for _ in range(chance.randrange(1, 20)):
        at = chance.randrange(len(content) + 1)
        size = chance.choice((0, 1, 4, 40, 400))
        match chance.randrange(6):
            case 0:
                content[at : at + size] = chance.choice(TOKENS)
            case 1:
                del content[at : at + size]
            case 2:
                content[at:at] = content[at : at + size] * chance.choice((1, 2, 50))
            case 3:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 4:
                start = chance.randrange(len(other))
                content[at : at + size] = other[start : start + 3 * size]
            case _ if chance.random() < 0.2:
                del content[at:]
    return bytes(content)


def run(number: int, seed: int, folder: Path) -> Tally:
    """Read so many damaged sources, and load some into a base in the folder."""
    tally = Tally()
    signal.signal(signal.SIGPROF, _hang)
    with KnowledgeBase(folder / "fuzz.db") as base:
        run_id = base._store.start_run("fuzz")
        for i, (name, raw) in enumerate(damaged(number, seed)):
            begin = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, PATIENCE)
            try:
                _read(tally, base, run_id if i % LOADED < 2 else None, name, raw)
            except Exception:  # noqa: BLE001 - it is what is looked for
                (folder / f"{i}-{name}").write_bytes(raw)
                tally.problems.append(f"source {i} of seed {seed} ({name}): {traceback.format_exc()}")
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
            tally.slowest = max(tally.slowest, time.process_time() - begin)
            if i % TOLD == TOLD - 1:
                print(f"{i + 1} sources, {len(tally.problems)} problems", file=sys.stderr, flush=True)
        tally.problems += [str(problem) for problem in base.check()]
    return tally


def _read(tally: Tally, base: KnowledgeBase, run_id: int | None, name: str, raw: bytes) -> None:
    found = []
    try:
        found = list(read_stream(io.BytesIO(raw), name, Given()))
        tally.read += 1
    except KbError:
        tally.refused += 1
    articles = [one for one in found if isinstance(one, Article)]
    tally.articles += len(articles)
    if run_id is not None:
        for article in articles[:3]:
            load_article(base._store, article, run_id)
            tally.loaded += 1


def _hang(_signal: int, _frame: object) -> None:
    raise HangError(f"it takes more than {PATIENCE} s of computing")


def main() -> None:
    """Run it and print what came of it; exit with 1 if anything did not hold."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory() as name:
        tally = run(number, seed, Path(name))
    for problem in tally.problems:
        print(problem)
    print(
        f"{number} sources: {tally.read} read, {tally.refused} refused; {tally.articles} articles, "
        f"{tally.loaded} of them loaded; the slowest took {tally.slowest:.1f} s of computing; "
        f"{len(tally.problems)} problems"
    )
    sys.exit(bool(tally.problems))


if __name__ == "__main__":
    main()

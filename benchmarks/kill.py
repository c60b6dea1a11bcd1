"""`python -m benchmarks.kill [ROUNDS] [SEED]`: what `kill -9` leaves of a base, at random moments of a load.

Each round loads 50 articles into a new base and kills the process somewhere between the making of
the file and the end. Then the base must open, hold nothing but whole articles, pass `kb check`, and
be completed by loading again, to the same facts as a load that nobody killed.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kb import KnowledgeBase

ARTICLES = 50
CITIES = ("Brno", "Odesa", "Gdansk", "Riga", "Vilnius", "Lviv", "Kaunas", "Tartu", "Split", "Varna")
COUNTED = ("dockers", "teachers", "nurses", "miners", "farmers", "drivers", "students")
FACTS = "SELECT uid FROM {0} ORDER BY uid"


def write_articles(folder: Path) -> None:
    """Short articles, no two alike."""
    folder.mkdir()
    for number in range(ARTICLES):
        city, counted = CITIES[number % len(CITIES)], COUNTED[number % len(COUNTED)]
        text = (
            f"{counted.capitalize()} of {city} go on strike\n\nMarch {number % 28 + 1}, 2026\n\n"
            f"More than {100 + 7 * number} {counted} went on strike in {city} on Monday, the union said. "
            f"Anna Novak of the council met {number + 2} of them and promised 1.{number} million euros.\n"
        )
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")


def command(folder: Path, database: Path) -> list[str]:
    """A load in a process of its own."""
    return [sys.executable, "-m", "kb", "load", str(folder), "--db", str(database)]


def facts(database: Path) -> list[list[tuple[str]]]:
    """The uids of all facts and things, the same in every base that has read these articles."""
    tables = ("mention", "report", "claim", "entity", "event", "measure")
    connection = sqlite3.connect(database)
    found = [connection.execute(FACTS.format(table)).fetchall() for table in tables]
    connection.close()
    return found


def unhindered(folder: Path, database: Path) -> float:
    """Load all; the seconds from the making of the file to the end."""
    with subprocess.Popen(command(folder, database), stderr=subprocess.DEVNULL) as loading:
        while not database.exists() and loading.poll() is None:
            time.sleep(0.001)
        begin = time.monotonic()
    return time.monotonic() - begin


def killed_after(seconds: float, folder: Path, database: Path) -> None:
    """Begin a load, and kill it so many seconds after it made the file (at once if it ends before)."""
    with subprocess.Popen(
        command(folder, database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as loading:
        while not database.exists() and loading.poll() is None:
            time.sleep(0.001)
        time.sleep(seconds)
        loading.kill()


def what_is_wrong(folder: Path, database: Path, whole: list[list[tuple[str]]]) -> tuple[int, list[str]]:
    """How many articles were in after the kill, and what does not hold then or after loading again."""
    with KnowledgeBase(database) as base:  # a base killed while it was made is made now
        problems = [str(problem) for problem in base.check()]
        done = base.load(folder)
        problems += [str(problem) for problem in base.check()]
    if len(done) != ARTICLES or facts(database) != whole:
        problems.append("loading again does not complete it")
    return sum(step.outcome == "unchanged" for step in done), problems


def rounds(number: int, seed: int) -> Iterator[tuple[float, int, list[str]]]:
    """Kill so many loads; for each the seconds that it had, the articles that were in, and the problems."""
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        write_articles(folder)
        took = unhindered(folder, Path(name) / "whole.db")
        whole = facts(Path(name) / "whole.db")
        for i in range(number):
            seconds = moments.triangular(0, took, 0.9 * took)  # most while articles go in, not before
            killed_after(seconds, folder, Path(name) / f"{i}.db")
            yield seconds, *what_is_wrong(folder, Path(name) / f"{i}.db", whole)


def main() -> None:
    """Run the rounds and print a line of each; exit with 1 if anything did not hold."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    failed = 0
    for seconds, articles, problems in rounds(number, seed):
        failed += bool(problems)
        print(
            f"killed after {seconds:5.2f} s, {articles:2} articles in: {'; '.join(problems) or 'all holds'}"
        )
    print(f"{number - failed} of {number} rounds held")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()

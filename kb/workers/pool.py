"""Processes that extract the facts of articles, begun when there is something to do.

Each has a thread here that gives it one article after the other. A process that dies takes no more than
its article with it; another one is begun in its place.
"""

from __future__ import annotations

import dataclasses
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from kb.errors import ReadError
from kb.model.values import Article, Facts

_COMMAND = (sys.executable, "-m", "kb.workers.process")
_ENDING = 5.0  # seconds that a process which gave no answer may take to end by itself


class Pool:
    """A number of processes. Use it as a context manager: at the end, however it comes, all are gone.

    Args:
        jobs: how many.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="kb-extract")
        self._here = threading.local()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all processes at once; what they were doing is lost."""
        with self._lock:
            self._closed = True
            for process in self._running:
                process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._running:
            process.communicate()

    def start(self, article: Article) -> Future[Facts]:
        """The facts of an article, as soon as a process has them.

        The future raises ReadError where the process ended before that.
        """
        return self._threads.submit(self._extract, article)

    def _extract(self, article: Article) -> Facts:
        process = self._process()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(dataclasses.replace(article, raw=b""), process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            facts: Facts = pickle.load(process.stdout)  # noqa: S301 - from a process of our own
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._ended(process, article) from error
        return dataclasses.replace(facts, article=article)

    def _process(self) -> subprocess.Popen[bytes]:
        """The process of this thread."""
        found: subprocess.Popen[bytes] | None = getattr(self._here, "process", None)
        if found is None:
            with self._lock:
                if self._closed:
                    raise CancelledError
                # A group of its own: an interrupt at the keyboard is for the parent, which ends the others.
                # One thread of numerics each: the processes are what runs at once.
                found = subprocess.Popen(  # noqa: S603 - our own module
                    _COMMAND,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    process_group=0,
                    env={"OMP_NUM_THREADS": "1", **os.environ},
                )
                self._running.add(found)
            self._here.process = found
        return found

    def _ended(self, process: subprocess.Popen[bytes], article: Article) -> ReadError:
        """Why there are no facts, the process being gone; the next article gets another."""
        self._here.process = None
        try:
            process.wait(_ENDING)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        with self._lock:
            self._running.discard(process)
        code = process.returncode
        how = f"was killed by signal {-code}" if code < 0 else f"failed with code {code}"
        return ReadError(
            f"{article.source}: the process that read it {how}; if there was no memory left, use fewer --jobs"
        )

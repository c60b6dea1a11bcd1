"""The time between two requests to one host."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Keeps requests to one host apart; other hosts do not wait for it."""

    def __init__(self, delay: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self._delay = delay
        self._sleep = sleep
        self._own: dict[str, float] = {}
        self._free_from: dict[str, float] = {}

    def slow_down(self, host: str, delay: float) -> None:
        """Keep requests to a host apart by so many seconds, if that is longer than asked for anyway."""
        self._own[host] = max(delay, self._delay)

    def wait(self, host: str) -> None:
        """Wait until the host may be asked, and count that request."""
        left = self._free_from.get(host, 0.0) - time.monotonic()
        if left > 0:
            self._sleep(left)
        self.count(host)

    def count(self, host: str) -> None:
        """Note that the host is asked now: the next request waits for this one."""
        self._free_from[host] = time.monotonic() + self._own.get(host, self._delay)

"""Connections: to addresses that were checked, and never for longer than a deadline.

What connects is what was checked: a name is resolved once for a connection, each of its addresses is
looked at, and the socket is opened to one of them. So neither a redirect nor a name server that answers
differently the second time (DNS rebinding) leads into a private network.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ssl import SSLContext
from typing import Any

import httpcore

from kb.fetch.addresses import Resolve, public_addresses


class Overdue(httpcore.ReadTimeout):
    """An answer that takes longer as a whole than it may, however steadily it comes."""


class Deadline(threading.local):
    """When the exchange that runs in this thread must be over."""

    ends = math.inf

    def start(self, seconds: float) -> None:
        """From now on it has so long."""
        self.ends = time.monotonic() + seconds

    @contextmanager
    def step(self, timeout: float | None) -> Iterator[float]:
        """The seconds that the step inside may take: the timeout, or what is left.

        Raises:
            Overdue: nothing is left, before or after.
        """
        left = self.ends - time.monotonic()
        if left <= 0:
            raise Overdue
        try:
            yield min(left, math.inf if timeout is None else timeout)
        except httpcore.TimeoutException as error:
            if time.monotonic() >= self.ends:
                raise Overdue from error
            raise


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses alone; `connections` opens them in the end."""

    def __init__(
        self,
        connections: httpcore.NetworkBackend,
        resolve: Resolve,
        deadline: Deadline,
        *,
        allow_private: bool,
    ) -> None:
        self._connections = connections
        self._resolve = resolve
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = public_addresses(host, port, self._resolve, allow_private=self._allow_private)
        except OSError as error:
            raise httpcore.ConnectError(
                f"the name of the host cannot be resolved: {error.strerror}"
            ) from error
        for address in addresses[:-1]:
            try:
                return self._connect(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # a host may have addresses that this network does not reach: IPv6 without a route
        return self._connect(addresses[-1], port, timeout, local_address, socket_options)

    def _connect(
        self,
        address: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[Any] | None,
    ) -> httpcore.NetworkStream:
        with self._deadline.step(timeout) as left:
            stream = self._connections.connect_tcp(address, port, left, local_address, socket_options)
        return TimedStream(stream, self._deadline)

    def sleep(self, seconds: float) -> None:
        self._connections.sleep(seconds)


class TimedStream(httpcore.NetworkStream):
    """A connection on which no step begins after the deadline, and none goes beyond it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with self._deadline.step(timeout) as left:
            return self._stream.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with self._deadline.step(timeout) as left:
            self._stream.write(buffer, left)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        with self._deadline.step(timeout) as left:
            stream = self._stream.start_tls(ssl_context, server_hostname, left)
        return TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

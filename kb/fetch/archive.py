"""A WARC (ISO 28500) of what was fetched: each request with its answer, as they went over the wire."""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import httpx
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kb.errors import FetchError
from kb.fetch.settings import Settings

# A chunked body is kept without its chunks: the reader of the archive finds the content itself.
_UNCHUNKED = frozenset({"transfer-encoding"})
_INFORMATION = MappingProxyType({"format": "WARC File Format 1.1", "robots": "obeyed (RFC 9309)"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer; `body` is still coded as the header `Content-Encoding` says."""

    url: str
    request: httpx.Request
    response: httpx.Response
    body: bytes
    retrieved_at: dt.datetime


class Archive:
    """A new file in a folder, begun with the first exchange. Each record is whole once it is written."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self._file: io.BufferedWriter | None = None
        self._writer: WARCWriter | None = None

    def write(self, exchange: Exchange) -> None:
        """Append an exchange.

        Raises:
            FetchError: the file cannot be written.
        """
        try:
            writer = self._writer or self._begin()
            response = writer.create_warc_record(
                exchange.url,
                "response",
                payload=io.BytesIO(exchange.body),
                length=len(exchange.body),
                http_headers=_status(exchange.response, len(exchange.body)),
                warc_headers_dict=_headers(exchange),
            )
            request = writer.create_warc_record(
                exchange.url,
                "request",
                http_headers=_request_line(exchange.request),
                warc_headers_dict={"WARC-Date": _moment(exchange.retrieved_at)},
            )
            writer.write_request_response_pair(request, response)
            assert self._file is not None
            self._file.flush()
        except OSError as error:
            raise FetchError(
                f"no archive can be written in {self._folder}: {error.strerror or error}"
            ) from error

    def close(self) -> None:
        """End the file."""
        if self._file is not None:
            self._file.close()

    def _begin(self) -> WARCWriter:
        self._folder.mkdir(parents=True, exist_ok=True)
        now = dt.datetime.now(dt.UTC)
        path = self._folder / f"kb-{now:%Y%m%dT%H%M%S%f}-{os.getpid()}.warc.gz"
        self._file = path.open("xb")
        self._writer = WARCWriter(self._file, gzip=True, warc_version="1.1")
        about = {"software": self._settings.user_agent.partition(" ")[0], **_INFORMATION}
        about["http-header-user-agent"] = self._settings.user_agent
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, about))
        return self._writer


def _moment(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _headers(exchange: Exchange) -> dict[str, str]:
    """The WARC headers of an answer: when it came, and from which address."""
    said = {"WARC-Date": _moment(exchange.retrieved_at)}
    stream = exchange.response.extensions.get("network_stream")
    address = stream.get_extra_info("server_addr") if stream is not None else None
    if address:
        said["WARC-IP-Address"] = str(address[0])
    return said


def _status(response: httpx.Response, length: int) -> StatusAndHeaders:
    headers = [
        (key.decode("latin-1"), value.decode("latin-1"))
        for key, value in response.headers.raw
        if key.decode("latin-1").lower() not in _UNCHUNKED
    ]
    if len(headers) != len(response.headers.raw):
        headers.append(("Content-Length", str(length)))
    reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
    version = response.extensions.get("http_version", b"HTTP/1.1").decode("ascii")
    return StatusAndHeaders(f"{response.status_code} {reason}".strip(), headers, protocol=version)


def _request_line(request: httpx.Request) -> StatusAndHeaders:
    headers = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in request.headers.raw]
    target = request.url.raw_path.decode("ascii")
    return StatusAndHeaders(f"{request.method} {target} HTTP/1.1", headers, is_http_request=True)

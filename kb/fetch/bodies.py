"""The body of an answer: so many bytes and no more, as it comes over the wire and when it is unpacked."""

from __future__ import annotations

import zlib

import httpx

from kb.errors import FetchError

GZIP = 16 + zlib.MAX_WBITS
ZLIB = zlib.MAX_WBITS
RAW = -zlib.MAX_WBITS  # deflate without zlib's frame, as some servers send it
_PIECE = 1 << 20  # bytes; what is unpacked at once


def wire_body(response: httpx.Response, limit: int, url: str) -> bytes:
    """The body as it comes, content coding and all.

    Raises:
        FetchError: it is longer than the limit, or says that it will be.
    """
    stated = response.headers.get("content-length", "")
    if stated.isdecimal() and len(stated) < 20 and int(stated) > limit:
        raise _too_large(url, limit)
    body = bytearray()
    for part in response.iter_raw():
        body += part
        if len(body) > limit:
            raise _too_large(url, limit)
    return bytes(body)


def unpacked_body(wire: bytes, codings: str, limit: int, url: str) -> bytes:
    """The body without its content coding: what the header `Content-Encoding` says, gzip or deflate.

    Raises:
        FetchError: it is coded otherwise than stated or asked for, damaged, or longer than the limit.
    """
    named = [name.strip().lower() for name in codings.split(",") if name.strip()]
    named = [name.removeprefix("x-") for name in named if name != "identity"]
    if not named or not wire:
        return wire
    if len(named) > 1 or named[0] not in ("gzip", "deflate"):
        raise FetchError(
            f"{url} comes in the encoding {codings!r}, which was not asked for: save the page and load "
            "the file"
        )
    windows = (GZIP,) if named[0] == "gzip" else (ZLIB, RAW)
    for window in windows:
        try:
            return _inflated(wire, window, limit, url)
        except zlib.error as error:
            damage = error
    raise FetchError(
        f"{url} says that it is {named[0]} and is not, or is damaged ({damage}): try again later, or save "
        "the page and load the file"
    )


def _inflated(wire: bytes, window: int, limit: int, url: str) -> bytes:
    """The bytes unpacked, all members of them, a piece at a time.

    Raises:
        FetchError: there are more than the limit.
        zlib.error: they are damaged, or end too early.
    """
    body = bytearray()
    rest = wire
    while rest:
        inflate = zlib.decompressobj(window)
        while not inflate.eof:
            piece = inflate.decompress(rest, min(_PIECE, limit + 1 - len(body)))
            body += piece
            if len(body) > limit:
                raise _too_large(url, limit)
            if not piece and not inflate.unconsumed_tail and not inflate.eof:
                raise zlib.error("it ends too early")
            rest = inflate.unconsumed_tail
        rest = inflate.unused_data
        if window != GZIP or not rest.startswith(b"\x1f\x8b"):
            break  # padding after the end
    return bytes(body)


def _too_large(url: str, limit: int) -> FetchError:
    return FetchError(f"{url} is larger than {limit / 1e6:g} MB: raise the limit with --max-fetch")

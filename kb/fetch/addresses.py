"""Which addresses may be asked: those of the public internet, whatever name or notation leads to them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urldefrag, urlsplit

from kb.errors import FetchError

Resolve = Callable[[str, int], Sequence[str]]
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits
_COMPATIBLE = IPv6Network("::/96")  # RFC 4291, 2.5.5.1: the same, out of use


def checked_url(url: str, *, source: str | None = None) -> str:
    """The URL without its fragment, if kb asks for such: http or https, a host, no user name or password.

    Args:
        url: an absolute URL.
        source: what led to it, for the message, if anything did.

    Raises:
        FetchError: it is another kind of URL.
    """
    came = f", to which {source} leads," if source else ""
    try:
        parts = urlsplit(url)
        scheme, host, _ = parts.scheme.lower(), parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(f"{url!r}{came} is no address of a page ({error}): check it") from None
    if scheme not in ("http", "https") or not host:
        raise FetchError(f"{url!r}{came} is not asked for: only http and https addresses are")
    if parts.username is not None or parts.password is not None:
        # It would be stored with the page, for all who read the base.
        raise FetchError(f"an address at {host}{came} holds a user name or password: leave it out")
    if any(letter.isspace() or not letter.isprintable() for letter in url):
        raise FetchError(f"{url!r}{came} has white space or letters that nobody sees in it: check it")
    return urldefrag(url).url


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, as the system knows them, in the order to try them.

    Raises:
        OSError: the name is not known, or cannot be asked for now.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(where[0]) for *_, where in found))


def public_addresses(host: str, port: int, resolve: Resolve, *, allow_private: bool) -> Sequence[str]:
    """The addresses of a host, all of them looked at: connect to these, never to the name again.

    Raises:
        FetchError: the host is unknown, or one of its addresses is not public.
        OSError: the name cannot be asked for at present.
    """
    try:
        addresses = resolve(host, port)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise
        raise FetchError(f"there is no host {host} ({error.strerror}): check the address") from error
    except UnicodeError as error:
        raise FetchError(f"{host!r} is no name of a host: check the address") from error
    if not addresses:
        raise FetchError(f"there is no host {host}: check the address")
    for address in addresses:
        kind = kind_of_private(address)
        if kind and not allow_private:
            shown = address if address == host else f"{host} ({address})"
            raise FetchError(
                f"{shown} is a {kind} address, which is not asked: if the server is your own, "
                "say --allow-private"
            )
    return addresses


def kind_of_private(address: str) -> str | None:
    """What keeps an IP address from being one of the public internet; None for one that is.

    An IPv6 address that carries an IPv4 address (mapped, 6to4, Teredo, NAT64) is as that one.

    >>> kind_of_private("::ffff:10.0.0.1")
    'private'
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return "malformed"
    inner = _carried(ip) if isinstance(ip, IPv6Address) else None
    if inner is not None:
        return kind_of_private(str(inner))
    kinds = {
        "unspecified": ip.is_unspecified,
        "loopback": ip.is_loopback,
        "link-local": ip.is_link_local,
        "multicast": ip.is_multicast,
        "private": ip.is_private or (isinstance(ip, IPv6Address) and ip.is_site_local),
        "reserved": ip.is_reserved or not ip.is_global,
    }
    return next((kind for kind, holds in kinds.items() if holds), None)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to."""
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None

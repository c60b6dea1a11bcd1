"""Which addresses are public, and which URLs are asked for at all."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import FetchError
from kb.fetch.addresses import checked_url, kind_of_private
from kb.fetch.bodies import unpacked_body
from kb.fetch.patience import seconds_of
from kb.read.markup.canonical import canonical_url


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.255.255.254", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("100.64.0.1", "reserved"),
        ("224.0.0.251", "multicast"),
        ("240.0.0.1", "private"),
        ("255.255.255.255", "private"),
        ("192.0.2.1", "private"),
        ("198.18.0.1", "private"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("fe80::1", "link-local"),
        ("fe80::1%2", "link-local"),
        ("fc00::1", "private"),
        ("fd12:3456::1", "private"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
        ("::ffff:127.0.0.1", "loopback"),
        ("::ffff:a00:1", "private"),
        ("::127.0.0.1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("64:ff9b::a00:1", "private"),
        ("64:ff9b:1::1", "private"),
        ("2001:db8::1", "private"),
        ("example.org", "malformed"),
    ],
)
def test_addresses_that_are_not_asked(address: str, kind: str) -> None:
    found = kind_of_private(address)
    assert found == kind or found in ("private", "reserved")
    assert found is not None


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "64:ff9b::101:101"])
def test_addresses_that_are_asked(address: str) -> None:
    assert kind_of_private(address) is None


@given(st.ip_addresses(v=4))
def test_an_address_of_old_is_as_private_in_all_its_new_forms(address: object) -> None:
    plain = kind_of_private(str(address))
    mapped = kind_of_private(f"::ffff:{address}")
    assert (plain is None) == (mapped is None)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/hosts",
        "//example.org/a",
        "http:///a",
        "http://",
        "mailto:a@example.org",
        "http://a@example.org/",
        "http://:b@example.org/",
        "http://example.org/a b",
        "http://exam\nple.org/",
    ],
)
def test_urls_that_are_not_asked(url: str) -> None:
    with pytest.raises(FetchError):
        checked_url(url)


@given(st.text(max_size=60))
def test_any_url_is_taken_or_refused(words: str) -> None:
    with suppress(FetchError):
        assert checked_url(f"http://{words}").startswith("http://")


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "", "identity", "br"]))
def test_any_body_is_unpacked_or_refused(body: bytes, coding: str) -> None:
    with suppress(FetchError):
        assert len(unpacked_body(body, coding, 1000, "http://example.org/")) <= 1000


@given(st.text(max_size=40))
def test_any_time_to_come_back_is_a_number_or_none(words: str) -> None:
    assert (seconds_of(words) or 0) >= 0


@pytest.mark.parametrize(
    ("stated", "final", "expected"),
    [
        (None, "https://example.org/a#top", "https://example.org/a"),
        ("https://example.org/a", "https://example.org/a?utm_source=feed", "https://example.org/a"),
        ("https://www.example.org/a", "https://m.example.org/a", "https://www.example.org/a"),
        ("https://www.example.org/a", "https://www.example.org/a/amp/", "https://www.example.org/a"),
        ("http://example.org/a", "https://example.org/a", "https://example.org/a"),
        ("https://elsewhere.example/a", "https://example.org/a", "https://example.org/a"),
        ("https://example.org/", "https://example.org/a", "https://example.org/a"),
        ("https://example.org/news", "https://example.org/news/2026/a", "https://example.org/news/2026/a"),
        ("https://example.org/?p=7", "https://example.org/news/a", "https://example.org/?p=7"),
        ("http://[broken", "https://example.org/a", "https://example.org/a"),
    ],
)
def test_the_url_that_a_page_goes_by(stated: str | None, final: str, expected: str) -> None:
    assert canonical_url(stated, final) == expected

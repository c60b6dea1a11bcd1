"""The country that a page's host is of: a government's domain, a statistics office, a monitor of one country.

What such a body counts without naming any place, it counts at home. Bodies that look abroad (foreign
ministries, armies' commands) and those of a part of a country have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit

from kb.lexicon import read_table

_ANY = "*"  # the last label of a host: a country's own domain; as a country: the one of that domain
_SHORTEST = 5  # letters of a place's name by which a host is known to be that place's: "austintexas"
_PART = 2  # letters of a label that names a part of a country: "sp.gov.br", "dp.gov.ua"
_DOMAINS = {"GB": "uk"}  # of countries whose domain is not their ISO 3166 code


def country_of_site(url: str | None) -> str | None:
    """The country of the national body whose host an address has, or None.

    >>> country_of_site("https://WWW.Insee.fr.:443/en/statistiques/1"), country_of_site("http://mvd.gov.by/x")
    ('France', 'Belarus')
    >>> country_of_site("https://mfa.gov.by/x"), country_of_site("https://example.org/gov.by")
    (None, None)
    """
    labels = _labels(url)
    for start in range(len(labels)):
        site = _sites().get(".".join(labels[start:]))
        if site is None and start < len(labels) - 1:
            site = _sites().get(".".join((*labels[start:-1], _ANY)))
        if site is not None:
            country, body = site
            if body == "government" and start and _is_of_part(labels[start - 1]):
                return None
            return (_by_domain().get(labels[-1]) if country == _ANY else country) or None
    return None


def _labels(url: str | None) -> list[str]:
    """The labels of an address's host, without a final dot; none where the address is none."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:  # brackets around what is no IPv6 address
        return []
    return host.rstrip(".").split(".") if host.rstrip(".") else []


def _is_of_part(label: str) -> bool:
    """Whether a label before a government's domain names a part of the country: "leeds", "sp"."""
    if len(label) == _PART:
        return True
    plain = label.replace("-", "")
    ends = (plain[:n] for n in range(_SHORTEST, len(plain) + 1))
    starts = (plain[n:] for n in range(1, len(plain) - _SHORTEST + 1))
    return any(words in _parts() for words in (*ends, *starts))


@cache
def _sites() -> dict[str, tuple[str, str]]:
    """Hosts -> their country and what kind of body they are."""
    return {row["host"]: (row["country"], row["body"]) for row in read_table("national_sites")}


@cache
def _by_domain() -> dict[str, str]:
    rows = read_table("countries")
    return {_DOMAINS.get(row["code"], row["code"].lower()): row["name"] for row in rows}


@cache
def _parts() -> frozenset[str]:
    """The names of cities and of provinces, in letters alone."""
    return frozenset(name for name in _named() if len(name) >= _SHORTEST)


def _named() -> Iterator[str]:
    for row in read_table("places"):
        if row["country"]:
            yield _plain(row["name"])
    for row in read_table("cities"):
        if not row["ambiguous"]:
            yield _plain(row["name"])


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())

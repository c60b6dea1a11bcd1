"""Which URL a fetched page goes by: the one it names for itself, where that can be believed."""

from __future__ import annotations

from urllib.parse import SplitResult, urldefrag, urlsplit

_FORMS = ("www.", "m.", "mobile.", "amp.")  # one site under several names
_SAME = ("index.html", "index.htm", "index.php", "amp", "amp.html")  # last parts of a path that say nothing


def canonical_url(stated: str | None, final_url: str) -> str:
    """The URL that a page states as its own if it is on the same site, else the one that answered.

    A section or front page that a page names as its own (the form of broken templates) would make one
    article of all of a site's; it is not believed. `http` and `https` are one: the one that answered.

    Args:
        stated: the page's canonical link, if it has one.
        final_url: what answered, after all redirects.

    >>> canonical_url("https://www.example.org/a", "https://m.example.org/a?from=feed")
    'https://www.example.org/a'
    >>> canonical_url("https://www.example.org/news/", "https://www.example.org/news/a")
    'https://www.example.org/news/a'
    """
    final_url = urldefrag(final_url).url
    if not stated:
        return final_url
    try:
        own, final = urlsplit(urldefrag(stated).url), urlsplit(final_url)
        if not own.hostname or _site(own.hostname) != _site(final.hostname or ""):
            return final_url
    except ValueError:
        return final_url
    if _is_above(own, final):
        return final_url
    if {own.scheme, final.scheme} == {"http", "https"}:
        own = own._replace(scheme=final.scheme)
    return own.geturl()


def _site(host: str) -> str:
    """The host without the part that tells a form of the site."""
    host = host.lower().rstrip(".")
    return next((host.removeprefix(form) for form in _FORMS if host.startswith(form)), host)


def _is_above(own: SplitResult, final: SplitResult) -> bool:
    """Whether the first is a folder that the second is in."""
    above, below = (_parts(parts) for parts in (own, final))
    return len(above) < len(below) and below[: len(above)] == above and not own.query


def _parts(url: SplitResult) -> list[str]:
    parts = [part for part in url.path.split("/") if part]
    return parts[:-1] if parts and parts[-1].lower() in _SAME else parts

"""Pages from the network, by the rules of the network and within bounds.

client      a page after all its redirects; one client for a run
exchanges   one request and its answer, retried; cached and archived
robots, pacing, patience      what a site allows, how often, and when to ask again
addresses, network, wire      which addresses are asked, and connections to those alone
bodies      so many bytes and no more
cache, archive                what is kept: by HTTP's rules, and as a WARC
failures    what went wrong, in words
"""

from __future__ import annotations

from kb.fetch.cache import forget
from kb.fetch.client import Fetcher, Validators
from kb.fetch.failures import require_page
from kb.fetch.settings import Settings

__all__ = ["Fetcher", "Settings", "Validators", "forget", "require_page"]

"""Which facts speak of one thing: groups of mentions, reports and claims.

keys      facts that share a key are taken for facts about one thing   (pure)
groups    members into groups, by keys and decisions                   (pure)
members   facts of a base as members of groups
things    the stored groups: found by key, made, joined, rewritten
regroup   groups brought up to date after an article came in
compare   all groups computed anew and compared with what is stored
"""

from kb.resolve.compare import differences
from kb.resolve.regroup import regroup, regroup_around

__all__ = ["differences", "regroup", "regroup_around"]

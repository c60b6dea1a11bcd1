"""Which facts speak of one thing, which figures clash, and whose text it is.

keys       facts that share a key are taken for facts about one thing            (pure)
tentative  keys that join as long as nothing contradicts                         (pure)
groups     members into groups, by keys and decisions                            (pure)
reports    the keys of events                                                    (pure)
grains     events told by longer and shorter times, tentatively                  (pure)
measures   what a figure counts, whatever words it is told in                    (pure)
nouns      nouns that are counted, in the singular and the plural                (pure)
subjects   what a figure counts by where it stands, where its words leave it open (pure)
relations  how two claims of one series stand to each other                      (pure)
takes      which texts are one: reprints, later takes, excerpts                  (pure)
candidates things that may be one and that nothing joins: pairs for somebody to look at
placed     rows that are grouped, and the things they point at
surroundings what stands around names in their sentences
figures    figures of a base, as members of measures
members    facts of a base, and publishers, as members of groups
things     the stored groups: found by key, made, joined, rewritten
series     claims of one measure at one place
definitions what users say that measures count
conflicts  what in the claims of a series does not fit together
crowded    which claims of whole series can be in a conflict at all
counting   up to which day a count that can only grow was told                      (pure)
explain    why two claims were put side by side, in a sentence
origins    whose text an article has
stated     what one reading of a text states, in rows to compare
matching   what was added, dropped and changed between two readings              (pure)
changes    what changed in an article from one state of it to the next, and through whom
regroup    all this brought up to date after an article came in, or a decision
judged     what people say of single facts, and where they differ
opposed    decisions of several people that contradict each other
renew      groups that an earlier kb made, computed anew
compare    all of it computed anew and compared with what is stored
"""

from kb.resolve.by_name import named_facts
from kb.resolve.candidates import Candidate, candidates, stored_candidates
from kb.resolve.changes import Changes, FactChange, State, compare_states, states
from kb.resolve.compare import differences
from kb.resolve.opposed import Opposed, opposed
from kb.resolve.origins import origins_of, trace
from kb.resolve.regroup import (
    members_of,
    regroup,
    regroup_around,
    regroup_articles,
    regroup_facts,
)
from kb.resolve.renew import is_current, renew
from kb.resolve.takes import Kinship

__all__ = [
    "Candidate",
    "Changes",
    "FactChange",
    "Kinship",
    "Opposed",
    "State",
    "candidates",
    "compare_states",
    "differences",
    "is_current",
    "members_of",
    "named_facts",
    "opposed",
    "origins_of",
    "regroup",
    "regroup_around",
    "regroup_articles",
    "regroup_facts",
    "renew",
    "states",
    "stored_candidates",
    "trace",
]

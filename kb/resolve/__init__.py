"""Which facts speak of one thing, which figures clash, and whose text it is. Imports go up this list:

keys       by what facts find each other                                            (pure)
texts      which texts are one: reprints, later takes, excerpts
changes    what changed in an article from one reading of it to the next
relations  how figures of one thing stand to each other                             (pure)
things     facts into entities, events and measures, by keys and decisions
series     figures of one measure at one place, and what in them does not fit together
regroup    all this brought up to date after an article came in, or a decision
renew      groups that an earlier kb made, computed anew
addresses  texts that came without an address, with the article at whose address they stand
withdrawn  groups without an article that was withdrawn
compare    all of it computed anew and compared with what is stored
doubts     what is left to people: pairs that may be one, decisions that contradict each other
"""

from kb.resolve.addresses import bring_home, settle
from kb.resolve.changes.states import Changes, FactChange, State, compare_states, states
from kb.resolve.compare import differences
from kb.resolve.doubts.candidates import Candidate, candidates, stored_candidates
from kb.resolve.doubts.measures import alike_measures, near_series
from kb.resolve.doubts.opposed import Opposed, opposed
from kb.resolve.regroup import (
    members_of,
    regroup,
    regroup_around,
    regroup_articles,
    regroup_facts,
)
from kb.resolve.renew import is_current, renew
from kb.resolve.texts.origins import origins_of, trace
from kb.resolve.texts.takes import Kinship
from kb.resolve.things.by_name import named_facts

__all__ = [
    "Candidate",
    "Changes",
    "FactChange",
    "Kinship",
    "Opposed",
    "State",
    "alike_measures",
    "bring_home",
    "candidates",
    "compare_states",
    "differences",
    "is_current",
    "members_of",
    "named_facts",
    "near_series",
    "opposed",
    "origins_of",
    "regroup",
    "regroup_around",
    "regroup_articles",
    "regroup_facts",
    "renew",
    "settle",
    "states",
    "stored_candidates",
    "trace",
]

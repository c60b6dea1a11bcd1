"""What people decide, appended and never rewritten: who and what is one, which spellings name whom.

assessments  one's own figure for a series and a time
identity     "same" and "different" on two things
names        spellings that users list for a name
definitions  what measures count, in words
reviews      facts accepted, rejected, corrected, and all that taken back
corrections  a correction in words, made into the columns that it sets       (pure)
additions    facts that a person reads where the extractor missed them
given        such a fact, made of its words and its reading                  (pure)
wording      where quoted words stand in a text                              (pure)
answers      many reviews at once, as a script writes them
withdrawals  articles that have to go
dependents   what rests on an article
found        what a decision is about, by its uid or name
called       the uids of decisions
person       who decides
"""

from kb.desk.additions import Added, add
from kb.desk.definitions import Definition, define, withdraw_definition
from kb.desk.dependents import Dependent
from kb.desk.identity import Decided, decide, withdraw_decision
from kb.desk.names import Alias, add_names, remove_name
from kb.desk.reviews import Reviewed, accept, correct, reject, undo
from kb.desk.withdrawals import Withdrawn, resting_on, withdraw

__all__ = [
    "Added",
    "Alias",
    "Decided",
    "Definition",
    "Dependent",
    "Reviewed",
    "Withdrawn",
    "accept",
    "add",
    "add_names",
    "correct",
    "decide",
    "define",
    "reject",
    "remove_name",
    "resting_on",
    "undo",
    "withdraw",
    "withdraw_decision",
    "withdraw_definition",
]

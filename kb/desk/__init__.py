"""What people decide, appended and never rewritten: who and what is one, which spellings name whom.

identity     "same" and "different" on two things
names        spellings that users list for a name
definitions  what measures count, in words
reviews      facts accepted, rejected, corrected, and all that taken back
corrections  a correction in words, made into the columns that it sets        (pure)
answers      many reviews at once, as a script writes them
found        what a decision is about, by its uid or name
person       who decides
"""

from kb.desk.definitions import Definition, define, withdraw_definition
from kb.desk.identity import Decided, decide, withdraw_decision
from kb.desk.names import Alias, add_names, remove_name
from kb.desk.reviews import Reviewed, accept, correct, reject, undo

__all__ = [
    "Alias",
    "Decided",
    "Definition",
    "Reviewed",
    "accept",
    "add_names",
    "correct",
    "decide",
    "define",
    "reject",
    "remove_name",
    "undo",
    "withdraw_decision",
    "withdraw_definition",
]

"""What people decide, appended and never rewritten: who and what is one, which spellings name whom.

identity  "same" and "different" on two things
names     spellings that users list for a name
"""

from kb.desk.identity import Decided, decide, withdraw_decision
from kb.desk.names import Alias, add_names, remove_name

__all__ = ["Alias", "Decided", "add_names", "decide", "remove_name", "withdraw_decision"]

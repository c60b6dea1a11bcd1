"""Names -> keys and comparisons. Pure: no model, no database.

known      names that the lexicon knows, with their kind and their one canonical form
sounds     how alike two words sound, whatever their script
spelling   a name taken apart: words, titles, legal forms, forms of given names
compare    whether two names are one person's or one body's
keys       what names that are one beyond doubt share
senses     which of several things of one name is meant, by what stands around it
hints      what names that may be one share
"""

from kb.names.compare import Comparison, compare_names

__all__ = ["Comparison", "compare_names"]

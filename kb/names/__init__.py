"""Names -> keys and comparisons. Pure: no model, no database.

known    names that the lexicon knows, with their kind and their one canonical form
"""

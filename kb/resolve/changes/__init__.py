"""What changed in an article from one reading of it to the next.

stated    what one reading of a text states, in rows to compare
matching  what was added, dropped and changed between two readings (pure)
states    the states of an article, what changed between them, and through whom
"""

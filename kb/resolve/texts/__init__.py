"""Whose text an article has: its own, an agency's, or another article's.

agencies whose a text says that it is (pure)
changed  numbers that are others in another take of a text (pure)
takes    which texts are one: reprints, later takes, excerpts (pure)
origins  what a base knows of it, written when an article comes in
"""

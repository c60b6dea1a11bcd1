"""Whose text an article has: its own, an agency's, or another article's.

takes    which texts are one: reprints, later takes, excerpts (pure)
origins  what a base knows of it, written when an article comes in
"""

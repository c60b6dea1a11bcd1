"""Extraction in other processes: as many articles at once as there are processes, each a pure function.

pool     the processes, what they are given and what they give back
process  what runs in one of them
"""

from kb.workers.pool import Pool

__all__ = ["Pool"]

"""Extraction in other processes: as many articles at once as there are processes, each a pure function.

pool     the processes, what they are given and what they give back
process  what runs in one of them
ahead    articles in order, those behind the first being extracted meanwhile
"""

from kb.workers.ahead import Begun, ahead
from kb.workers.pool import Pool

__all__ = ["Begun", "Pool", "ahead"]

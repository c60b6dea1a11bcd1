"""Another base's articles, facts and decisions brought into this one, by uid.

merging    the whole of it: decisions first, then article by article
decisions  what people decided there, each with its author and its moment
articles   which article here one of there is, and what of it is not here yet
facts      the readings of a revision with all that they found
rows       rows with the keys that they have here
"""

from kb.merge.merging import Merged, merge

__all__ = ["Merged", "merge"]

"""What leaves a base: releases for strangers, and single files in the formats of others.

selection    what goes out: conditions, and the keys that meet them
tables       the tables of a release and their rows, as a stream; `columns.csv` says what they mean
delimited    CSV and JSON Lines
columnar     Parquet
release      a folder with all of it, written whole or not at all
package      its descriptor, a Frictionless Data Package
methodology  METHODOLOGY.md, filled with what the base says of itself
changes      what changed since the release before
reasons      why it did
formats      single files: which there are
passages     exact words with what stands around them; text fragments of URLs
values       a figure in words and numbers
linked_data  JSON-LD of schema.org        annotations      W3C Web Annotations
provenance   PROV-O in Turtle             aleph            FollowTheMoney
story        Markdown with footnotes      quickstatements  Wikidata
references   RIS and BibTeX
"""

from kb.export.formats import FORMATS, format_of, write_file
from kb.export.release import Release, write_release
from kb.export.selection import Selection

__all__ = ["FORMATS", "Release", "Selection", "format_of", "write_file", "write_release"]

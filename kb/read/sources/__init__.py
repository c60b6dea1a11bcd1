"""Whatever a user names: what it is, and the articles and addresses in it, one after the other.

formats  what a source is, by what it holds
single   one article
again    stored bytes, by the present reader
rows     a row of a table
tables   CSV and JSON Lines
feed     RSS and Atom
lists    sitemaps and lists of addresses
warc     crawls
zipped   ZIP archives
source   any of these
"""

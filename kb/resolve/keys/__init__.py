"""By what facts find each other: facts that share a key are taken for facts about one thing. Pure.

names      keys of names: persons, organisations, places, publishers
tentative  keys that join as long as nothing contradicts
reports    the keys of events
grains     events told by longer and shorter times, tentatively
measures   what a figure counts, whatever words it is told in
nouns      nouns that are counted, in the singular and the plural
"""

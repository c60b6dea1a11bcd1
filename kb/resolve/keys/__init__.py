"""By what facts find each other: facts that share a key are taken for facts about one thing. Pure.

names      keys of names: persons, organisations, places, publishers
tentative  keys that join as long as nothing contradicts
countries  in which country a place lies, and which an article is about
reports    the keys of events
described  an event as its reports describe it together
grains     events told by longer and shorter times, tentatively
measures   what a figure counts, whatever words it is told in
telling    which words of a sentence tell what happening it is of
nouns      nouns that are counted, in the singular and the plural
"""

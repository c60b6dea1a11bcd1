"""Facts of a base into things: mentions into entities, reports into events, figures into measures.

readings      how facts read now, with what people corrected
placed        rows that are grouped, and the things they point at
groups        members into groups, by keys and decisions (pure)
homes         what each article is about: its country, its rare names
surroundings  what stands around names in their sentences
subjects      what a figure counts by where it stands, where its words leave it open (pure)
figures       figures as members of measures
members       facts of each kind, and publishers, as members of groups
by_name       places that no mention tells: by persons, adjectives, addresses
stored        the stored groups: found by key, made, joined, rewritten
regrouping    the things of one kind brought up to date
definitions   what users say that measures count
"""

"""Names of an article: recognised, grouped within the article, and looked up by their place in it.

find         all of an article, each with all its mentions
recognise    which capitalised words are names, and of what kind
words        the words of a text as names are made of them, and runs of capitalised ones
parts        a run of capitalised words -> the names in it
joining      which small words hold one name together
continued    names that go on behind what ends others
acronyms     what a bracketed acronym says of the words before it
capitals     names in lines written in capitals throughout
evidence     what a form's own words tell of its kind
context      what stands around a name tells of its kind
sharing      what one name of an article tells of another
word_lists   what the word lists say of the words of a name
vocabulary   ordinary English words
coreference  names -> entities: surnames, acronyms, short forms
nested       names that stand inside a longer name of the same thing
seats        places put for those who govern from them
mentions     which entity a word names
antecedents  whom a pronoun stands for
"""

from __future__ import annotations

from kb.extract.entities.find import find_entities
from kb.extract.entities.nested import with_nested

__all__ = ["find_entities", "with_nested"]

"""Ordinary English words, by the dictionary that the language model carries with it (WordNet's)."""

from __future__ import annotations

from functools import cache

from kb.extract.document import model

_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))


@cache
def _lemmas() -> frozenset[str]:
    lookups = model().get_pipe("lemmatizer").lookups
    exceptions = lookups.get_table("lemma_exc")
    index = lookups.get_table("lemma_index")
    words: set[str] = set()
    for table in index.values():
        words.update(table)
    for table in exceptions.values():
        words.update(table)
    return frozenset(words)


@cache
def is_common_word(word: str) -> bool:
    """Whether a dictionary lists the word, inflected or not (`Adventures`, `Describing`), in any case.

    Dictionaries also list the great names (`Paris`): this is evidence against a name, no proof.
    """
    lower = word.lower()
    lemmas = _lemmas()
    if lower in lemmas:
        return True
    return any(
        lower.endswith(ending) and lower[: -len(ending)] + plain in lemmas
        for ending, plain in _ENDINGS
        if len(lower) > len(ending) + 2
    )

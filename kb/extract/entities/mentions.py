"""Looking up names by their place in the text: which entity a word names, who was named last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.model.values import Entity, EntityKind, Mention, Reference

if TYPE_CHECKING:
    from spacy.tokens import Token


class Mentions:
    """All mentions of an article's entities in the order of the text."""

    def __init__(self, entities: tuple[Entity, ...]) -> None:
        pairs = [(mention, entity) for entity in entities for mention in entity.mentions]
        self._pairs = sorted(pairs, key=lambda pair: pair[0].span.start_char)
        self._starts = [mention.span.start_char for mention, _ in self._pairs]

    def at(self, token: Token) -> tuple[Mention, Entity] | None:
        """The mention that the token is a word of, or None."""
        index = bisect_right(self._starts, token.idx) - 1
        if index >= 0 and token.idx < self._pairs[index][0].span.end_char:
            return self._pairs[index]
        return None

    def within(self, start_char: int, end_char: int, *kinds: EntityKind) -> Iterator[tuple[Mention, Entity]]:
        """The mentions of these kinds (all, if none is given) that lie in the half-open stretch, in order."""
        for index in range(bisect_left(self._starts, start_char), len(self._pairs)):
            mention, entity = self._pairs[index]
            if mention.span.start_char >= end_char:
                return
            if mention.span.end_char <= end_char and (not kinds or entity.kind in kinds):
                yield mention, entity


def reference(mention: Mention) -> Reference:
    """A mention as somebody or some place that a fact speaks of."""
    return Reference(mention.span.words, mention.span)

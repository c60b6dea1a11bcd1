"""Names of an article: recognised, grouped within the article, each with all its mentions."""

from __future__ import annotations

from kb.extract.document import Document
from kb.extract.entities.coreference import fullest, group_names
from kb.extract.entities.recognise import find_names
from kb.extract.entities.seats import stands_for
from kb.model.values import Entity, Mention


def find_entities(document: Document) -> tuple[Entity, ...]:
    """The article's persons, organisations and places in order of their first mention.

    Mentions of all entities together do not overlap. No titles, no nationality adjectives, no roles
    without a name. An entity's name is its fullest form in the text; a mention of a seat of government
    tells where it is put for the government.
    """
    names = find_names(document)
    entities = []
    for group in group_names(document.text, names, document.article.title or ""):
        mentions = tuple(
            Mention(document.span(name.start, name.end), stands_for(document, name)) for name in group
        )
        entities.append(Entity(fullest(name.text for name in group), group[0].kind, mentions))
    return tuple(entities)

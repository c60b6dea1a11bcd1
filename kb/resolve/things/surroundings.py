"""What stands around names in their sentences: by it two things of one name are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from kb.model.tables import MentionRow, SpanRow, table_of
from kb.names.senses import Around
from kb.store import parts

_MENTION, _SPAN = table_of(MentionRow), table_of(SpanRow)
_SENTENCE = _SPAN.alias("sentence")
_MOST = 120  # characters on each side of a name: what tells it stands near
_WHITE = re.compile(r"\s+")


def surroundings(connection: Connection, mentions: Iterable[int]) -> Mapping[int, Around]:
    """Mentions (by row) -> their sentence before and behind the name; without those that have no sentence."""
    found: dict[int, Around] = {}
    query = (
        select(_MENTION.c.id, _SPAN.c.start_char, _SPAN.c.end_char, _SENTENCE.c.start_char, _SENTENCE.c.words)
        .join(_SPAN, _SPAN.c.id == _MENTION.c.span_id)
        .join(_SENTENCE, _SENTENCE.c.id == _MENTION.c.sentence_span_id)
    )
    for part in parts(sorted(mentions)):
        for mention, start, end, first, words in connection.execute(query.where(_MENTION.c.id.in_(part))):
            before, behind = words[: start - first][-_MOST:], words[end - first :][:_MOST]
            found[mention] = _WHITE.sub(" ", before), _WHITE.sub(" ", behind)
    return found

"""Dated events of an article: triggers with their time, kind and participants."""

from __future__ import annotations

from kb.extract.document import Document
from kb.model.values import Claim, Entity, Report, Time


def find_reports(
    document: Document, times: tuple[Time, ...], entities: tuple[Entity, ...], claims: tuple[Claim, ...]
) -> tuple[Report, ...]:
    """The article's events in order of their triggers."""
    return ()

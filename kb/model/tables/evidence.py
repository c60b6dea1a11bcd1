"""Evidence: sources as they were read, and the spans of words that facts point at."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, Computed, Index, Text, UniqueConstraint, text
from sqlmodel import Column, Field

from kb.model import values
from kb.model.tables.columns import Row, UTCDateTime, now, one_of

# The white space of written text, besides the space itself. SQLite's parser has no room for more nested
# calls; the others that `str.split` knows (four control characters, the ogham space) stay as they are.
_SPACES = (*range(9, 14), 133, 160, *range(8194, 8203), 8232, 8233, 8239, 12288)


def folded_words() -> str:
    """The SQL of `span.folded`: the words with every run of white space as one space.

    SQLite has no regular expressions: every kind of space becomes a plain one, then runs are
    folded by way of two control characters that no text holds.
    """
    said = "words"
    for space in _SPACES:
        said = f"replace({said}, char({space}), ' ')"
    return f"trim(replace(replace(replace({said}, ' ', char(1, 2)), char(2, 1), ''), char(1, 2), ' '))"


class ArticleRow(Row, table=True):
    """A source: a page, a quote of a page, or somebody's note about one.

    `url` is unique among pages. `publisher_id` is the entity that published it, where known.
    """

    __tablename__ = "article"
    __table_args__ = (
        one_of("kind", values.ArticleKind),
        one_of("genre", values.Genre, null=True),
        Index("ux_article_page_url", "url", unique=True, sqlite_where=text("kind = 'page'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    kind: str
    url: str | None
    cites_url: str | None = Field(index=True)
    publisher_id: int | None = Field(default=None, foreign_key="entity.id", index=True)
    genre: str | None
    language: str | None
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)


class ArticleUidRow(Row, table=True):
    """A uid that an article can be cited by: its own, and those it has where it came in another order.

    A page is known by its URL and by each of its texts, which is what it is called where nobody gave
    the URL; so one text at two addresses is known by three uids, one of them shared.
    """

    __tablename__ = "article_uid"
    __table_args__ = (UniqueConstraint("uid", "article_id"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str
    article_id: int = Field(foreign_key="article.id", index=True)


class RawRow(Row, table=True):
    """The bytes of a source as they came, compressed with zlib, under the hash of what they were."""

    __tablename__ = "raw"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    size: int
    bytes: bytes


class RevisionRow(Row, table=True):
    """One state of an article: its text, and what the source says of itself at that time.

    `seq` counts from 1 in an article. `published` and `modified` are ISO 8601 as the source states
    them, a month or a year where it says no more. The same text with more said about it is a further
    revision, `supplied`; the same bytes read by a newer reader are `reread`.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("article_id", "seq"),
        one_of("cause", values.RevisionCause),
        CheckConstraint("seq >= 1", name="seq"),
        CheckConstraint("length(text_sha256) = 64", name="text_sha256"),
        CheckConstraint(
            "published IS NULL OR date(substr(published || '-01-01', 1, 10), '+0 days')"
            " IS substr(published || '-01-01', 1, 10)",
            name="published_day",
        ),
        CheckConstraint(
            "modified IS NULL OR date(substr(modified || '-01-01', 1, 10), '+0 days')"
            " IS substr(modified || '-01-01', 1, 10)",
            name="modified_day",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    article_id: int = Field(foreign_key="article.id")
    seq: int
    cause: str
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    modified: str | None
    reader: str
    retrieved_at: dt.datetime | None = Field(default=None, sa_type=UTCDateTime)
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)
    raw_sha256: str | None = Field(default=None, foreign_key="raw.sha256", index=True)
    text_sha256: str = Field(index=True)
    text: str = Field(sa_type=Text)


class AuthorRow(Row, table=True):
    """A name in the byline of a revision; `position` counts from 1."""

    __tablename__ = "author"
    __table_args__ = (UniqueConstraint("revision_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    position: int
    name: str


class SpanRow(Row, table=True):
    """Exact words of a revision's text at `[start_char, end_char)`, in code points.

    A trigger refuses words that are not there. `folded` shows them on one line. Words are empty only
    where their article was withdrawn. In a long text `within_id` is a span around this one that was
    proven before: to look into it costs the same wherever it stands, into the text more and more.
    """

    __tablename__ = "span"
    __table_args__ = (
        UniqueConstraint("revision_id", "start_char", "end_char"),
        CheckConstraint("start_char >= 0 AND end_char > start_char", name="offsets"),
        CheckConstraint("words = '' OR length(words) = end_char - start_char", name="length"),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    start_char: int
    end_char: int
    within_id: int | None = Field(default=None, foreign_key="span.id")
    words: str = Field(sa_type=Text)
    folded: str | None = Field(
        default=None, sa_column=Column(Text, Computed(folded_words(), persisted=False), nullable=True)
    )


class PassageRow(Row, table=True):
    """A title, a sentence or (without sentences) a paragraph of a revision, as the search index has it.

    `folded` is the text in lower-level letters (anyascii: Ł is L, Ё is Io), for the index alone; the
    offsets lead back to the words, and are NULL for a title.
    """

    __tablename__ = "passage"
    __table_args__ = (
        one_of("kind", ("title", "sentence", "paragraph")),
        CheckConstraint("kind = 'title' OR (start_char >= 0 AND end_char > start_char)", name="offsets"),
        Index("ix_passage_revision_id", "revision_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    kind: str
    start_char: int | None
    end_char: int | None
    folded: str = Field(sa_type=Text)


class OriginRow(Row, table=True):
    """Where an article has its text from: another article, or a named agency. Only ever appended."""

    __tablename__ = "origin"
    __table_args__ = (
        one_of("kind", ("reprint", "later take", "excerpt", "translation")),
        CheckConstraint("(from_article_id IS NULL) <> (agency IS NULL)", name="source"),
        CheckConstraint("from_article_id IS NULL OR from_article_id <> article_id", name="itself"),
    )

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    kind: str
    from_article_id: int | None = Field(default=None, foreign_key="article.id", index=True)
    agency: str | None
    evidence: str
    run_id: int = Field(foreign_key="run.id")
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)


class SketchRow(Row, table=True):
    """One of the smallest hashes of the newest text's runs of words: near-equal texts share some of them."""

    __tablename__ = "sketch"

    id: int | None = Field(default=None, primary_key=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    hash: int = Field(sa_type=BigInteger, index=True)


class RunRow(Row, table=True):
    """Who read: a tool with its version and settings, or a person."""

    __tablename__ = "run"
    __table_args__ = (CheckConstraint("(tool IS NULL) <> (person IS NULL)", name="who"),)

    id: int | None = Field(default=None, primary_key=True)
    tool: str | None
    person: str | None
    version: str | None
    settings: str | None
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)


class ReadingRow(Row, table=True):
    """That a run has read a revision, whether or not it found a fact there."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("revision_id", "run_id"),)

    id: int | None = Field(default=None, primary_key=True)
    revision_id: int = Field(foreign_key="revision.id")
    run_id: int = Field(foreign_key="run.id", index=True)
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)


class AttemptRow(Row, table=True):
    """What came of one source in one run: so that nothing is lost silently. Only ever appended."""

    __tablename__ = "attempt"
    __table_args__ = (one_of("outcome", ("loaded", "unchanged", "revised", "failed")),)

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id", index=True)
    source: str
    outcome: str
    reason: str | None
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)


class FetchRow(Row, table=True):
    """An answer of a server, after all redirects: what a page was when it was asked for. Only ever appended.

    `article_id` is the article that it was read as, or asked for again; NULL for a list of pages and for
    an answer that is none. The bytes of an article's revision are in `raw` under their hash; `sha256` is
    NULL where no content came (304, most errors). `headers` are a JSON list of name and value, in order.
    """

    __tablename__ = "fetch"
    __table_args__ = (
        CheckConstraint("status BETWEEN 100 AND 599", name="status"),
        CheckConstraint("sha256 IS NULL OR length(sha256) = 64", name="sha256"),
        CheckConstraint("headers IS NULL OR json_valid(headers)", name="headers"),
    )

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="run.id", index=True)
    article_id: int | None = Field(default=None, foreign_key="article.id", index=True)
    url: str = Field(index=True)
    final_url: str = Field(index=True)
    moved_to: str | None
    status: int
    headers: str | None
    etag: str | None
    last_modified: str | None
    sha256: str | None = Field(index=True)
    retrieved_at: dt.datetime = Field(sa_type=UTCDateTime)
    recorded_at: dt.datetime = Field(default_factory=now, sa_type=UTCDateTime)

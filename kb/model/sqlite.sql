-- What is SQLite's own in the schema: the full-text index and the triggers.
-- The migrations make the same; a test and `kb check` compare them with this file.

-- Search: passages in plain letters with English stems. The store inserts; deletions follow by trigger.
CREATE VIRTUAL TABLE search USING fts5(
    folded, content = 'passage', content_rowid = 'id', tokenize = 'porter unicode61'
);

CREATE TRIGGER passage_unindexed AFTER DELETE ON passage
BEGIN
    INSERT INTO search (search, rowid, folded) VALUES ('delete', OLD.id, OLD.folded);
END;

CREATE TRIGGER passage_frozen BEFORE UPDATE ON passage
BEGIN
    SELECT RAISE(ABORT, 'a passage is indexed as it is: delete it and insert another');
END;

-- No fact without its words: they stand in the text, or in a span of it that was proven before.
CREATE TRIGGER span_words BEFORE INSERT ON span
WHEN NEW.words = '' OR NEW.words IS NOT CASE
    WHEN NEW.within_id IS NULL THEN (
        SELECT substr(text, NEW.start_char + 1, NEW.end_char - NEW.start_char)
        FROM revision WHERE id = NEW.revision_id
    )
    ELSE (
        SELECT substr(words, NEW.start_char - start_char + 1, NEW.end_char - NEW.start_char)
        FROM span AS around
        WHERE id = NEW.within_id AND revision_id = NEW.revision_id
            AND start_char <= NEW.start_char AND end_char >= NEW.end_char
    )
END
BEGIN
    SELECT RAISE(ABORT, 'the words of a span must stand in its revision at its offsets');
END;

-- Evidence never changes. Once an article is withdrawn its words can be blanked, and nothing else.
CREATE TRIGGER span_frozen BEFORE UPDATE ON span
WHEN NEW.id IS NOT OLD.id OR NEW.revision_id IS NOT OLD.revision_id
    OR NEW.start_char IS NOT OLD.start_char OR NEW.end_char IS NOT OLD.end_char
    OR NEW.within_id IS NOT OLD.within_id OR NEW.words <> ''
    OR NOT EXISTS (
        SELECT 1 FROM revision
        JOIN withdrawn ON withdrawn.article_id = revision.article_id
        WHERE revision.id = OLD.revision_id
    )
BEGIN
    SELECT RAISE(ABORT, 'a span never changes; kb withdraw blanks the words of an article');
END;

CREATE TRIGGER span_kept BEFORE DELETE ON span
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = OLD.revision_id
)
BEGIN
    SELECT RAISE(ABORT, 'a span is never deleted');
END;

CREATE TRIGGER revision_frozen BEFORE UPDATE OF
    id, uid, url, title, publisher, published, modified, text_sha256, text
ON revision
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid
    OR NEW.url IS NOT OLD.url OR NEW.publisher IS NOT OLD.publisher
    OR NEW.published IS NOT OLD.published OR NEW.modified IS NOT OLD.modified
    OR NEW.text_sha256 IS NOT OLD.text_sha256
    OR NEW.text <> '' OR NEW.title IS NOT NULL
    OR NOT EXISTS (
        SELECT 1 FROM withdrawn WHERE withdrawn.article_id = OLD.article_id
    )
BEGIN
    SELECT RAISE(ABORT, 'a revision never changes; kb withdraw blanks the text of an article');
END;

-- A text that came without an address is of the article at whose address it stands, whichever came first.
CREATE TRIGGER revision_settled BEFORE UPDATE OF article_id ON revision
WHEN NEW.article_id IS NOT OLD.article_id AND (
    OLD.url IS NOT NULL
    OR NOT EXISTS (
        SELECT 1 FROM revision AS own JOIN revision AS other ON other.text_sha256 = own.text_sha256
        WHERE own.article_id = OLD.article_id AND other.article_id = NEW.article_id
    )
)
BEGIN
    SELECT RAISE(ABORT, 'a revision never changes its article, unless the same text has an address');
END;

-- Another base may have had a revision before this one: then it counts from that moment, as it was read from
-- the bytes that were had then, and its number among the revisions of its article is another. It never
-- becomes younger.
CREATE TRIGGER revision_dated BEFORE UPDATE OF retrieved_at, recorded_at, cause, reader, raw_sha256 ON revision
WHEN NEW.recorded_at > OLD.recorded_at
    OR (NEW.recorded_at = OLD.recorded_at AND (
        NEW.retrieved_at IS NOT OLD.retrieved_at OR NEW.cause IS NOT OLD.cause
        OR NEW.reader IS NOT OLD.reader OR NEW.raw_sha256 IS NOT OLD.raw_sha256
    ))
BEGIN
    SELECT RAISE(ABORT, 'a revision never changes: it was had when it was had; another base can only have had it earlier');
END;

CREATE TRIGGER revision_kept BEFORE DELETE ON revision
BEGIN
    SELECT RAISE(ABORT, 'a revision is never deleted');
END;

-- Bytes may belong to several articles: all of them must be withdrawn. Blanked ones come back with another article.
CREATE TRIGGER raw_frozen BEFORE UPDATE ON raw
WHEN NEW.id IS NOT OLD.id OR NEW.sha256 IS NOT OLD.sha256 OR NEW.size IS NOT OLD.size
    OR (OLD.bytes <> x'' AND (
        NEW.bytes <> x''
        OR NOT EXISTS (SELECT 1 FROM revision WHERE raw_sha256 = OLD.sha256)
        OR EXISTS (
            SELECT 1 FROM revision
            WHERE revision.raw_sha256 = OLD.sha256
                AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.article_id = revision.article_id)
        )
    ))
BEGIN
    SELECT RAISE(ABORT, 'the bytes of a source never change; kb withdraw blanks those of an article');
END;

CREATE TRIGGER raw_kept BEFORE DELETE ON raw
WHEN EXISTS (SELECT 1 FROM revision WHERE raw_sha256 = OLD.sha256)
BEGIN
    SELECT RAISE(ABORT, 'the bytes of a source are never deleted');
END;

-- An article keeps its kind, and its URL once it has one; it gets another uid with it, and stays known by the
-- first one. Another base may have had it earlier.
CREATE TRIGGER article_frozen BEFORE UPDATE ON article
WHEN NEW.id IS NOT OLD.id OR NEW.kind IS NOT OLD.kind OR NEW.recorded_at > OLD.recorded_at
    OR (OLD.url IS NOT NULL AND NEW.url IS NOT OLD.url)
    OR (OLD.cites_url IS NOT NULL AND NEW.cites_url IS NOT OLD.cites_url)
    OR (NEW.uid IS NOT OLD.uid AND (
        coalesce(OLD.url, OLD.cites_url) IS NOT NULL
        OR 2 > (
            SELECT count(*) FROM article_uid WHERE article_id = OLD.id AND uid IN (OLD.uid, NEW.uid)
        )
    ))
BEGIN
    SELECT RAISE(ABORT, 'an article keeps its uid, its kind and its URL');
END;

CREATE TRIGGER article_kept BEFORE DELETE ON article
WHEN EXISTS (SELECT 1 FROM revision WHERE article_id = OLD.id)
BEGIN
    SELECT RAISE(ABORT, 'an article is never deleted; kb withdraw blanks it');
END;

CREATE TRIGGER article_uid_frozen BEFORE UPDATE ON article_uid
BEGIN
    SELECT RAISE(ABORT, 'an article stays known by its uids');
END;

CREATE TRIGGER article_uid_kept BEFORE DELETE ON article_uid
WHEN EXISTS (SELECT 1 FROM revision WHERE article_id = OLD.article_id)
BEGIN
    SELECT RAISE(ABORT, 'an article stays known by its uids');
END;

CREATE TRIGGER author_frozen BEFORE UPDATE ON author
BEGIN
    SELECT RAISE(ABORT, 'a byline never changes: it is part of a revision');
END;

CREATE TRIGGER author_kept BEFORE DELETE ON author
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = OLD.revision_id
)
BEGIN
    SELECT RAISE(ABORT, 'a byline is never deleted: it is part of a revision');
END;

-- Logs and decisions are appended, and taken back by appending.
CREATE TRIGGER attempt_frozen BEFORE UPDATE ON attempt
BEGIN
    SELECT RAISE(ABORT, 'an attempt never changes: append another');
END;

CREATE TRIGGER attempt_kept BEFORE DELETE ON attempt
BEGIN
    SELECT RAISE(ABORT, 'an attempt is never deleted: append another');
END;

-- Headers may tell of the page's words; they go when its article is withdrawn.
CREATE TRIGGER fetch_frozen BEFORE UPDATE ON fetch
WHEN NEW.id IS NOT OLD.id OR NEW.run_id IS NOT OLD.run_id OR NEW.article_id IS NOT OLD.article_id
    OR NEW.url IS NOT OLD.url OR NEW.final_url IS NOT OLD.final_url OR NEW.moved_to IS NOT OLD.moved_to
    OR NEW.status IS NOT OLD.status OR NEW.sha256 IS NOT OLD.sha256
    OR NEW.retrieved_at IS NOT OLD.retrieved_at OR NEW.recorded_at IS NOT OLD.recorded_at
    OR NEW.headers IS NOT NULL OR NEW.etag IS NOT NULL OR NEW.last_modified IS NOT NULL
    OR NOT EXISTS (
        SELECT 1 FROM withdrawn WHERE withdrawn.article_id = OLD.article_id
    )
BEGIN
    SELECT RAISE(ABORT, 'an answer never changes; kb withdraw blanks the headers of an article');
END;

CREATE TRIGGER fetch_kept BEFORE DELETE ON fetch
BEGIN
    SELECT RAISE(ABORT, 'an answer is never deleted: append another');
END;

CREATE TRIGGER reading_frozen BEFORE UPDATE ON reading
BEGIN
    SELECT RAISE(ABORT, 'a reading never changes: append another');
END;

CREATE TRIGGER reading_kept BEFORE DELETE ON reading
BEGIN
    SELECT RAISE(ABORT, 'a reading is never deleted: append another');
END;

CREATE TRIGGER run_frozen BEFORE UPDATE ON run
BEGIN
    SELECT RAISE(ABORT, 'a run never changes: append another');
END;

CREATE TRIGGER run_kept BEFORE DELETE ON run
BEGIN
    SELECT RAISE(ABORT, 'a run is never deleted: append another');
END;

-- The evidence of an origin tells of both texts: it goes when one of the two articles is withdrawn.
CREATE TRIGGER origin_frozen BEFORE UPDATE ON origin
WHEN NEW.id IS NOT OLD.id OR NEW.article_id IS NOT OLD.article_id OR NEW.kind IS NOT OLD.kind
    OR NEW.from_article_id IS NOT OLD.from_article_id OR NEW.agency IS NOT OLD.agency
    OR NEW.run_id IS NOT OLD.run_id OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.evidence <> ''
    OR NOT EXISTS (
        SELECT 1 FROM withdrawn WHERE withdrawn.article_id IN (OLD.article_id, OLD.from_article_id)
    )
BEGIN
    SELECT RAISE(ABORT, 'an origin never changes: append another; kb withdraw blanks the evidence');
END;

-- It goes with an article that turned out to be another one.
CREATE TRIGGER origin_kept BEFORE DELETE ON origin
WHEN EXISTS (SELECT 1 FROM revision WHERE article_id = OLD.article_id)
    AND (OLD.from_article_id IS NULL OR EXISTS (SELECT 1 FROM revision WHERE article_id = OLD.from_article_id))
BEGIN
    SELECT RAISE(ABORT, 'an origin is never deleted: append another');
END;

CREATE TRIGGER identity_decision_frozen BEFORE UPDATE ON identity_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision never changes: append another');
END;

CREATE TRIGGER identity_decision_kept BEFORE DELETE ON identity_decision
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted: append another');
END;

CREATE TRIGGER review_frozen BEFORE UPDATE ON review
BEGIN
    SELECT RAISE(ABORT, 'a review never changes: append another');
END;

CREATE TRIGGER review_kept BEFORE DELETE ON review
BEGIN
    SELECT RAISE(ABORT, 'a review is never deleted: append another');
END;

CREATE TRIGGER assessment_frozen BEFORE UPDATE ON assessment
BEGIN
    SELECT RAISE(ABORT, 'an assessment never changes: append another');
END;

CREATE TRIGGER assessment_kept BEFORE DELETE ON assessment
BEGIN
    SELECT RAISE(ABORT, 'an assessment is never deleted: append another');
END;

CREATE TRIGGER assessment_claim_frozen BEFORE UPDATE ON assessment_claim
BEGIN
    SELECT RAISE(ABORT, 'an assessment never changes: append another');
END;

CREATE TRIGGER assessment_claim_kept BEFORE DELETE ON assessment_claim
BEGIN
    SELECT RAISE(ABORT, 'an assessment is never deleted: append another');
END;

CREATE TRIGGER tag_frozen BEFORE UPDATE ON tag
BEGIN
    SELECT RAISE(ABORT, 'a tag never changes: append another');
END;

CREATE TRIGGER tag_kept BEFORE DELETE ON tag
BEGIN
    SELECT RAISE(ABORT, 'a tag is never deleted: append another');
END;

CREATE TRIGGER withdrawal_frozen BEFORE UPDATE ON withdrawal
BEGIN
    SELECT RAISE(ABORT, 'a withdrawal never changes: append another');
END;

CREATE TRIGGER withdrawal_kept BEFORE DELETE ON withdrawal
BEGIN
    SELECT RAISE(ABORT, 'a withdrawal is never deleted: append another');
END;

-- Facts keep what was read; only the groups that they belong to change. They go with a withdrawn article.
CREATE TRIGGER mention_frozen BEFORE UPDATE OF
    id, uid, revision_id, run_id, span_id, sentence_span_id, chain, name, kind, stands_for
ON mention
BEGIN
    SELECT RAISE(ABORT, 'a mention keeps what was read: review it, do not change it');
END;

CREATE TRIGGER mention_kept BEFORE DELETE ON mention
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = OLD.revision_id
)
BEGIN
    SELECT RAISE(ABORT, 'a mention is never deleted: a newer reading takes its place');
END;

CREATE TRIGGER report_frozen BEFORE UPDATE OF
    id, uid, revision_id, run_id, trigger_span_id, sentence_span_id, title, kind, date, earliest,
    latest, date_basis, stance, place, place_span_id, place_mention_id
ON report
BEGIN
    SELECT RAISE(ABORT, 'a report keeps what was read: review it, do not change it');
END;

CREATE TRIGGER report_kept BEFORE DELETE ON report
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = OLD.revision_id
)
BEGIN
    SELECT RAISE(ABORT, 'a report is never deleted: a newer reading takes its place');
END;

CREATE TRIGGER claim_frozen BEFORE UPDATE OF
    id, uid, revision_id, run_id, phrase_span_id, sentence_span_id, measure, subject, place,
    place_span_id, place_mention_id, comparator, low, high, unit, relation, direction, baseline,
    baseline_place, baseline_place_span_id, baseline_place_mention_id, baseline_date,
    baseline_earliest, baseline_latest, baseline_date_basis, date, earliest, latest, date_basis,
    speaker, speaker_span_id, speaker_mention_id, voice, stance, status, part_of_id
ON claim
BEGIN
    SELECT RAISE(ABORT, 'a claim keeps what was read: review it, do not change it');
END;

CREATE TRIGGER claim_kept BEFORE DELETE ON claim
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = OLD.revision_id
)
BEGIN
    SELECT RAISE(ABORT, 'a claim is never deleted: a newer reading takes its place');
END;

CREATE TRIGGER participant_frozen BEFORE UPDATE OF
    id, report_id, position, role, name, span_id, mention_id
ON participant
BEGIN
    SELECT RAISE(ABORT, 'a participant keeps what was read: review it, do not change it');
END;

CREATE TRIGGER participant_kept BEFORE DELETE ON participant
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = (SELECT revision_id FROM report WHERE id = OLD.report_id)
)
BEGIN
    SELECT RAISE(ABORT, 'a participant is never deleted: a newer reading takes its place');
END;

CREATE TRIGGER alias_frozen BEFORE UPDATE ON alias
BEGIN
    SELECT RAISE(ABORT, 'a decision never changes: append another');
END;

CREATE TRIGGER alias_kept BEFORE DELETE ON alias
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted: append another');
END;

CREATE TRIGGER measure_definition_frozen BEFORE UPDATE ON measure_definition
BEGIN
    SELECT RAISE(ABORT, 'a decision never changes: append another');
END;

CREATE TRIGGER measure_definition_kept BEFORE DELETE ON measure_definition
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted: append another');
END;

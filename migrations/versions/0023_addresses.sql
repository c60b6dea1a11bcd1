-- What an article is known by, and whose words went; what an acceptance accepted. Triggers that name others or
-- stand on tables that are written to on the way are made anew as they were.

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

CREATE TRIGGER revision_dated BEFORE UPDATE OF retrieved_at, recorded_at, cause, reader, raw_sha256 ON revision
WHEN NEW.recorded_at > OLD.recorded_at
    OR (NEW.recorded_at = OLD.recorded_at AND (
        NEW.retrieved_at IS NOT OLD.retrieved_at OR NEW.cause IS NOT OLD.cause
        OR NEW.reader IS NOT OLD.reader OR NEW.raw_sha256 IS NOT OLD.raw_sha256
    ))
BEGIN
    SELECT RAISE(ABORT, 'a revision never changes: it was had when it was had; another base can only have had it earlier');
END;

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

CREATE TRIGGER author_kept BEFORE DELETE ON author
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = OLD.revision_id
)
BEGIN
    SELECT RAISE(ABORT, 'a byline is never deleted: it is part of a revision');
END;

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

CREATE TRIGGER review_frozen BEFORE UPDATE ON review
BEGIN
    SELECT RAISE(ABORT, 'a review never changes: append another');
END;

CREATE TRIGGER tag_frozen BEFORE UPDATE ON tag
BEGIN
    SELECT RAISE(ABORT, 'a tag never changes: append another');
END;

CREATE TRIGGER withdrawal_frozen BEFORE UPDATE ON withdrawal
BEGIN
    SELECT RAISE(ABORT, 'a withdrawal never changes: append another');
END;

CREATE TRIGGER withdrawal_kept BEFORE DELETE ON withdrawal
BEGIN
    SELECT RAISE(ABORT, 'a withdrawal is never deleted: append another');
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

CREATE TRIGGER report_kept BEFORE DELETE ON report
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = OLD.revision_id
)
BEGIN
    SELECT RAISE(ABORT, 'a report is never deleted: a newer reading takes its place');
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

CREATE TRIGGER participant_kept BEFORE DELETE ON participant
WHEN NOT EXISTS (
    SELECT 1 FROM revision
    JOIN withdrawn ON withdrawn.article_id = revision.article_id
    WHERE revision.id = (SELECT revision_id FROM report WHERE id = OLD.report_id)
)
BEGIN
    SELECT RAISE(ABORT, 'a participant is never deleted: a newer reading takes its place');
END;

CREATE VIEW withdrawn AS
SELECT article_uid.article_id, withdrawal.uid, withdrawal.reason, withdrawal."by", withdrawal.recorded_at,
    withdrawal.note
FROM article_uid
JOIN withdrawal ON withdrawal.article = article_uid.uid;

CREATE VIEW current_reading AS
SELECT reading.revision_id, reading.run_id, revision.article_id
FROM reading
JOIN run ON run.id = reading.run_id
JOIN revision ON revision.id = reading.revision_id
WHERE NOT EXISTS (
        SELECT 1 FROM revision AS later
        WHERE later.article_id = revision.article_id AND later.seq > revision.seq
    )
    AND (
        run.person IS NOT NULL
        OR NOT EXISTS (
            SELECT 1 FROM reading AS newer
            JOIN run AS by_tool ON by_tool.id = newer.run_id AND by_tool.tool IS NOT NULL
            WHERE newer.revision_id = reading.revision_id
                AND (newer.recorded_at, newer.id) > (reading.recorded_at, reading.id)
        )
    )
    AND revision.article_id NOT IN (
        SELECT article_uid.article_id
        FROM withdrawal CROSS JOIN article_uid ON article_uid.uid = withdrawal.article
    );

CREATE VIEW present_reading AS
SELECT review.fact,
    (
        SELECT json_group_object(field, value) FROM (
            SELECT said.field, said.value FROM standing_review AS said
            WHERE said.fact = review.fact AND said.verdict = 'corrected'
                AND NOT EXISTS (
                    SELECT 1 FROM standing_review AS later
                    WHERE later.fact = said.fact AND later.field = said.field
                        AND (later.recorded_at, later.id) > (said.recorded_at, said.id)
                )
            ORDER BY said.field
        )
    ) AS reading
FROM review
WHERE NOT EXISTS (SELECT 1 FROM review AS before WHERE before.fact = review.fact AND before.id < review.id);

CREATE VIEW fact_status AS
SELECT review.fact,
    CASE
        WHEN review.verdict = 'rejected' THEN 'rejected'
        WHEN (
            SELECT count(*) FROM standing_review AS own
            WHERE own.fact = review.fact
                AND NOT EXISTS (
                    SELECT 1 FROM standing_review AS later
                    WHERE later.fact = own.fact
                        AND (
                            later."by" = own."by"
                            OR (own.verdict = 'corrected' AND later.verdict = 'corrected')
                        )
                        AND (later.recorded_at, later.id) > (own.recorded_at, own.id)
                )
                AND own.verdict <> 'rejected'
                AND (
                    own.verdict = 'corrected'
                    OR own.accepted_as = (SELECT reading FROM present_reading WHERE fact = own.fact)
                    OR (own.accepted_as IS NULL AND NOT EXISTS (
                        SELECT 1 FROM standing_review AS later
                        WHERE later.fact = own.fact AND later.verdict = 'corrected'
                            AND (later.recorded_at, later.id) > (own.recorded_at, own.id)
                    ))
                )
        ) > 1 THEN 'double-checked'
        WHEN EXISTS (
            SELECT 1 FROM standing_review AS other
            WHERE other.fact = review.fact AND other.verdict = 'corrected'
        ) THEN 'corrected'
        WHEN EXISTS (
            SELECT 1 FROM standing_review AS other
            WHERE other.fact = review.fact AND other.verdict = 'accepted'
                AND coalesce(other.accepted_as, '{}') = '{}'
        ) THEN 'accepted'
        ELSE 'machine'
    END AS status
FROM standing_review AS review
WHERE NOT EXISTS (
    SELECT 1 FROM standing_review AS later
    WHERE later.fact = review.fact AND (later.recorded_at, later.id) > (review.recorded_at, review.id)
);

CREATE VIEW standing_origin AS
SELECT origin.* FROM origin
WHERE NOT EXISTS (
        SELECT 1 FROM origin AS later WHERE later.article_id = origin.article_id AND later.id > origin.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM origin AS later WHERE later.from_article_id = origin.article_id AND later.id > origin.id
    )
    AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.article_id = origin.from_article_id);

CREATE VIEW independent_source AS
SELECT article.id AS article_id,
    coalesce(
        (
            SELECT coalesce('agency ' || agency, 'article ' || from_article_id) FROM standing_origin
            WHERE standing_origin.article_id = article.id
        ),
        'article ' || article.id
    ) AS root
FROM article;

CREATE VIEW standing_tag AS
SELECT tag.* FROM tag
WHERE tag.verdict <> 'withdrawn'
    AND NOT EXISTS (SELECT 1 FROM tag AS later WHERE later.withdraws = tag.uid)
    AND (
        tag.target_kind <> 'article' OR EXISTS (SELECT 1 FROM article WHERE article.uid = tag.target)
        OR NOT EXISTS (SELECT 1 FROM article_uid WHERE article_uid.uid = tag.target)
    )
UNION ALL
SELECT tag.id, tag.uid, article.uid, tag.target_kind, tag.tag, tag.verdict, tag.withdraws, tag."by",
    tag.recorded_at, tag.note
FROM article
CROSS JOIN article_uid ON article_uid.article_id = article.id AND article_uid.uid <> article.uid
CROSS JOIN tag ON tag.target = article_uid.uid
WHERE tag.target_kind = 'article' AND tag.verdict <> 'withdrawn'
    AND NOT EXISTS (SELECT 1 FROM tag AS later WHERE later.withdraws = tag.uid)
    AND NOT EXISTS (
        SELECT 1 FROM article_uid AS other
        JOIN article AS called ON called.id = other.article_id
        WHERE other.uid = tag.target AND (called.uid = tag.target OR called.uid < article.uid)
    );

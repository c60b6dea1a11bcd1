CREATE TRIGGER revision_frozen BEFORE UPDATE OF
    id, uid, article_id, cause, url, title, publisher, published, modified, reader, raw_sha256,
    text_sha256, text
ON revision
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.article_id IS NOT OLD.article_id
    OR NEW.cause IS NOT OLD.cause OR NEW.url IS NOT OLD.url
    OR NEW.publisher IS NOT OLD.publisher OR NEW.published IS NOT OLD.published
    OR NEW.modified IS NOT OLD.modified OR NEW.reader IS NOT OLD.reader
    OR NEW.raw_sha256 IS NOT OLD.raw_sha256 OR NEW.text_sha256 IS NOT OLD.text_sha256
    OR NEW.text <> '' OR NEW.title IS NOT NULL
    OR NOT EXISTS (
        SELECT 1 FROM article
        JOIN withdrawal ON withdrawal.article = article.uid
        WHERE article.id = OLD.article_id
    )
BEGIN
    SELECT RAISE(ABORT, 'a revision never changes; kb withdraw blanks the text of an article');
END;

CREATE TRIGGER revision_dated BEFORE UPDATE OF retrieved_at, recorded_at ON revision
WHEN NEW.recorded_at > OLD.recorded_at
    OR (NEW.recorded_at = OLD.recorded_at AND NEW.retrieved_at IS NOT OLD.retrieved_at)
BEGIN
    SELECT RAISE(ABORT, 'a revision was had when it was had; another base can only have had it earlier');
END;

CREATE TRIGGER article_frozen BEFORE UPDATE ON article
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.kind IS NOT OLD.kind
    OR NEW.recorded_at > OLD.recorded_at
    OR (OLD.url IS NOT NULL AND NEW.url IS NOT OLD.url)
    OR (OLD.cites_url IS NOT NULL AND NEW.cites_url IS NOT OLD.cites_url)
BEGIN
    SELECT RAISE(ABORT, 'an article keeps its uid, its kind and its URL');
END;

CREATE VIEW current_reading AS
SELECT reading.revision_id, reading.run_id, revision.article_id
FROM reading
JOIN revision ON revision.id = reading.revision_id
JOIN article ON article.id = revision.article_id
JOIN run ON run.id = reading.run_id
WHERE revision.seq = (SELECT max(seq) FROM revision AS other WHERE other.article_id = article.id)
    AND (
        run.person IS NOT NULL
        OR reading.id = (
            SELECT newer.id FROM reading AS newer
            JOIN run AS by_tool ON by_tool.id = newer.run_id AND by_tool.tool IS NOT NULL
            WHERE newer.revision_id = revision.id
            ORDER BY newer.recorded_at DESC, newer.id DESC LIMIT 1
        )
    )
    AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.article = article.uid);

CREATE VIEW hidden_fact AS
SELECT added.kind, added.id FROM added_fact AS added WHERE NOT added.stands
UNION ALL
SELECT added.kind, claim.id
FROM added_fact AS added
JOIN claim ON claim.revision_id = added.revision_id AND claim.run_id <> added.run_id
JOIN run ON run.id = claim.run_id
JOIN span AS words ON words.id = claim.phrase_span_id
WHERE added.kind = 'claim' AND added.stands AND (
    (claim.uid = added.uid AND (
        run.person IS NULL
        OR (run.recorded_at, run.id) < (SELECT recorded_at, id FROM run AS later WHERE later.id = added.run_id)
    ))
    OR (
        run.person IS NULL AND claim.low IS added.low AND claim.high IS added.high
        AND NOT EXISTS (SELECT 1 FROM rejected_fact WHERE rejected_fact.fact = added.uid)
        AND (
            (words.start_char >= added.start_char AND words.end_char <= added.end_char)
            OR (words.start_char <= added.start_char AND words.end_char >= added.end_char)
        )
    )
)
UNION ALL
SELECT added.kind, report.id
FROM added_fact AS added
JOIN report ON report.revision_id = added.revision_id AND report.run_id <> added.run_id
JOIN run ON run.id = report.run_id
JOIN span AS words ON words.id = report.trigger_span_id
WHERE added.kind = 'report' AND added.stands AND (
    (report.uid = added.uid AND (
        run.person IS NULL
        OR (run.recorded_at, run.id) < (SELECT recorded_at, id FROM run AS later WHERE later.id = added.run_id)
    ))
    OR (
        run.person IS NULL
        AND NOT EXISTS (SELECT 1 FROM rejected_fact WHERE rejected_fact.fact = added.uid)
        AND (
            (words.start_char >= added.start_char AND words.end_char <= added.end_char)
            OR (words.start_char <= added.start_char AND words.end_char >= added.end_char)
        )
    )
)
UNION ALL
SELECT added.kind, mention.id
FROM added_fact AS added
JOIN mention ON mention.revision_id = added.revision_id AND mention.run_id <> added.run_id
JOIN run ON run.id = mention.run_id
JOIN span AS words ON words.id = mention.span_id
WHERE added.kind = 'mention' AND added.stands AND (
    (mention.uid = added.uid AND (
        run.person IS NULL
        OR (run.recorded_at, run.id) < (SELECT recorded_at, id FROM run AS later WHERE later.id = added.run_id)
    ))
    OR (
        run.person IS NULL
        AND NOT EXISTS (SELECT 1 FROM rejected_fact WHERE rejected_fact.fact = added.uid)
        AND (
            (words.start_char >= added.start_char AND words.end_char <= added.end_char)
            OR (words.start_char <= added.start_char AND words.end_char >= added.end_char)
        )
    )
);

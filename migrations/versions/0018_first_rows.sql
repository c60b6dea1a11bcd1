-- Views by which a question about few facts asks about few, however large the base and its reviews are.

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
        SELECT article.id FROM withdrawal CROSS JOIN article ON article.uid = withdrawal.article
    );

CREATE VIEW source AS
SELECT current_reading.revision_id, current_reading.run_id, article.id AS article_id,
    article.uid AS article_uid, article.kind AS source_kind, revision.title, revision.publisher,
    revision.published, article.url, article.cites_url, article.language
FROM current_reading
JOIN revision ON revision.id = current_reading.revision_id
JOIN article ON article.id = current_reading.article_id;

CREATE VIEW fact_status AS
SELECT review.fact,
    CASE
        WHEN review.verdict = 'rejected' THEN 'rejected'
        WHEN (
            SELECT count(*) FROM standing_review AS own
            WHERE own.fact = review.fact AND own.verdict <> 'rejected'
                AND NOT EXISTS (
                    SELECT 1 FROM standing_review AS later
                    WHERE later.fact = own.fact AND later."by" = own."by"
                        AND (later.recorded_at, later.id) > (own.recorded_at, own.id)
                )
        ) > 1 THEN 'double-checked'
        WHEN EXISTS (
            SELECT 1 FROM standing_review AS other
            WHERE other.fact = review.fact AND other.verdict = 'corrected'
        ) THEN 'corrected'
        ELSE 'accepted'
    END AS status
FROM standing_review AS review
WHERE NOT EXISTS (
    SELECT 1 FROM standing_review AS later
    WHERE later.fact = review.fact AND (later.recorded_at, later.id) > (review.recorded_at, review.id)
);

CREATE VIEW correction AS
SELECT review.fact,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'measure'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS measure,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'comparator'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS comparator,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'low'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS low,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'high'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS high,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'unit'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS unit,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'relation'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS relation,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'direction'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS direction,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'baseline'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS baseline,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'subject'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS subject,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'place'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS place,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'speaker'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS speaker,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'voice'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS voice,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'stance'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS stance,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'date'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS date,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'earliest'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS earliest,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'latest'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS latest,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'title'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS title,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'kind'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS kind,
    (SELECT value FROM standing_review WHERE fact = review.fact AND field = 'name'
        ORDER BY recorded_at DESC, id DESC LIMIT 1) AS name
FROM standing_review AS review
WHERE review.verdict = 'corrected'
    AND NOT EXISTS (
        SELECT 1 FROM standing_review AS later
        WHERE later.fact = review.fact AND later.verdict = 'corrected'
            AND (later.recorded_at, later.id) > (review.recorded_at, review.id)
    );

CREATE VIEW figures AS
SELECT
    claim.uid,
    CASE
        WHEN claim.place IS NULL OR instr(lower(claim.measure), lower(claim.place)) > 0 THEN claim.measure
        WHEN claim.place = lower(claim.place) THEN claim.measure || ' ' || claim.place
        ELSE claim.measure || ' in ' || claim.place
    END AS measure,
    claim.comparator,
    claim.low,
    claim.high,
    claim.unit,
    claim.relation,
    claim.direction,
    claim.baseline,
    claim.subject,
    claim.place,
    claim.date,
    claim.earliest,
    claim.latest,
    claim.speaker,
    claim.voice,
    claim.stance,
    phrase.folded AS phrase,
    phrase.start_char,
    phrase.end_char,
    sentence.folded AS quote,
    sentence.start_char AS quote_start,
    sentence.end_char AS quote_end,
    source.title,
    source.publisher,
    source.published,
    source.url,
    source.cites_url,
    source.source_kind,
    coalesce((SELECT status FROM fact_status WHERE fact = claim.uid), 'machine') AS status,
    claim.said_status,
    whole.uid AS part_of,
    claim.date_basis,
    claim.baseline_place,
    claim.baseline_date,
    claim.extracted_comparator,
    claim.extracted_low,
    claim.extracted_high,
    claim.extracted_unit,
    claim.extracted_date,
    measure.uid AS measure_uid,
    source.article_uid,
    claim.extracted_measure,
    claim.extracted_place,
    claim.extracted_speaker
FROM corrected_claim AS claim
JOIN source ON source.revision_id = claim.revision_id AND source.run_id = claim.run_id
LEFT JOIN span AS phrase ON phrase.id = claim.phrase_span_id
LEFT JOIN span AS sentence ON sentence.id = claim.sentence_span_id
LEFT JOIN claim AS whole ON whole.id = claim.part_of_id
LEFT JOIN measure ON measure.id = claim.measure_id;

CREATE VIEW reports AS
SELECT
    report.uid,
    event.uid AS event_uid,
    words.folded AS "trigger",
    report.title AS event,
    report.kind,
    report.date,
    report.earliest,
    report.latest,
    report.stance,
    report.place,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT participant.name FROM participant
            WHERE participant.report_id = report.id AND participant.role <> 'place'
            ORDER BY participant.position
        )
    ) AS participants,
    sentence.folded AS quote,
    words.start_char,
    words.end_char,
    sentence.start_char AS quote_start,
    sentence.end_char AS quote_end,
    source.title,
    source.publisher,
    source.published,
    source.url,
    source.cites_url,
    source.source_kind,
    coalesce((SELECT status FROM fact_status WHERE fact = report.uid), 'machine') AS status,
    report.date_basis,
    report.extracted_date,
    source.article_uid,
    report.extracted_title,
    report.extracted_kind,
    report.extracted_stance,
    report.extracted_place
FROM corrected_report AS report
JOIN source ON source.revision_id = report.revision_id AND source.run_id = report.run_id
LEFT JOIN span AS words ON words.id = report.trigger_span_id
LEFT JOIN span AS sentence ON sentence.id = report.sentence_span_id
LEFT JOIN event ON event.id = report.event_id;

CREATE VIEW timeline AS
SELECT
    event.uid,
    event.date,
    event.earliest,
    event.latest,
    event.title,
    event.kind,
    (
        SELECT group_concat(name, '; ') FROM (
            SELECT DISTINCT coalesce(entity.name, participant.name) AS name
            FROM report AS told
            JOIN current_reading ON current_reading.revision_id = told.revision_id
                AND current_reading.run_id = told.run_id
            JOIN participant ON participant.report_id = told.id AND participant.role <> 'place'
            LEFT JOIN mention ON mention.id = participant.mention_id
            LEFT JOIN entity ON entity.id = mention.entity_id
            WHERE told.event_id = event.id
            ORDER BY name
        )
    ) AS participants,
    event.place,
    count(*) AS reports,
    count(DISTINCT independent_source.root) AS sources,
    CASE min(
        CASE coalesce((SELECT status FROM fact_status WHERE fact = report.uid), 'machine')
            WHEN 'double-checked' THEN 1 WHEN 'corrected' THEN 2 WHEN 'accepted' THEN 3
            WHEN 'machine' THEN 4 ELSE 5
        END
    )
        WHEN 1 THEN 'double-checked' WHEN 2 THEN 'corrected' WHEN 3 THEN 'accepted'
        WHEN 4 THEN 'machine' ELSE 'rejected'
    END AS status,
    CASE min(CASE report.stance WHEN 'asserted' THEN 1 WHEN 'alleged' THEN 2 ELSE 3 END)
        WHEN 1 THEN 'asserted' WHEN 2 THEN 'alleged' ELSE 'planned'
    END AS stance
FROM event INDEXED BY ix_event_time
CROSS JOIN corrected_report AS report ON report.event_id = event.id
    AND report.stance IN ('asserted', 'alleged', 'planned')
JOIN current_reading ON current_reading.revision_id = report.revision_id
    AND current_reading.run_id = report.run_id
JOIN independent_source ON independent_source.article_id = current_reading.article_id
GROUP BY coalesce(event.earliest, event.latest) IS NULL, coalesce(event.earliest, event.latest),
    event.latest IS NOT NULL, event.latest, event.uid
ORDER BY coalesce(event.earliest, event.latest) IS NULL, coalesce(event.earliest, event.latest),
    event.latest IS NOT NULL, event.latest DESC, event.uid;

CREATE VIEW mentions AS
SELECT
    mention.uid,
    entity.uid AS entity_uid,
    coalesce(entity.name, mention.name) AS entity,
    coalesce(entity.kind, mention.kind) AS kind,
    words.folded AS mention,
    mention.stands_for,
    coalesce(sentence.folded, words.folded) AS quote,
    words.start_char,
    words.end_char,
    coalesce(sentence.start_char, words.start_char) AS quote_start,
    coalesce(sentence.end_char, words.end_char) AS quote_end,
    source.title,
    source.publisher,
    source.published,
    source.url,
    source.cites_url,
    source.source_kind,
    coalesce((SELECT status FROM fact_status WHERE fact = mention.uid), 'machine') AS status,
    mention.chain,
    source.article_uid,
    mention.extracted_name,
    mention.extracted_kind
FROM corrected_mention AS mention
JOIN source ON source.revision_id = mention.revision_id AND source.run_id = mention.run_id
LEFT JOIN span AS words ON words.id = mention.span_id
LEFT JOIN span AS sentence ON sentence.id = mention.sentence_span_id
LEFT JOIN entity ON entity.id = mention.entity_id;

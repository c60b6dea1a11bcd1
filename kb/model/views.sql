-- The public SQL interface: one readable row a fact, no join needed.
-- The migrations make the same; a test and `kb check` compare them with this file.

-- Who had which article go, when and why. What was said of a text without an address holds for every
-- article that has this text.
CREATE VIEW withdrawn AS
SELECT article_uid.article_id, withdrawal.uid, withdrawal.reason, withdrawal."by", withdrawal.recorded_at,
    withdrawal.note
FROM article_uid
JOIN withdrawal ON withdrawal.article = article_uid.uid;

-- Which readings count now: of the newest revision of every article, the newest one by a tool, and
-- those by persons. A withdrawn article has none.
-- What is asked of a reading is asked by index, so that a question about few of them costs little.
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

-- Where a current reading stands: what readers of a fact want to know of its source.
CREATE VIEW source AS
SELECT current_reading.revision_id, current_reading.run_id, article.id AS article_id,
    article.uid AS article_uid, article.kind AS source_kind, revision.title, revision.publisher,
    revision.published, article.url, article.cites_url, article.language
FROM current_reading
JOIN revision ON revision.id = current_reading.revision_id
JOIN article ON article.id = current_reading.article_id;

-- Reviews that stand: not taken back, and not the taking back itself.
CREATE VIEW standing_review AS
SELECT review.* FROM review
WHERE review.verdict <> 'withdrawn'
    AND NOT EXISTS (SELECT 1 FROM review AS later WHERE later.withdraws = review.uid);

-- Facts whose last standing review rejects them: shown with that status, and in no group.
CREATE VIEW rejected_fact AS
SELECT review.fact FROM standing_review AS review
WHERE review.verdict = 'rejected'
    AND NOT EXISTS (
        SELECT 1 FROM standing_review AS later
        WHERE later.fact = review.fact
            AND (later.recorded_at, later.id) > (review.recorded_at, review.id)
    );

-- Facts that persons read by hand. One stands as long as a review of it does, the first being that of
-- the person who added it: what nobody stands by any more was taken back.
-- CROSS JOIN begins with the runs of persons, which are few: other facts are not looked at.
CREATE VIEW added_fact AS
SELECT added.*,
    EXISTS (SELECT 1 FROM standing_review WHERE standing_review.fact = added.uid) AS stands
FROM (
    SELECT 'claim' AS kind, claim.id, claim.uid, claim.revision_id, claim.run_id,
        span.start_char, span.end_char, claim.low, claim.high
    FROM run
    CROSS JOIN claim
    JOIN span ON span.id = claim.phrase_span_id
    WHERE run.person IS NOT NULL AND claim.run_id = run.id
    UNION ALL
    SELECT 'report', report.id, report.uid, report.revision_id, report.run_id,
        span.start_char, span.end_char, NULL, NULL
    FROM run
    CROSS JOIN report
    JOIN span ON span.id = report.trigger_span_id
    WHERE run.person IS NOT NULL AND report.run_id = run.id
    UNION ALL
    SELECT 'mention', mention.id, mention.uid, mention.revision_id, mention.run_id,
        span.start_char, span.end_char, NULL, NULL
    FROM run
    CROSS JOIN mention
    JOIN span ON span.id = mention.span_id
    WHERE run.person IS NOT NULL AND mention.run_id = run.id
) AS added;

-- Rows of facts that count no more beside an addition: those taken back, and those that one stands for,
-- being of the same words, or of words around or within them that a tool reads as the same number.
-- CROSS JOIN begins with what was added, which is little: SQLite would go through all facts for one.
CREATE VIEW hidden_fact AS
SELECT added.kind, added.id FROM added_fact AS added WHERE NOT added.stands
UNION ALL
SELECT added.kind, claim.id
FROM added_fact AS added
CROSS JOIN claim ON claim.revision_id = added.revision_id AND claim.run_id <> added.run_id
CROSS JOIN run ON run.id = claim.run_id
CROSS JOIN span AS words ON words.id = claim.phrase_span_id
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
CROSS JOIN report ON report.revision_id = added.revision_id AND report.run_id <> added.run_id
CROSS JOIN run ON run.id = report.run_id
CROSS JOIN span AS words ON words.id = report.trigger_span_id
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
CROSS JOIN mention ON mention.revision_id = added.revision_id AND mention.run_id <> added.run_id
CROSS JOIN run ON run.id = mention.run_id
CROSS JOIN span AS words ON words.id = mention.span_id
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

-- How a fact reads now by its corrections, as JSON of fields and values; {} where it reads as extracted.
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

-- What reviews make of a fact; one without a row here is as the machine read it. The last verdict decides
-- about rejection. A person stands by how a fact reads now who accepted just this reading, or corrected it
-- with nobody correcting it after: two who do make it double-checked. Where an acceptance does not say what
-- it accepted, it is what was there at its time.
-- Asked by index for one fact, so that a page costs what is on it, however much was reviewed.
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

-- The last standing correction of every field of a fact, one row a fact. Empty text says that the
-- source does not say; NULL that nobody corrected the field.
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

-- Claims as they are read now, corrections applied, with what was extracted beside them.
CREATE VIEW corrected_claim AS
SELECT claim.id, claim.uid, claim.revision_id, claim.run_id, claim.phrase_span_id,
    claim.sentence_span_id, claim.measure_id, claim.part_of_id, claim.status AS said_status,
    claim.date_basis, claim.baseline_place, claim.baseline_date,
    nullif(coalesce(correction.measure, claim.measure), '') AS measure,
    nullif(coalesce(correction.comparator, claim.comparator), '') AS comparator,
    CAST(nullif(coalesce(correction.low, claim.low), '') AS REAL) AS low,
    CAST(nullif(coalesce(correction.high, claim.high), '') AS REAL) AS high,
    nullif(coalesce(correction.unit, claim.unit), '') AS unit,
    nullif(coalesce(correction.relation, claim.relation), '') AS relation,
    nullif(coalesce(correction.direction, claim.direction), '') AS direction,
    nullif(coalesce(correction.baseline, claim.baseline), '') AS baseline,
    nullif(coalesce(correction.subject, claim.subject), '') AS subject,
    nullif(coalesce(correction.place, claim.place), '') AS place,
    nullif(coalesce(correction.date, claim.date), '') AS date,
    nullif(coalesce(correction.earliest, claim.earliest), '') AS earliest,
    nullif(coalesce(correction.latest, claim.latest), '') AS latest,
    nullif(coalesce(correction.speaker, claim.speaker), '') AS speaker,
    nullif(coalesce(correction.voice, claim.voice), '') AS voice,
    nullif(coalesce(correction.stance, claim.stance), '') AS stance,
    claim.comparator AS extracted_comparator,
    claim.low AS extracted_low,
    claim.high AS extracted_high,
    claim.unit AS extracted_unit,
    claim.date AS extracted_date,
    claim.measure AS extracted_measure,
    claim.place AS extracted_place,
    claim.speaker AS extracted_speaker
FROM claim
LEFT JOIN correction ON correction.fact = claim.uid
WHERE claim.id NOT IN (SELECT id FROM hidden_fact WHERE kind = 'claim');

-- The same of reports.
CREATE VIEW corrected_report AS
SELECT report.id, report.uid, report.revision_id, report.run_id, report.trigger_span_id,
    report.sentence_span_id, report.event_id, report.date_basis,
    nullif(coalesce(correction.title, report.title), '') AS title,
    nullif(coalesce(correction.kind, report.kind), '') AS kind,
    nullif(coalesce(correction.date, report.date), '') AS date,
    nullif(coalesce(correction.earliest, report.earliest), '') AS earliest,
    nullif(coalesce(correction.latest, report.latest), '') AS latest,
    nullif(coalesce(correction.stance, report.stance), '') AS stance,
    nullif(coalesce(correction.place, report.place), '') AS place,
    report.title AS extracted_title,
    report.kind AS extracted_kind,
    report.date AS extracted_date,
    report.stance AS extracted_stance,
    report.place AS extracted_place
FROM report
LEFT JOIN correction ON correction.fact = report.uid
WHERE report.id NOT IN (SELECT id FROM hidden_fact WHERE kind = 'report');

-- The same of mentions.
CREATE VIEW corrected_mention AS
SELECT mention.id, mention.uid, mention.revision_id, mention.run_id, mention.span_id,
    mention.sentence_span_id, mention.chain, mention.entity_id, mention.stands_for,
    coalesce(nullif(correction.name, ''), mention.name) AS name,
    coalesce(nullif(correction.kind, ''), mention.kind) AS kind,
    mention.name AS extracted_name,
    mention.kind AS extracted_kind
FROM mention
LEFT JOIN correction ON correction.fact = mention.uid
WHERE mention.id NOT IN (SELECT id FROM hidden_fact WHERE kind = 'mention');

-- Spans are there for every fact: LEFT JOIN has SQLite leave them out where no words are asked for.
-- What is measured is shown with its place: "political prisoners in Belarus", "cases worldwide".
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

-- Where articles have their texts from, as it counts now: of several origins of an article the newest, and none
-- where that names one that was withdrawn, or a newer one names this article as the source of another.
CREATE VIEW standing_origin AS
SELECT origin.* FROM origin
WHERE NOT EXISTS (
        SELECT 1 FROM origin AS later WHERE later.article_id = origin.article_id AND later.id > origin.id
    )
    AND NOT EXISTS (
        SELECT 1 FROM origin AS later WHERE later.from_article_id = origin.article_id AND later.id > origin.id
    )
    AND NOT EXISTS (SELECT 1 FROM withdrawn WHERE withdrawn.article_id = origin.from_article_id);

-- Every article with the root that it has its text from: an agency, another article, or itself.
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

-- Events that are told as fact, as somebody's allegation or as a plan; those denied, supposed or
-- wished for are in `reports`. In the order of what is known of the date, the undated last: events are
-- looked at in that order by index, so that the first ones cost little, and one by its uid.
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

-- The first two claims side by side; `more` counts those after them.
CREATE VIEW conflicts AS
SELECT
    conflict.uid,
    conflict.kind,
    conflict.explanation,
    a.measure,
    a.phrase AS a_phrase,
    a.date AS a_date,
    a.speaker AS a_speaker,
    a.quote AS a_quote,
    a.title AS a_title,
    a.publisher AS a_publisher,
    a.published AS a_published,
    a.url AS a_url,
    b.phrase AS b_phrase,
    b.date AS b_date,
    b.speaker AS b_speaker,
    b.quote AS b_quote,
    b.title AS b_title,
    b.publisher AS b_publisher,
    b.published AS b_published,
    b.url AS b_url,
    (SELECT count(*) FROM conflict_claim WHERE conflict_id = conflict.id AND position > 2) AS more,
    a.uid AS a_uid,
    b.uid AS b_uid
FROM conflict
JOIN conflict_claim AS first_of ON first_of.conflict_id = conflict.id AND first_of.position = 1
JOIN conflict_claim AS second_of ON second_of.conflict_id = conflict.id AND second_of.position = 2
JOIN claim AS first_claim ON first_claim.id = first_of.claim_id
JOIN claim AS second_claim ON second_claim.id = second_of.claim_id
JOIN revision AS first_revision ON first_revision.id = first_claim.revision_id
JOIN revision AS second_revision ON second_revision.id = second_claim.revision_id
JOIN article AS first_article ON first_article.id = first_revision.article_id
JOIN article AS second_article ON second_article.id = second_revision.article_id
JOIN figures AS a ON a.uid = first_claim.uid AND a.article_uid = first_article.uid
JOIN figures AS b ON b.uid = second_claim.uid AND b.article_uid = second_article.uid;

-- Tags that stand: not taken off, and not the taking off itself. The target is an article's uid, also where
-- another one was filed that it is known by.
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

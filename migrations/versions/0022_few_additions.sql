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

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

-- Two persons double-check a fact if nobody corrected it after them.

CREATE VIEW fact_status AS
SELECT review.fact,
    CASE
        WHEN review.verdict = 'rejected' THEN 'rejected'
        WHEN (
            SELECT count(*) FROM standing_review AS own
            WHERE own.fact = review.fact AND own.verdict <> 'rejected'
                AND NOT EXISTS (
                    SELECT 1 FROM standing_review AS later
                    WHERE later.fact = own.fact
                        AND (later."by" = own."by" OR later.verdict = 'corrected')
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

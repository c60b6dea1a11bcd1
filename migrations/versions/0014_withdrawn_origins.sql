-- The evidence of an origin tells of both texts: it goes when one of the two articles is withdrawn.
CREATE TRIGGER origin_frozen BEFORE UPDATE ON origin
WHEN NEW.id IS NOT OLD.id OR NEW.article_id IS NOT OLD.article_id OR NEW.kind IS NOT OLD.kind
    OR NEW.from_article_id IS NOT OLD.from_article_id OR NEW.agency IS NOT OLD.agency
    OR NEW.run_id IS NOT OLD.run_id OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.evidence <> ''
    OR NOT EXISTS (
        SELECT 1 FROM article
        JOIN withdrawal ON withdrawal.article = article.uid
        WHERE article.id IN (OLD.article_id, OLD.from_article_id)
    )
BEGIN
    SELECT RAISE(ABORT, 'an origin never changes: append another; kb withdraw blanks the evidence');
END;

-- Bytes may belong to several articles: all of them must be withdrawn. Blanked ones come back with another article.
CREATE TRIGGER raw_frozen BEFORE UPDATE ON raw
WHEN NEW.id IS NOT OLD.id OR NEW.sha256 IS NOT OLD.sha256 OR NEW.size IS NOT OLD.size
    OR (OLD.bytes <> x'' AND (
        NEW.bytes <> x''
        OR NOT EXISTS (SELECT 1 FROM revision WHERE raw_sha256 = OLD.sha256)
        OR EXISTS (
            SELECT 1 FROM revision
            JOIN article ON article.id = revision.article_id
            LEFT JOIN withdrawal ON withdrawal.article = article.uid
            WHERE revision.raw_sha256 = OLD.sha256 AND withdrawal.id IS NULL
        )
    ))
BEGIN
    SELECT RAISE(ABORT, 'the bytes of a source never change; kb withdraw blanks those of an article');
END;

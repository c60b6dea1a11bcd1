-- Headers may tell of the page's words; they go when its article is withdrawn.
CREATE TRIGGER fetch_frozen BEFORE UPDATE ON fetch
WHEN NEW.id IS NOT OLD.id OR NEW.run_id IS NOT OLD.run_id OR NEW.article_id IS NOT OLD.article_id
    OR NEW.url IS NOT OLD.url OR NEW.final_url IS NOT OLD.final_url OR NEW.moved_to IS NOT OLD.moved_to
    OR NEW.status IS NOT OLD.status OR NEW.sha256 IS NOT OLD.sha256
    OR NEW.retrieved_at IS NOT OLD.retrieved_at OR NEW.recorded_at IS NOT OLD.recorded_at
    OR NEW.headers IS NOT NULL OR NEW.etag IS NOT NULL OR NEW.last_modified IS NOT NULL
    OR NOT EXISTS (
        SELECT 1 FROM article
        JOIN withdrawal ON withdrawal.article = article.uid
        WHERE article.id = OLD.article_id
    )
BEGIN
    SELECT RAISE(ABORT, 'an answer never changes; kb withdraw blanks the headers of an article');
END;

CREATE TRIGGER fetch_kept BEFORE DELETE ON fetch
BEGIN
    SELECT RAISE(ABORT, 'an answer is never deleted: append another');
END;

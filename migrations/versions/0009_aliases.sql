CREATE TRIGGER alias_frozen BEFORE UPDATE ON alias
BEGIN
    SELECT RAISE(ABORT, 'a decision never changes: append another');
END;

CREATE TRIGGER alias_kept BEFORE DELETE ON alias
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted: append another');
END;

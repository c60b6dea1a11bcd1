-- The triggers of a table go with it, and come with it when it is made anew.

CREATE TRIGGER withdrawal_frozen BEFORE UPDATE ON withdrawal
BEGIN
    SELECT RAISE(ABORT, 'a withdrawal never changes: append another');
END;

CREATE TRIGGER withdrawal_kept BEFORE DELETE ON withdrawal
BEGIN
    SELECT RAISE(ABORT, 'a withdrawal is never deleted: append another');
END;

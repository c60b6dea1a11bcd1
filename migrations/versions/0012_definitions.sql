CREATE TRIGGER measure_definition_frozen BEFORE UPDATE ON measure_definition
BEGIN
    SELECT RAISE(ABORT, 'a decision never changes: append another');
END;

CREATE TRIGGER measure_definition_kept BEFORE DELETE ON measure_definition
BEGIN
    SELECT RAISE(ABORT, 'a decision is never deleted: append another');
END;

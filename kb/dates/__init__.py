"""Words and numbers of a date -> Interval. Pure: no model, no database."""

"""Names -> keys and comparisons. Pure: no model, no database."""

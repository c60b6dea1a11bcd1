"""Words of a number -> Quantity. Pure: no model, no database."""

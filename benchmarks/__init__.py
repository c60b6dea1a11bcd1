"""Adapters and scripts that measure kb on data outside the project. No extraction rule lives here."""

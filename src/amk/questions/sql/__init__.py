"""The records as tables for SQL."""

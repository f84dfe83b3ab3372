"""Changing records: set, new, rename, workbooks, schemas for editors, a new base, a proposal."""

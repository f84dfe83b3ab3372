"""What changed: between two revisions or two days, in one record, and since the last letter."""

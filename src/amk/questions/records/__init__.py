"""Records as a list, as a page each, and as plain data."""

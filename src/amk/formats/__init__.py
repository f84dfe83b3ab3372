"""A file a format: what a document, or rows of facts, look like when written."""

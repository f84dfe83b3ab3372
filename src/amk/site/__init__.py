"""A site to read: the whole knowledge base as static pages, in each language."""

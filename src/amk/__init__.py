"""A knowledge base over YAML records in git.

amk loads a tree of texts into a knowledge base, finds an answer, tells it as a document, and
writes that in a format.
"""

__version__ = "0.1.0"

"""A room a question: an answer, how it is found, and how it is told."""

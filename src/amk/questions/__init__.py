"""A folder a question: an answer, how it is found, how it is told and drawn."""

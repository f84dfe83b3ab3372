"""What `amk report` adds to an answer: templates, the sender's own words, a final check."""

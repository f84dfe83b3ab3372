"""What is told before a format is chosen: blocks, drawings, charts, a reader's own Markdown."""

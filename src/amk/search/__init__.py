"""The full-text index: words, stems, ranking."""

"""The tile map of a day."""

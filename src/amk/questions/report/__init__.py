"""The briefing and the letter."""

"""Hostile input: whatever a file or an argument holds, amk answers, in time and in a sentence."""

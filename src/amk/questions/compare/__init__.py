"""Municipalities side by side."""

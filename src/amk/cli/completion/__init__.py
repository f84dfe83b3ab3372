"""What a shell may offer when its user presses Tab."""

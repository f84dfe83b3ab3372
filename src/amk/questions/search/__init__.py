"""What words find, best first."""

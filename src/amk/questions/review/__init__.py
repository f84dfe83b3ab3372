"""What a steward weighs in a proposal."""

"""How much is known, how well it is founded, and what to check again."""

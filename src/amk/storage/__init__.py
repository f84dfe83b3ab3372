"""The data folder, its git history, loading, and writing whole or not at all."""

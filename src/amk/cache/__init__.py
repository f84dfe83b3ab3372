"""What amk keeps between runs: disposable, proved fresh before it is believed, and never written to data."""

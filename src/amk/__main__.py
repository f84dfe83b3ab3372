"""`python -m amk` is `amk`."""

from amk.cli import main

main()

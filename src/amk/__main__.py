"""`python -m amk` is `amk`."""

from amk.cli import main

# A process that reads for this one imports this room too, under another name.
if __name__ == "__main__":
    main()

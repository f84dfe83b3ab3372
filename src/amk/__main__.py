"""`python -m amk` is `amk`; whoever stops it while it is still starting is told nothing either."""

from __future__ import annotations

import sys


def main() -> None:
    """Run amk, and leave with its exit code; 130 after Ctrl-C."""
    try:
        from amk.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)
    except RuntimeError as error:
        # Python 3.11 says so of a Ctrl-C that comes while a class is being made.
        if not isinstance(error.__cause__, KeyboardInterrupt):
            raise
        sys.exit(130)


# A process that reads for this one imports this room too, under another name.
if __name__ == "__main__":
    main()

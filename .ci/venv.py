"""Run a program of the folder `.venv`, on any system: `python .ci/venv.py ruff check`."""

import subprocess
import sys
from pathlib import Path

BIN = Path(__file__).parents[1] / ".venv" / ("Scripts" if sys.platform == "win32" else "bin")


def main(program: str, *arguments: str) -> int:
    """The program's exit code; 2 where nothing is set up yet."""
    if not BIN.is_dir():
        print("nothing is set up yet: run make test first", file=sys.stderr)
        return 2
    return subprocess.run([BIN / program, *arguments], check=False).returncode


sys.exit(main(*sys.argv[1:]))

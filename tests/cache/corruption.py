"""What is kept is spoiled on the disk, again and again: no answer may be another one than before.

`python -m tests.cache.corruption --times 10000`
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory

from amk.cache import sealing
from amk.cache.location import cache_files
from amk.cli import run

EXAMPLE = Path(__file__).parents[2] / "docs" / "example" / "data"

QUESTIONS = (
    ("list", "--json"), ("validate",), ("show", "oostbeek"), ("list", "--region", "beekstreek"),
    ("search", "oostbeek"), ("query", "select ref, status from records"),
)  # fmt: skip
"""Together they read every sort of file that is kept of a data folder."""

Spoil = Callable[[bytes, Random], bytes]


def spoilt(raw: bytes, random: Random) -> bytes:
    """Some bytes otherwise than they were kept."""
    return random.choice(WAYS)(raw, random)


def _one_bit(raw: bytes, random: Random) -> bytes:
    at = random.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ 1 << random.randrange(8)]) + raw[at + 1 :]


def _some_bytes(raw: bytes, random: Random) -> bytes:
    at = random.randrange(len(raw))
    return raw[:at] + random.randbytes(16) + raw[at + 16 :]


def _one_letter(raw: bytes, random: Random) -> bytes:
    letters = [at for at in random.sample(range(len(raw)), min(len(raw), 2000)) if raw[at : at + 1].isalpha()]
    at = letters[0] if letters else 0
    return raw[:at] + (b"a" if raw[at : at + 1] != b"a" else b"e") + raw[at + 1 :]


def _a_page(raw: bytes, random: Random) -> bytes:
    at = random.randrange(len(raw)) // 4096 * 4096
    return raw[:at] + bytes(4096) + raw[at + 4096 :]


def _cut_off(raw: bytes, random: Random) -> bytes:
    return raw[: random.randrange(len(raw))]


WAYS: Sequence[Spoil] = (_one_bit, _one_bit, _some_bytes, _one_letter, _one_letter, _a_page, _cut_off)


def answer(data: Path, question: Sequence[str]) -> tuple[int, str]:
    """What a question is answered with, and the exit code."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([*question, "--data", str(data), "--today", "2021-12-31"])
    return code, out.getvalue() + err.getvalue()


def try_corruptions(data: Path, times: int, seed: int) -> list[str]:
    """Spoil what is kept so many times, and ask after each; what was answered otherwise than before.

    What is kept of `data` lies in the cache folder of this process.
    """
    random, wrong = Random(seed), []
    right = {question: answer(data, question) for question in QUESTIONS}
    whole = {path: path.read_bytes() for path in cache_files()}
    for number in range(times):
        path = random.choice([p for p in whole if whole[p]])
        for each, raw in whole.items():
            each.write_bytes(spoilt(raw, random) if each == path else raw)
        question = random.choice(QUESTIONS)
        if answer(data, question) != right[question]:
            wrong.append(f"{number} of seed {seed}: {path.suffix} {' '.join(question)}")
    return wrong


def corrupt(times: int, seed: int) -> list[str]:
    """The same with the example, in a cache of its own."""
    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"], sealing.PATIENCE = folder, 0.02
        data = Path(copytree(EXAMPLE, Path(folder) / "data"))
        for path in data.rglob("*.yaml"):
            os.utime(path, (1_600_000_000, 1_600_000_000))
        return try_corruptions(data, times, seed)


def main() -> None:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    wrong = corrupt(asked.times, asked.seed)
    print("\n".join(wrong) or f"{asked.times} corruptions, 0 wrong answers")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

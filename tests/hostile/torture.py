"""Kills commands that write, at every step they take on the disk and at any moment, and looks what is left.

`python -m tests.hostile.torture --kills 1000`
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory

from amk.cli import run
from amk.storage.apply import BESIDE

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example"
POLICY = "policies/beleidskader-oostbeek.yaml"

CHILD = """\
import os, signal, sys
left = int(sys.argv[1])
steps = 0
def counted(really):
    def step(*given, **named):
        global steps
        steps += 1
        if steps == left:
            os.kill(os.getpid(), signal.SIGKILL)
        return really(*given, **named)
    return step
for name in ("replace", "unlink", "fsync", "mkdir", "posix_spawn"):
    setattr(os, name, counted(getattr(os, name)))
from amk.cli import run
code = run(sys.argv[2:])
print("steps", steps, file=sys.stderr)
sys.exit(code)
"""

Texts = Mapping[str, bytes]


@dataclass(frozen=True)
class Writing:
    """A command that writes: what comes before it, and what is typed."""

    words: tuple[str, ...]
    prepare: Callable[[Path], None] = lambda base: None


@dataclass
class Found:
    """What was seen: how many kills, how many came halfway, and what was wrong."""

    kills: int = 0
    halfway: int = 0
    wrong: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)


def _untidy(base: Path) -> None:
    for path in sorted((base / "data").rglob("*.yaml")):
        if path.name != "amk.yaml":
            path.write_bytes(path.read_bytes().replace(b"\n", b"\n\n", 1))


def _workbook(base: Path) -> None:
    import openpyxl

    quiet("export", "-o", str(base / "w.xlsx"), base=base)
    book = openpyxl.load_workbook(base / "w.xlsx")
    for title, cells in (("Gemeenten", ("B2", "B3", "B4")), ("Bronnen", ("B2",)), ("Beleid", ("B2",))):
        for cell in cells:
            book[title][cell] = f"{book[title][cell].value} nieuw"
    book.save(base / "w.xlsx")


def _change(base: Path) -> None:
    quiet("set", "oostbeek", "tags+=nieuw", base=base)


WRITINGS = {
    "set": Writing(("set", "oostbeek", "tags+=nieuw")),
    "rename": Writing(("rename", "source/brief-2021", "brief-een")),
    "fmt": Writing(("fmt",), _untidy),
    "import": Writing(("import", "{base}/w.xlsx"), _workbook),
    "propose": Writing(("propose",), _change),
}


def quiet(*words: str, base: Path) -> tuple[int, str]:
    """Run amk in this process: its exit code, and all that it said."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = run([*words, "--data", str(base / "data"), *(["--lang", "nl"] if words[0] != "fmt" else [])])
    return code, out.getvalue()


def texts_of(base: Path) -> Texts:
    """Every record as it stands."""
    data = base / "data"
    paths = (path for path in data.rglob("*.yaml") if not path.name.startswith(BESIDE))
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in paths}


def git(base: Path, *words: str) -> str:
    """What git says of the repository."""
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    done = subprocess.run(["git", *who, *words], cwd=base, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else done.stdout


def started(base: Path, words: tuple[str, ...], steps: int) -> subprocess.Popen[str]:
    """The command in a process of its own, to end at its so many-th step."""
    typed = [word.replace("{base}", str(base)) for word in words]
    command = [sys.executable, "-c", CHILD, str(steps), *typed, "--data", str(base / "data")]
    return subprocess.Popen(
        command, cwd=base, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=surroundings()
    )


def surroundings() -> dict[str, str]:
    """The settings of this process, with a git that knows who commits."""
    who = {f"GIT_{part}_{what}": f"{what.lower()}@example.org" for part in ("AUTHOR", "COMMITTER")
           for what in ("NAME", "EMAIL")}  # fmt: skip
    return {**os.environ, **who, "PYTHONPATH": os.pathsep.join(sys.path)}


class Scene:
    """A knowledge base in git before a command, and what the command makes of it when it is left alone."""

    def __init__(self, name: str, folder: Path) -> None:
        """Make it, and run the command once."""
        self.name, self.writing, self.folder = name, WRITINGS[name], folder
        self.base = folder / "base"
        copytree(EXAMPLE, self.base)
        git(self.base, "init", "-q", "--template=")
        git(self.base, "add", "-A")
        git(self.base, "commit", "-qm", "base")
        self.writing.prepare(self.base)
        self.before = texts_of(self.base)
        alone = self.copy()
        begun = time.monotonic()
        process = started(alone, self.writing.words, 0)
        said = process.communicate()[1]
        assert process.returncode == 0, said
        self.seconds, self.steps = time.monotonic() - begun, int(said.rsplit("steps ", 1)[1])
        self.after = texts_of(alone)

    def copy(self) -> Path:
        """The knowledge base anew, in the place where it always is."""
        where = self.folder / "kb"
        subprocess.run(["rm", "-rf", str(where)], check=True)
        return Path(copytree(self.base, where))

    def kill(self, random: Random) -> tuple[bool, str]:
        """Kill the command once: whether that came halfway, and what is wrong after it."""
        base = self.copy()
        step = random.randint(1, self.steps) if random.random() < 0.7 else 0
        process = started(base, self.writing.words, step)
        if not step:
            time.sleep(random.uniform(0.4, 1.0) * self.seconds)
            process.kill()
        said = process.communicate()[1]
        told = f"{self.name}, step {step} of {self.steps}: "
        if "Traceback" in said:
            return False, f"{told}fault: {said[-300:]}"
        halfway, wrong = self._left(base, random, done=process.returncode == 0)
        return halfway, f"{told}{wrong}" if wrong else ""

    def _left(self, base: Path, random: Random, done: bool) -> tuple[bool, str]:
        texts = texts_of(base)
        for path in {**self.before, **self.after, **texts}:
            if texts.get(path) not in (self.before.get(path), self.after.get(path)):
                return False, f"torn: {path}"
        for words in (("list",), ("validate",)):
            code, said = quiet(*words, base=base)
            if code not in (0, 1) or "Traceback" in said:
                return False, f"fault: {words[0]} {code} {said[-300:]}"
        if texts_of(base) != texts:
            return False, "fault: reading wrote"
        undo = random.random() < 0.5
        code, said = quiet("resume", *(["--undo"] if undo else []), base=base)
        wanted = {0: (self.before if undo else self.after,), 2: (self.before, self.after)}
        if texts_of(base) not in wanted.get(code, ()):
            return False, f"lost: {'undo' if undo else 'resume'} {code} {said[-300:]}"
        if code == 0 and list((base / "data").rglob(f"{BESIDE}*")):
            return False, "lost: something half-written was left behind"
        if done and texts != self.after:
            return False, "lost: it said that it was done"
        return code == 0, self._again(base) if self.name == "propose" else ""

    def _again(self, base: Path) -> str:
        """A proposal that was cut short leaves a repository that is whole, in which it can be made."""
        if "error" in git(base, "fsck", "--strict").lower():
            return "torn: git fsck"
        (base / ".git" / "index.lock").unlink(missing_ok=True)
        process = started(base, ("propose",), 0)
        said = process.communicate()[1]
        if "Traceback" in said or process.returncode not in (0, 1, 2):
            return f"fault: again {process.returncode} {said[-300:]}"
        held = git(base, "log", "--all", "-p", "--", "data/municipalities/oostbeek.yaml")
        there = b"nieuw" in (base / "data/municipalities/oostbeek.yaml").read_bytes()
        return "" if there or "nieuw" in held else "lost: the change that was to be proposed"


def torture(kills: int, seed: int, folder: Path) -> Found:
    """Kill each of the commands in turn, so many times in all."""
    random, found = Random(seed), Found()
    os.environ.update(XDG_CACHE_HOME=str(folder / "cache"), XDG_STATE_HOME=str(folder / "state"))
    scenes = [Scene(name, folder / name) for name in WRITINGS]
    for number in range(kills):
        scene = scenes[number % len(scenes)]
        halfway, wrong = scene.kill(random)
        found.kills += 1
        found.halfway += halfway
        if wrong:
            found.wrong.append(wrong)
            found.kinds[wrong.split(": ")[1]] += 1
    return found


def main() -> None:
    """Run from a command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        found = torture(asked.kills, asked.seed, Path(folder))
    print("\n".join(found.wrong))
    told = ", ".join(f"{kind} {found.kinds[kind]}" for kind in ("fault", "torn", "lost"))
    print(f"{found.kills} kills, {found.halfway} halfway through a set of files: {told}")
    sys.exit(bool(found.wrong))


if __name__ == "__main__":
    main()

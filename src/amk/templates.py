"""Reports of one's own: a Markdown text with Jinja2 in it, which sees the same answers as amk's own reports.

Only here: jinja2. A template runs in a sandbox: it sees plain data, and reaches no file and no program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from amk.errors import Stop

FOLDER = "templates"
LONGEST = 200_000
"""How many bytes a template may have, and ten times as many what it gives."""


def own_templates(root: Path) -> dict[str, Path]:
    """The templates of a knowledge base by name: `templates/NAME.md` in the data folder or beside it."""
    found: dict[str, Path] = {}
    for folder in (root.parent / FOLDER, root / FOLDER):
        if folder.is_dir():
            found |= {path.stem: path for path in sorted(folder.glob("*.md")) if path.is_file()}
    return found


def filled(path: Path, values: Mapping[str, Any], filters: Mapping[str, Callable[..., str]]) -> str:
    """What a template says with these values.

    Raises Stop, with the line and what there is, for a mistake in it, and without jinja2.
    """
    try:
        from jinja2 import StrictUndefined, TemplateError
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError as error:
        raise Stop("stop.no-library", format=path.name, extra="templates") from error
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(filters)
    text = _text(path)
    try:
        told: list[str] = []
        size = 0
        for piece in environment.from_string(text).generate(values):
            size += len(piece)
            if size > 10 * LONGEST:
                raise Stop("stop.template-long", found=path.name)
            told.append(piece)
        return "".join(told)
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
        OverflowError,
    ) as error:
        place = {"found": path.name, "line": str(_line_of(error)), "reason": " ".join(str(error).split())}
        raise Stop("stop.template", **place, known=", ".join(values)) from error


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if len(raw) > LONGEST:
            raise Stop("stop.template-long", found=path.name)
        return raw.decode("utf-8")
    except (OSError, ValueError) as error:
        raise Stop(
            "stop.no-input", found=str(path), reason=getattr(error, "strerror", None) or "UTF-8"
        ) from error


def _line_of(error: BaseException) -> int:
    """The line of a template in which something went wrong; 1 where nobody knows."""
    line: int | None = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line or 1

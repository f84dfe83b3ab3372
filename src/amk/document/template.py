"""Reports of one's own: Markdown with Jinja2 in it, which sees the answers that amk's own reports tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amk.values.errors import UserError
from amk.values.suggestions import nearest

if TYPE_CHECKING:
    from jinja2 import nodes

    from amk.document.template_sandbox import Sandbox

FOLDER = "templates"
LONGEST = 200_000
"""How many bytes a template may have."""

TemplateAnswers = Mapping[str, Callable[[], Any]]
"""What a template may ask for by name; an answer is found when a template asks for it."""


@dataclass(frozen=True, slots=True)
class TemplateContext:
    """What a template may use: answers, filters, and how a value that it prints is told."""

    answers: TemplateAnswers
    filters: Mapping[str, Callable[..., Any]]
    told: Callable[[Any], str]


def own_templates(root: Path) -> dict[str, Path]:
    """The templates of a knowledge base by name: `templates/NAME.md` in the data folder or beside it.

    A link that leads out of the knowledge base is none.
    """
    found: dict[str, Path] = {}
    home = root.parent.resolve()
    for folder in (root.parent / FOLDER, root / FOLDER):
        if folder.is_dir():
            found |= {
                path.stem: path
                for path in sorted(folder.glob("*.md"))
                if path.is_file() and path.resolve().is_relative_to(home) and not path.name.startswith(".")
            }
    return found


def filled(path: Path, vocabulary: TemplateContext) -> str:
    """What a template says with these answers.

    Raises UserError, with the line and what there is, for a mistake in it.
    """
    from amk.document.template_sandbox import Missing, Sandbox, TooMuch, little_memory

    text = _text(path)
    try:
        with little_memory():
            return _said(Sandbox(vocabulary.filters, vocabulary.told), text, vocabulary.answers, path.name)
    except UserError:
        raise
    except (TooMuch, MemoryError, RecursionError) as error:
        raise UserError("stop.template-much", found=path.name, line=str(_line_of(error))) from error
    except Missing as error:
        raise _not_there(error.name, error.of, path.name, _line_of(error), vocabulary.answers) from error
    # Whatever goes wrong while a template runs is a mistake in it: data and filters are plain.
    except Exception as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        line = str(_line_of(error))
        raise UserError("stop.template", found=path.name, line=line, reason=reason) from error


def _said(sandbox: Sandbox, text: str, answers: TemplateAnswers, name: str) -> str:
    from jinja2 import Template, meta

    from amk.document.template_sandbox import MOST, TooMuch, with_ticks

    tree = sandbox.parse(text)
    _check(tree, sandbox, name)
    asked = meta.find_undeclared_variables(tree)
    code = sandbox.compile(with_ticks(tree, sandbox))
    values = {key: answer() for key, answer in answers.items() if key in asked}
    told: list[str] = []
    size = 0
    for piece in Template.from_code(sandbox, code, sandbox.make_globals(None)).generate(values):
        size += len(piece)
        if size > MOST:
            raise TooMuch
        told.append(piece)
    return "".join(told)


def _check(tree: nodes.Template, sandbox: Sandbox, name: str) -> None:
    """Raises UserError for a filter or a test that there is not, and for another file that is asked for."""
    from jinja2 import nodes

    for others in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        raise UserError("stop.template-alone", found=name, line=str(others.lineno))
    for kind, known in ((nodes.Filter, sandbox.filters), (nodes.Test, sandbox.tests)):
        for node in tree.find_all(kind):
            if node.name not in known:
                raise _unknown("stop.template-filter", node.name, known, name, node.lineno)


def _not_there(asked: object, of: object, name: str, line: int, answers: TemplateAnswers) -> UserError:
    """What to say of a name that is not there, in the template or on a value."""
    from amk.document.template_sandbox import NOWHERE

    told = str(asked)
    if isinstance(of, dict):
        return _unknown("stop.template-field", told, of, name, line)
    if isinstance(of, list):
        which = "stop.template-item" if isinstance(asked, int) else "stop.template-list"
        return UserError(which, found=name, line=str(line), name=told, count=str(len(of)))
    if of is NOWHERE:
        return _unknown("stop.template-name", told, answers, name, line)
    return UserError("stop.template-value", found=name, line=str(line), name=told)


def _unknown(phrase: str, asked: str, known: Mapping[str, Any], name: str, line: int) -> UserError:
    near = nearest(asked, list(known))
    listed = ", ".join(sorted(known))
    return UserError(phrase, found=name, line=str(line), name=asked, nearest=near, known=listed)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if len(raw) > LONGEST:
            raise UserError("stop.template-long", found=path.name)
        return raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise UserError(
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

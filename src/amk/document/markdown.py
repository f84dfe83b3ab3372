"""A text of somebody's own, in CommonMark with tables and footnotes, as blocks. Only here: markdown-it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from amk.document.blocks import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Footnote,
    Heading,
    ItemList,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Run,
    Strong,
    Table,
    Text,
    plain,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    BlockRule = Callable[[StateBlock, int, int, bool], bool]

DEEPEST = 16
"""How deep a quote or a list may lie, a list counting twice; what lies deeper is read as words."""

_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")
_DEFINITION = re.compile(r"\[\^([^\]\s]{1,60})\]:[ \t]*(.*)")

# What a value of data could be taken for: signs in a line, and at its start.
_SIGN = re.compile(r"[\\*_\[\]|`<]|&(?=[#\w])")
_STARTS = re.compile(r"^(?:[#=>~:+-]|\d{1,9}(?=[.)](?:\s|$)))")


def parse_own_text(markdown: str, level: int) -> tuple[Block, ...]:
    """The blocks of a text, its headings from this level on.

    HTML in it is words, a picture is a link to it, and what leads elsewhere than to the web is no link.
    """
    reader = _reader()
    env: dict[str, Any] = {"notes": {}}
    tokens = reader.parse(markdown.removeprefix("\ufeff"), env)
    # A note has no notes of its own.
    lines = {name: reader.parseInline(note, {**env, "notes": {}}) for name, note in env["notes"].items()}
    notes = {name: _text(line.children or (), {}) for name, (line,) in lines.items()}
    highest = min((_depth(token) for token in tokens if _is_heading(token)), default=1)
    return tuple(_blocks(iter(tokens), notes, level - highest))


def as_words(text: str) -> str:
    """A text of which no character is a sign once it is read as a text of one's own."""
    safe = _SIGN.sub(r"\\\g<0>", " ".join(text.split()))
    return _STARTS.sub(lambda m: f"{m[0]}\\" if m[0].isdigit() else f"\\{m[0]}", safe)


def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote, list_block

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.validateLink = _leads  # type: ignore[method-assign, assignment]
    rules, ended = reader.block.ruler, ["paragraph", "reference", "blockquote"]
    rules.at("blockquote", _down_to(DEEPEST, blockquote), {"alt": [*ended, "list"]})
    rules.at("list", _down_to(DEEPEST, list_block), {"alt": ended})
    rules.before("reference", "note", _read_definition, {"alt": ["paragraph", "reference"]})
    reader.inline.ruler.before("link", "note", _read_note)
    return reader


def _leads(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def _down_to(depth: int, rule: BlockRule) -> BlockRule:
    # Below its own greatest depth markdown-it leaves out what it has not read: here no word is lost.
    return lambda state, start, end, silent: state.level < depth and rule(state, start, end, silent)


def _read_definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule of markdown-it: what a footnote says, up to a blank line that no indented one follows."""
    found = None if state.is_code_block(start) else _DEFINITION.match(_line(state, start))
    if not found or silent:
        return bool(found)
    told, line = [found[2]], start + 1
    while line < end and _goes_on(state, line, end):
        told.append(_line(state, line))
        line += 1
    state.env["notes"][found[1]] = "\n".join(filter(None, told)).strip()
    state.line = line
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _goes_on(state: StateBlock, line: int, end: int) -> bool:
    if state.isEmpty(line):
        return line + 1 < end and not state.isEmpty(line + 1) and state.is_code_block(line + 1)
    rules = state.md.block.ruler.getRules("paragraph")
    return state.is_code_block(line) or not any(rule(state, line, end, True) for rule in rules)


def _read_note(state: StateInline, silent: bool) -> bool:
    """A rule of markdown-it: the mark of a footnote that there is."""
    found = _NOTE.match(state.src, state.pos)
    if not found or found[1] not in state.env["notes"]:
        return False
    if not silent:
        state.push("note", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _is_heading(token: Token) -> bool:
    """Whether a heading begins that does not stand in a list or a quote."""
    return token.type == "heading_open" and token.level == 0


def _depth(token: Token) -> int:
    return int(token.tag[1])


def _blocks(tokens: Iterator[Token], notes: Mapping[str, Text], deeper: int) -> Iterator[Block]:
    """The blocks up to the end of what they stand in."""
    for token in tokens:
        match token.type:
            case "heading_open" | "paragraph_open":
                yield from _words(token, next(tokens), notes, deeper)
            case "fence" | "code_block":
                yield CodeBlock(token.content.removesuffix("\n"), token.info.strip())
            case "table_open":
                yield _table(tokens, notes)
            case "blockquote_open":
                yield Quote(tuple(_blocks(tokens, notes, deeper)))
            case "bullet_list_open":
                yield ItemList(tuple(_items(tokens, notes, deeper)))
            case "ordered_list_open":
                yield ItemList(tuple(_items(tokens, notes, deeper)), int(token.attrs.get("start", 1)))
            case "blockquote_close" | "list_item_close":
                return


def _words(token: Token, inline: Token, notes: Mapping[str, Text], deeper: int) -> Iterator[Block]:
    """A heading or a paragraph, if it says something; in a list or a quote a heading is a strong one."""
    if _is_heading(token):
        yield from _heading(min(_depth(token) + deeper, 6), inline.children or [], notes)
    elif text := _text(inline.children or [], notes, strong=int(token.type == "heading_open")):
        yield Paragraph((Strong(text),) if token.type == "heading_open" else text)


def _heading(level: int, line: list[Token], notes: Mapping[str, Text]) -> Iterator[Block]:
    """A heading on one line; its notes stand below it, as a table of contents would repeat their marks."""
    words = [token for token in line if token.type != "note"]
    for token in words:
        token.type = token.type.replace("hardbreak", "softbreak")
    if text := _text(words, notes):
        yield Heading(text, level)
    yield from (Paragraph(notes[token.content], quiet=True) for token in line if token.type == "note")


def _items(tokens: Iterator[Token], notes: Mapping[str, Text], deeper: int) -> Iterator[tuple[Block, ...]]:
    for token in tokens:
        if token.type != "list_item_open":
            return
        yield tuple(_blocks(tokens, notes, deeper))


def _table(tokens: Iterator[Token], notes: Mapping[str, Text]) -> Table:
    rows: list[list[Text]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        if token.type == "inline":
            rows[-1].append(_text(token.children or (), notes))
        if token.type == "table_close":
            break
    columns, *others = rows
    return Table(tuple(map(plain, columns)), tuple(map(tuple, others)))


def _text(line: Sequence[Token], notes: Mapping[str, Text], strong: int = 0) -> Text:
    """What a line says; words that are strong within what is strong already are so once."""
    levels: list[list[Run]] = [[]]
    opened = {"em": 0, "strong": strong, "link": 0}
    address = ""
    for token in line:
        kind, _, side = token.type.rpartition("_")
        if kind in opened and side == "open":
            address = str(token.attrGet("href") or "") if kind == "link" else address
            opened[kind] += 1
            levels += [[]] if opened[kind] == 1 else []
        elif kind in opened:
            opened[kind] -= 1
            if not opened[kind]:
                inside = _joined(levels.pop())
                levels[-1] += [_MADE[kind](inside, address)] if inside else []
        else:
            levels[-1].append(_run(token, notes, bool(opened["link"])))
    return _joined(levels[0])


_MADE: Mapping[str, Callable[[Text, str], Run]] = {
    "em": lambda inside, _: Emphasis(inside),
    "strong": lambda inside, _: Strong(inside),
    "link": Link,
}


def _run(token: Token, notes: Mapping[str, Text], linked: bool) -> Run:
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return LineBreak()
        case "code_inline":
            return Code(token.content)
        case "note":
            return Footnote(notes[token.content])
        case "image":
            words, address = plain(_text(token.children or (), notes)), str(token.attrGet("src"))
            return words if linked else Link(words or address, address)
    return token.content


def _joined(told: list[Run]) -> Text:
    """Runs as a text, with words that follow each other in one."""
    found: list[Run] = []
    for run in told:
        if isinstance(run, str) and found and isinstance(found[-1], str):
            found[-1] += run
        elif run != "":
            found.append(run)
    return found[0] if len(found) == 1 and isinstance(found[0], str) else tuple(found) or ""

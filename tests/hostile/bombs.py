"""Texts of at most a mebibyte, made to take more time or memory than they are worth."""

from __future__ import annotations

from amk.storage.data_folder import MAX_BYTES


def _row(piece: str, length: int = MAX_BYTES) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _flow(field: str, pieces: list[str]) -> str:
    return f"title: a\nevidence: []\n{field}: [{', '.join(pieces)}]\n"


_ROWS = (
    "[", "{", "- ", '"', "'", "? ", "&a ", "&a " * 3 + "\n", ": ", ":\n", "!", "!a ", "%TAG !a! b\n",
    "%YAML 1.1\n", "%X y\n", "#", "#\n", "\n", " ", "\t", "---\n", "...\n", "a: b\n", "a:\n", "|", "~",
    "*a ", "<<: *a\n", "[{", "- [", '"a" ', "?\n", ",", "[?", "[\n", "a: b\r", "a\r\n", "k", "\ufeff",
    "@", "`", "\u2028", "\u0301", "\ufdfa",
)  # fmt: skip

BOMBS: dict[str, str] = {
    **{ascii(piece): _row(piece, MAX_BYTES // len(piece.encode()) * len(piece)) for piece in _ROWS},
    "laughs": "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*b{i - 1}, *b{i - 1}]\n" for i in range(1, 5000)),
    "anchors": "".join(f"- &a{i} x\n" for i in range(60_000)),
    "tag directives": "".join(f"%TAG !a{i}! x\n" for i in range(55_000)) + "---\na: b\n",
    "long key": _row("k", MAX_BYTES - 4) + ": v",
    "explicit long key": "? " + _row("k", MAX_BYTES - 10) + "\n: v",
    "long keys": "".join(f"? {'k' * 900}{i}\n: v\n" for i in range(1000)),
    "many keys": "".join(f"a{i}: b\n" for i in range(90_000)),
    "flow keys": "{" + "".join(f"a{i}: b," for i in range(80_000)) + "}",
    "nulls": "{" + _row("a,", MAX_BYTES - 2) + "}",
    "stairs": "".join(" " * i + "a:\n" for i in range(1400)),
    "list": "tags: [" + _row("a,", MAX_BYTES - 20) + "a]",
    "block list": "tags:\n" + _row("- a\n", MAX_BYTES - 6),
    "literal": "a: |\n" + _row("  x\n", MAX_BYTES - 5),
    "folded": "a: >\n" + _row("  x\n\n", MAX_BYTES - 5),
    "escapes": 'a: "' + _row("\\x41", MAX_BYTES - 8) + '"',
    "controls": 'title: "' + _row("\\x1b", MAX_BYTES - 12) + '"',
    "long name": "title: " + _row("x", MAX_BYTES - 40) + "\nevidence: []\n",
    "colons": "[" + _row(":", MAX_BYTES - 1),
    "quoted keys": "[" + _row('"a":', MAX_BYTES - 1),
    "milestones": _flow("milestones", ["{status: adopted}"] * 6600),
    "backward milestones": _flow(
        "milestones",
        [f"{{status: {('adopted', 'agenda')[i % 2]}, date: {9000 - i}}}" for i in range(3900)],
    ),
    "joint milestones": _flow(
        "milestones", [f"{{status: adopted, municipalities: [m{i}], date: {9000 - i}}}" for i in range(2400)]
    ),
    "references": _flow("municipalities", [f"reference-{i}" for i in range(19_900)]),
    "long references": _flow("municipalities", [f"{'abcdefghij' * 20}{i}" for i in range(4000)]),
    "codes": "title: a\nevidence: []\nconditions: {"
    + ", ".join(f"x{i}: {{value: a}}" for i in range(4900))
    + "}",
    "unknown fields": _flow("notes", ["{texd: a}"] * 6500),
    "wrong types": _flow("places", ["{number: x}"] * 6500),
    "lines": 'title: a\nevidence: [{source: s, lines: "' + _row("1,", 900_000) + '1"}]',
    "notes on the same lines": _flow(
        "notes", ["{text: a, topic: policy, evidence: [{source: s, lines: '1-3'}]}"] * 1400
    ),
    "replaced by itself": _flow("replaces", ["x"] * 19_000),
}

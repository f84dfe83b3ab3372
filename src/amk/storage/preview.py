"""The texts of a data folder as they will be, once edits are applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from amk.storage.data_folder import Tree, Unreadable, text_of
from amk.storage.edits import Edit


def tree_after(tree: Tree, edits: Sequence[Edit]) -> Tree:
    """A tree after edits; what is no UTF-8 reads as unreadable. No other text is read for this."""
    read = {edit.path: None if edit.after is None else text_of(edit.after) for edit in edits}
    left = {path: why for path, why in tree.unreadable.items() if path not in read}
    unreadable = {path: found for path, found in read.items() if isinstance(found, Unreadable)}
    return replace(tree, texts=Preview(tree.texts, read), unreadable={**left, **unreadable})


class Preview(Mapping[str, str]):
    """Texts of which some are others, new or gone, in the order of their paths."""

    def __init__(self, texts: Mapping[str, str], read: Mapping[str, str | Unreadable | None]) -> None:
        self._texts = texts
        self._new = {path: found for path, found in read.items() if isinstance(found, str)}
        self._paths = dict.fromkeys(sorted({*(path for path in texts if path not in read), *self._new}))

    def __getitem__(self, path: str) -> str:
        """The text of a file. Raises KeyError when it has none."""
        if path in self._paths:
            return self._new[path] if path in self._new else self._texts[path]
        raise KeyError(path)

    def __contains__(self, path: object) -> bool:
        """Whether a file has a text; it is not read for this."""
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        """The paths, in order."""
        return iter(self._paths)

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self._paths)

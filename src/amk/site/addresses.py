"""Where each page of a site stands: addresses that stay, in the language of the page."""

from __future__ import annotations

from posixpath import relpath

from amk.language import Phrases
from amk.model.records import KIND_NAMED
from amk.values.frozen import frozen


@frozen
class Addresses:
    """The addresses of one language; `root` is the folder in which they lie, empty for the first language.

    An address is a folder, so that it ends with a stroke: `gemeente/rotterdam/`.
    """

    phrases: Phrases
    root: str = ""

    @property
    def start(self) -> str:
        """The page on which everything begins."""
        return self.root

    def of_kind(self, kind: str) -> str:
        """The list of the records of a kind."""
        key = f"site.folder.{kind}"
        return f"{self.root}{self.phrases(key) if self.phrases.knows(key) else kind}/"

    def of_record(self, ref: str) -> str:
        """The page of a record."""
        kind, _, id = ref.partition("/")
        return f"{self.of_kind(kind)}{id}/"

    def of_question(self, name: str) -> str:
        """The page that answers a question."""
        return f"{self.root}{self.phrases(f'site.page.{name}')}/"


def leading(page: str, to: str) -> str:
    """The link from one page to another, or to a file, that works below any address and from a disk."""
    target = f"{to}index.html" if to.endswith("/") or not to else to
    return relpath(target, page or ".")


KINDS = tuple(kind for kind in KIND_NAMED if kind != "manifest")
"""The kinds of record that have pages."""

"""The pages of a site as HTML: what each tells, between the way around and the way to change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from amk.formats.html import DRAWN, STYLE, inside_of, page_of
from amk.site.addresses import leading
from amk.site.pages import LISTED, QUESTIONS, Edition, Page, former_addresses, pages_of
from amk.values.frozen import frozen

HERE = Path(__file__).parent
STYLE_FILE, SCRIPT_FILE = "style.css", "filter.js"


def files_of(editions: Sequence[Edition], repository: str) -> Iterator[tuple[str, str]]:
    """Every page of the editions and what they share, by path; `repository` is the address of the forge."""
    yield STYLE_FILE, STYLE + DRAWN + (HERE / "site.css").read_text(encoding="utf-8")
    yield SCRIPT_FILE, (HERE / SCRIPT_FILE).read_text(encoding="utf-8")
    for edition in editions:
        others = tuple(other for other in editions if other is not edition)
        for page in pages_of(edition):
            framed = Framed(page, edition, others, repository)
            yield f"{framed.address}index.html", framed.written()
        for old, new in former_addresses(edition).items():
            yield f"{old}index.html", redirect(old, new, edition.phrases.language)


def redirect(old: str, new: str, language: str) -> str:
    """The page at an address that a record no longer has."""
    to = escape(leading(old, new))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{to}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<link rel="canonical" href="{to}">\n</head>\n'
        f'<body>\n<main>\n<h1><a href="{to}">{to}</a></h1>\n</main>\n</body>\n</html>\n'
    )


@frozen
class Framed:
    """A page of an edition with what stands around it; `others` are the editions in other languages."""

    page: Page
    edition: Edition
    others: tuple[Edition, ...]
    repository: str

    @property
    def address(self) -> str:
        """Where the page stands."""
        return self.page.at(self.edition.addresses)

    def written(self) -> str:
        """The page as HTML."""
        inside = inside_of(self.page.document, local=True)
        if self.address != self.edition.addresses.start:
            inside = replace(inside, title=f"{inside.title} – {self.edition.title}")
        skip = Markup('<a class="skip" href="#main">{}</a>\n').format(self._said("skip"))
        before = skip + Markup("\n".join(self._around()))
        inside = replace(inside, skip=Markup(""))
        return page_of(inside, self.edition.phrases.language, self._head(), before, "\n".join(self._after()))

    def _said(self, key: str) -> str:
        return self.edition.phrases(f"site.{key}")

    def _head(self) -> Markup:
        files = [leading(self.address, file) for file in (STYLE_FILE, SCRIPT_FILE)]
        style = Markup('<link rel="stylesheet" href="{}">\n').format(files[0])
        return style + Markup('<script src="{}" data-words="{}" defer></script>').format(
            files[1], self._said("filter")
        )

    def _around(self) -> Iterator[str]:
        """The way around the site, and to the same page in another language."""
        addresses = self.edition.addresses
        yield f'<nav class="site" aria-label="{escape(self._said("around"))}">\n<ul>'
        yield self._item(addresses.start, self.edition.title)
        for kind in LISTED:
            yield self._item(addresses.of_kind(kind), self.edition.called(kind))
        for name in (*QUESTIONS, *(("downloads",) if self.edition.downloads else ())):
            yield self._item(addresses.of_question(name), self._said(name))
        for other in self.others:
            language, to = (
                other.phrases.language,
                escape(leading(self.address, self.page.at(other.addresses))),
            )
            name = escape(other.phrases("site.language"))
            yield f'<li><a href="{to}" lang="{language}" hreflang="{language}">{name}</a></li>'
        yield "</ul>\n</nav>\n"

    def _item(self, to: str, words: str) -> str:
        current = ' aria-current="page"' if to == self.address else ""
        return f'<li><a href="{escape(leading(self.address, to))}"{current}>{escape(words)}</a></li>'

    def _after(self) -> Iterator[str]:
        """The way to change what the page tells, and to report something."""
        if self.repository.startswith(("https://", "http://")):
            yield '<footer class="site">\n<ul>'
            for to, words in self._forge_links():
                yield f'<li><a href="{escape(to)}">{escape(words)}</a></li>'
            yield "</ul>\n</footer>\n"

    def _forge_links(self) -> Iterator[tuple[str, str]]:
        """The editor and the issues of the forge; those of GitLab have an address of their own."""
        forge = self.repository.rstrip("/").removesuffix(".git")
        gitlab = "gitlab" in (urlsplit(forge).hostname or "")
        forge, field = (f"{forge}/-", "issue%5Btitle%5D") if gitlab else (forge, "title")
        if self.page.record_path:
            yield f"{forge}/edit/main/data/{quote(self.page.record_path)}", self._said("edit")
        yield f"{forge}/issues/new?{field}={quote(self.page.document.title)}", self._said("report")

"""`amk site`: the whole knowledge base as static pages, to read in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from amk.cli.messages import talk
from amk.cli.options import AsOf, At, Data, Lang, OverWrite, Today, option
from amk.cli.progress import at_work
from amk.cli.session import Session, find_folder, open_session
from amk.cli.site.downloads import downloads_of
from amk.cli.site.editions import editions_of
from amk.site.layout import files_of
from amk.site.writing import put_site
from amk.values.errors import UserError

Into = Annotated[Path, option("--output -o DIR", "The folder for the pages; made when it is not there.")]


def run(
    output: Into,
    as_of: AsOf = None,
    at: At = None,
    today: Today = None,
    data: Data = None,
    lang: Lang = None,
    force: OverWrite = False,
) -> None:
    """Write the whole knowledge base as pages to read, search and link to, in every language."""
    folder = find_folder(data)
    if output.resolve().is_relative_to(folder.root.resolve()):
        raise UserError("stop.site-in-data", found=str(output))
    session = open_session(folder, lang, at, as_of or today)
    session = replace(session, asked_day=as_of is not None)
    with at_work("work.site"):
        found = put_site(output, dict(_files(session)), force)
    told = {"files": str(found.files), "written": str(found.written), "removed": str(found.removed)}
    talk(session.phrases.with_topic("site").fill("talk.site", {**told, "folder": str(output)}))


def _files(session: Session) -> Iterator[tuple[str, bytes]]:
    """Every file of the site, by its path."""
    downloads = dict(downloads_of(session))
    yield from downloads.items()
    for path, told in files_of(editions_of(session, [*downloads]), session.base.manifest.repository or ""):
        yield path, told.encode()

"""What `amk validate --fix` put right, in Dutch."""

PHRASES: dict[str, str] = {
    "fix.value": "amk: {path}:{line}: “{before}” is nu {after}",
    "fix.waiver": "amk: {path}:{line}: de ontheffing voor {before} is weggehaald: dat probleem was er niet",
    "fix.letters": "amk: {path}:{line}: letters met een los accent zijn nu één teken (NFC)",
    "fix.quoted": "amk: {path}:{line}: de hele waarde staat nu tussen aanhalingstekens, met “{before}” erbij",
    "fix.form": "amk: {path}:{line}: volgorde en schrijfwijze zijn vanaf hier die van amk fmt",
    "fix.nothing": "amk: niets hersteld: er is niets gevonden dat maar op één manier kan",
}

"""What `amk validate --fix` put right, in English."""

PHRASES: dict[str, str] = {
    "fix.value": "amk: {path}:{line}: “{before}” is now {after}",
    "fix.waiver": "amk: {path}:{line}: the waiver for {before} was taken away: there was no such problem",
    "fix.letters": "amk: {path}:{line}: letters with an accent apart are now one character (NFC)",
    "fix.quoted": "amk: {path}:{line}: the whole value stands between quotes now, with “{before}”",
    "fix.form": "amk: {path}:{line}: order and way of writing are those of amk fmt from here on",
    "fix.nothing": "amk: nothing put right: nothing was found that has one right answer",
}

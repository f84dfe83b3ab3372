"""Phrases for what stands out, in Dutch."""

PHRASES: dict[str, str] = {
    "out.title": "Wat opvalt",
    "out.gaps.one": "Er is 1 grens tussen een gemeente met beleid en een buurgemeente waarvan geen beleid bekend is of is aangetroffen; bij {unconnected} daarvan is geen gezamenlijke samenwerking bekend (amk gaps).",
    "out.gaps.many": "Er zijn {count} grenzen tussen een gemeente met beleid en een buurgemeente waarvan geen beleid bekend is of is aangetroffen; bij {unconnected} daarvan is geen gezamenlijke samenwerking bekend (amk gaps).",
    "out.pressures.one": "Bij 1 grens is van het beleid bekend dat het beperkt.",
    "out.pressures.many": "Bij {count} grenzen is van het beleid bekend dat het beperkt.",
    "out.passed.one": "Van 1 record is een dag voorbij waarop een stap, een evaluatie of het einde was voorzien (amk stale).",
    "out.passed.many": "Van {count} records is een dag voorbij waarop een stap, een evaluatie of het einde was voorzien (amk stale).",
    "out.old.one": "1 record is langer dan twaalf maanden niet bevestigd, of rust op geen gedateerde bron (amk stale).",
    "out.old.many": "{count} records zijn langer dan twaalf maanden niet bevestigd, of rusten op geen gedateerde bron (amk stale).",
    "out.contradictions.one": "Op 1 punt spreken bronnen elkaar tegen (amk coverage).",
    "out.contradictions.many": "Op {count} punten spreken bronnen elkaar tegen (amk coverage).",
    "out.caveat": "Signaal, geen oordeel; verplaatsing is niet onderzocht.",
}

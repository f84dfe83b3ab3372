"""Phrases for what stands out, in Dutch."""

PHRASES: dict[str, str] = {
    "out.title": "Wat opvalt",
    "out.gaps.one": "Er is één grens tussen een gemeente met beleid en een buurgemeente waarvan geen beleid bekend is of is aangetroffen.",
    "out.gaps.many": "Er zijn {count} grenzen tussen een gemeente met beleid en een buurgemeente waarvan geen beleid bekend is of is aangetroffen.",
    "out.unconnected.only": "Een samenwerking die beide gemeenten betreft, is daar niet bekend.",
    "out.unconnected.one": "Bij één daarvan is geen samenwerking bekend die beide gemeenten betreft.",
    "out.unconnected.many": "Bij {count} daarvan is geen samenwerking bekend die beide gemeenten betreft.",
    "out.pressures.one": "Bij één grens is van het beleid bekend dat het beperkt.",
    "out.pressures.many": "Bij {count} grenzen is van het beleid bekend dat het beperkt.",
    "out.passed.one": "Bij één record is de dag voorbij waarop een stap, een evaluatie of het einde was voorzien.",
    "out.passed.many": "Bij {count} records is de dag voorbij waarop een stap, een evaluatie of het einde was voorzien.",
    "out.old.one": "Eén record is langer dan twaalf maanden niet bevestigd, of rust op geen gedateerde bron.",
    "out.old.many": "{count} records zijn langer dan twaalf maanden niet bevestigd, of rusten op geen gedateerde bron.",
    "out.contradictions.one": "Op één punt spreken bronnen elkaar tegen.",
    "out.contradictions.many": "Op {count} punten spreken bronnen elkaar tegen.",
    "out.caveat": "Een grens met beleid aan één kant is een signaal, geen oordeel; of er iets is verplaatst, is niet onderzocht.",
    "out.more": "Uitgewerkt met {commands}.",
}

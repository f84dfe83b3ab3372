"""What generated records say: names of their own, sentences, dates and periods."""

from __future__ import annotations

from random import Random

SYLLABLES = (
    *("aal", "berg", "dam", "eik", "gouw", "haven", "kerk"),
    *("land", "meer", "oord", "poel", "rijn", "veld"),
)
DATES = ("2019", "2020-11", "2020-11-05", "2020-33", "2020-21", "2019~", "2020-06?", "2020-05/2020-11")
PERIODS = ("2019/..", "2020-11/..", "/..", "../..", "2018/2020", "2019-03~/..", "2020-05/2021-11-30")

RARE = "Over het keurmerk voor goede huisvesting is nog geen besluit genomen; dat volgt uit de evaluatie."
"""A sentence that about one policy in eight says: a search finds some records, never all."""

SENTENCES = (
    RARE,
    "De gemeenten delen kennis over wat werkt, ’s avonds ook met de inwoners van café Möhlmann.",
    "Wie er precies deelnemen, vermeldt de bron niet; dat zij bij elkaar komen wel.",
    "Het gaat om plaatsen voor kort verblijf: hoeveel het er worden, hangt af van de locaties.",
    "De raad vroeg om een verdeling over de kernen, met een maximum per straat.",
    "Werkgevers dienen zelf aanvragen in, de gemeente toetst die aan het bestemmingsplan.",
    "Toezicht en handhaving doen de gemeenten samen met de omgevingsdienst.",
    "Een eerdere afspraak van 2017 is met deze nota komen te vervallen, zo meldt het college.",
    "Inschrijving in de basisregistratie blijft een punt van aandacht voor de hele regio.",
    "Voor het buitengebied gelden andere voorwaarden dan voor het dorp.",
    "Het college verwacht de uitkomst van het onderzoek na de zomer.",
    "De huurprijs en het werk zijn van elkaar gescheiden; dat vraagt om controle.",
    "De regio stemt af, zodat vraag en aanbod niet naar de buren schuiven.",
    "Van de beoogde locaties is er één in gebruik genomen, met vijftig bedden.",
    "De provincie is gevraagd om mee te denken over de ruimtelijke onderbouwing.",
    "Of de termijn wordt verlengd, is op dit ogenblik niet bekend.",
)
IN_ENGLISH = (
    "The municipalities share what they know and meet twice a year.",
    "The source does not say who takes part; it does say that they meet.",
    "It concerns places for short stay, at locations that are still to be found.",
    "Supervision is a joint task; its costs are shared.",
)


def name_of(number: int) -> str:
    """A name of its own for every number."""
    name, left = "", number + len(SYLLABLES)
    while left:
        left, syllable = divmod(left, len(SYLLABLES))
        name += SYLLABLES[syllable]
    return name.capitalize()


def told(random: Random, sentences: int = 1) -> str:
    """So many sentences in Dutch."""
    return " ".join(random.sample(SENTENCES, sentences))


def told_twice(random: Random, sentences: int = 1) -> dict[str, str]:
    """The same in Dutch and in English, as far as generated words can be."""
    return {"nl": told(random, sentences), "en": " ".join(random.sample(IN_ENGLISH, sentences))}

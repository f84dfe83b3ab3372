"""What the guide to the data says around the fields, in Dutch."""

PHRASES: dict[str, str] = {
    "guide.title": "Gegevensgids",
    "guide.opening": "Elk record is één bestand, `data/<map>/<id>.yaml`; de bestandsnaam is het id. Deze gids noemt elke soort record en elk veld, en is gemaakt uit het programma zelf. `amk schema --install` laat een editor dit bij het schrijven zien; `amk validate` controleert het, met de [regels](checks.md). English: [data guide](data-guide.md).",
    "guide.pieces": "Onderdelen",
    "guide.pieces-told": "Een onderdeel is een groep velden binnen een record.",
    "guide.file": "Bestanden: `data/{folder}/<id>.yaml`.",
    "guide.manifest": "Bestand: `data/amk.yaml`.",
    "guide.field": "Veld",
    "guide.meaning": "Betekenis",
    "guide.holds": "Inhoud",
    "guide.required": "Verplicht",
    "guide.yes": "ja",
}

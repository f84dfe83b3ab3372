"""What the guide to the data says around the fields, in English."""

PHRASES: dict[str, str] = {
    "guide.title": "Data guide",
    "guide.opening": "Each record is one file, `data/<folder>/<id>.yaml`; the name of the file is the id. This guide names each kind of record and each field, and is made from the program itself. `amk schema --install` lets an editor show it while you write; `amk validate` checks it, by the [rules](checks.md). Nederlands: [gegevensgids](gegevensgids.md).",
    "guide.pieces": "Pieces",
    "guide.pieces-told": "A piece is a group of fields within a record.",
    "guide.file": "Files: `data/{folder}/<id>.yaml`.",
    "guide.manifest": "File: `data/amk.yaml`.",
    "guide.field": "Field",
    "guide.meaning": "Meaning",
    "guide.holds": "Holds",
    "guide.required": "Required",
    "guide.yes": "yes",
}

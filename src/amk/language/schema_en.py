"""What amk says when it installs schemas for editors, in English."""

PHRASES: dict[str, str] = {
    "schema.written": "written: {path}",
    "schema.same": "unchanged: {path}",
    "schema.not-merged": "amk: {path} was not changed: it cannot be added to without a risk to what is there; add this to it yourself",
    "schema.again": "amk: run amk schema --install again when records or terms have been added",
}

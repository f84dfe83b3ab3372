"""What amk says when it installs schemas for editors, in English."""

PHRASES: dict[str, str] = {
    "schema.written": "written: {path}",
    "schema.same": "unchanged: {path}",
    "schema.add": "amk: {path} is there already and was not changed; add this to it yourself",
    "schema.again": "amk: run amk schema --install again when records or terms have been added",
}

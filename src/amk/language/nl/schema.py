"""What amk says when it installs schemas for editors, in Dutch."""

PHRASES: dict[str, str] = {
    "schema.written": "geschreven: {path}",
    "schema.same": "ongewijzigd: {path}",
    "schema.add": "amk: {path} is er al en is niet gewijzigd; voeg er zelf dit aan toe",
    "schema.again": "amk: draai amk schema --install opnieuw als er records of begrippen bij zijn gekomen",
}

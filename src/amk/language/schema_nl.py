"""What amk says when it installs schemas for editors, in Dutch."""

PHRASES: dict[str, str] = {
    "schema.written": "geschreven: {path}",
    "schema.same": "ongewijzigd: {path}",
    "schema.not-merged": "amk: {path} is niet gewijzigd: wat er staat kan niet zonder gevaar voor verlies worden aangevuld; voeg er zelf dit aan toe",
    "schema.again": "amk: draai amk schema --install opnieuw als er records of begrippen bij zijn gekomen",
}

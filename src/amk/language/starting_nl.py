"""What a new knowledge base says of itself, in Dutch."""

PHRASES: dict[str, str] = {
    "start.source": "Voorbeeldbron",
    "start.source.what": "Een voorbeeld. Vervang deze bron door het stuk waarop uw gegevens rusten.",
    "start.region.what": "Het gebied waarover deze kennisbank gaat.",
    "start.municipality": "Voorbeeldgemeente",
    "start.organisation": "Voorbeeldinstituut",
    "start.collaboration": "Voorbeeldoverleg",
    "start.policy": "Voorbeeldbeleid",
    "start.tag": "voorbeeld",
    "start.example.what": "Een voorbeeld. Verwijder dit bestand zodra er een eigen record is.",
    "start.template": "voorbeeld",
    "start.template.text": """# {{ subject }} in {{ area }}

Peildatum: {{ day|date }}.

| Gemeente | Status | Sinds |
|---|---|---|
{% for m in municipalities %}
| {{ m.name }} | {{ m.status|status }}{{ m|sources("status") }} | {{ m.status_since|date }} |
{% endfor %}

## Samenwerking

{% for c in collaborations %}
- {{ c.name }}: {{ c.participants|map(attribute="municipality")|select|list|named("municipality") }}.{{ c|sources }}
{% else %}
Er is geen samenwerking bekend.
{% endfor %}
""",
    "start.made": "amk: {files} bestanden geschreven in {folder}; lees README.md daar voor het vervolg",
    "start.readme": """# {title}

Een kennisbank over {region}, bijgehouden met `amk`. Elk record is één bestand in `data/`.

```sh
amk list                  # wat er is
amk new municipality      # een gemeente toevoegen; ook: policy, collaboration, source
amk reached               # vastleggen dat beleid een status heeft bereikt
amk validate              # klopt alles?
amk report -o verslag.html
amk report voorbeeld      # uw eigen sjabloon: templates/voorbeeld.md
```

De records met het trefwoord ‘voorbeeld’ zijn voorbeelden: `amk list --tag voorbeeld` noemt ze. Haal ze weg
zodra u eigen gegevens hebt. Een lijst gemeenten (csv, met de kolommen `name` en `code`) leest u in met
`amk import gemeenten.csv --kind municipality`.

Leg de map vast met `git init`, `git add .` en `git commit`. Voorstellen (pull requests op GitHub, merge requests op
GitLab) worden gecontroleerd door de bestanden in `.github/` en `.gitlab-ci.yml`.""",
}

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
    "start.ask-origin": "Waar halen de controles amk vandaan? (adres@versie, zoals https://…/amk@v1.0; leeg: later)",
    "start.no-origin": "amk: vul in .github/workflows en .gitlab-ci.yml bij AMK nog in waar amk vandaan komt: dat weet deze amk niet (of begin opnieuw met --amk)",
    "start.made": "amk: {files} bestanden geschreven in {folder}; lees README.md daar voor het vervolg",
    "start.readme": """# {title}

Een kennisbank over {region}, bijgehouden met `amk`. Elk record is één bestand in `data/`. Om te beginnen:

```sh
amk list                       # wat er is
amk new source title="Brief van de raad" type=letter date=2026-01-15
amk new municipality name=Broekdam --source brief-van-de-raad    # zonder velden vraagt amk ernaar
amk new policy title="Kader" municipalities=broekdam --source brief-van-de-raad
amk reached kader vastgesteld 15-01-2026 --source brief-van-de-raad
amk validate                   # klopt alles?
amk report -o verslag.html
```

Gemeenten staan ook in één keer in een csv, met de kolommen `name` en `code`, bij een bron:

```sh
printf 'name,code\\nHoogveen,GM9001\\nLaagveen,GM9002\\n' > gemeenten.csv
amk import gemeenten.csv --kind municipality --source brief-van-de-raad
```""",
    "start.readme.examples": """De records met het trefwoord ‘voorbeeld’ zijn voorbeelden, en `templates/voorbeeld.md` is een eigen sjabloon (met
de extra `templates`). De bron `voorbeeldbron` blijft zolang {region} erop rust. Zo haalt u de voorbeelden weg:

```sh
amk list --tag voorbeeld
amk report voorbeeld -f md
amk set region/{home} members-=voorbeeldgemeente
rm data/*/voorbeeldgemeente.yaml data/*/voorbeeldinstituut.yaml data/*/voorbeeldoverleg.yaml data/*/voorbeeldbeleid.yaml
amk validate
```""",
    "start.readme.more": """Leg de map vast:

```sh
git init
amk merge-driver --install
git add .
git commit -m "data: begin"
```

Met `amk merge-driver --install` voegt git records samen naar wat zij betekenen; dat is eenmaal nodig op elke computer
waarop iemand samenvoegt. Voorstellen (pull requests op GitHub, merge requests op GitLab) worden gecontroleerd door de bestanden in `.github/` en
`.gitlab-ci.yml`; bij `AMK` staat daar waar amk vandaan komt, en van welke versie. `CODEOWNERS` zegt wie voorstellen
beoordeelt, [CONTRIBUTING.md](CONTRIBUTING.md) hoe iemand er een doet. `amk doctor` zegt wat er nog moet worden ingericht.""",
}

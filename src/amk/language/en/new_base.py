"""What a new knowledge base says of itself, in English."""

PHRASES: dict[str, str] = {
    "start.source": "Example source",
    "start.source.what": "An example. Put the document that your data rest on in its place.",
    "start.region.what": "The area that this knowledge base is about.",
    "start.municipality": "Exampleton",
    "start.organisation": "Example institute",
    "start.collaboration": "Example consultation",
    "start.policy": "Example policy",
    "start.tag": "example",
    "start.example.what": "An example. Remove this file once there is a record of your own.",
    "start.template": "example",
    "start.template.text": """# {{ subject }} in {{ area }}

Day: {{ day|date }}.

| Municipality | Status | Since |
|---|---|---|
{% for m in municipalities %}
| {{ m.name }} | {{ m.status|status }}{{ m|sources("status") }} | {{ m.status_since|date }} |
{% endfor %}

## Collaboration

{% for c in collaborations %}
- {{ c.name }}: {{ c.participants|map(attribute="municipality")|select|list|named("municipality") }}.{{ c|sources }}
{% else %}
No collaboration is known.
{% endfor %}
""",
    "start.ask-origin": "Where do the checks get amk from? (address@version, such as https://…/amk@v1.0; empty: later)",
    "start.no-origin": "amk: fill in at AMK in .github/workflows and .gitlab-ci.yml where amk comes from: this amk does not know (or begin anew with --amk)",
    "start.made": "amk: {files} files written in {folder}; README.md there tells how to go on",
    "start.readme": """# {title}

A knowledge base about {region}, kept with `amk`. Each record is one file in `data/`. To begin:

```sh
amk list                       # what there is
amk new source title="Letter of the council" type=letter date=2026-01-15
amk new municipality name=Brookdam --source letter-of-the-council    # without fields amk asks for them
amk new policy title="Framework" municipalities=brookdam --source letter-of-the-council
amk reached framework adopted 15-01-2026 --source letter-of-the-council
amk validate                   # is everything right?
amk report -o report.html
```

Municipalities come all at once from a csv, with the columns `name` and `code`, and a source:

```sh
printf 'name,code\\nHighmoor,GM9001\\nLowmoor,GM9002\\n' > municipalities.csv
amk import municipalities.csv --kind municipality --source letter-of-the-council
```""",
    "start.readme.examples": """The records tagged ‘example’ are examples, and `templates/example.md` is a template of your own (with the extra
`templates`). The source `example-source` stays as long as {region} rests on it. To take the examples away:

```sh
amk list --tag example
amk report example -f md
amk set region/{home} members-=exampleton
rm data/*/exampleton.yaml data/*/example-institute.yaml data/*/example-consultation.yaml data/*/example-policy.yaml
amk validate
```""",
    "start.readme.more": """Put the folder under version control:

```sh
git init
amk merge-driver --install
git add .
git commit -m "data: begin"
```

With `amk merge-driver --install` git merges records by what they mean; it is needed once on each computer on which
somebody merges. Proposals (pull requests on GitHub, merge requests on GitLab) are checked by the files in `.github/` and
`.gitlab-ci.yml`; `AMK` in them says where amk comes from, and which version. `CODEOWNERS` says who reviews proposals,
[CONTRIBUTING.md](CONTRIBUTING.md) how to make one. `amk doctor` says what is still to be set up.""",
}

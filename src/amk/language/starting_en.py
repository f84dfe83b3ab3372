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
    "start.made": "amk: {files} files written in {folder}; README.md there tells how to go on",
    "start.readme": """# {title}

A knowledge base about {region}, kept with `amk`. Each record is one file in `data/`.

```sh
amk list                  # what there is
amk new municipality      # add a municipality; also: policy, collaboration, source
amk reached               # record that a policy reached a status
amk validate              # is everything right?
amk report -o report.html
amk report example        # a template of your own: templates/example.md
```

The records tagged ‘example’ are examples: `amk list --tag example` names them. Remove them once you have data of
your own. A list of municipalities (csv, with the columns `name` and `code`) is read with
`amk import municipalities.csv --kind municipality`.

Put the folder under version control with `git init`, `git add .` and `git commit`. Proposals (pull requests on
GitHub, merge requests on GitLab) are checked by the files in `.github/` and `.gitlab-ci.yml`.""",
}

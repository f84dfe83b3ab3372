# amk: `make report` prints the briefing, `make test` runs the tests. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# What Python compiled is kept, whatever the surroundings say: the tests start amk hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: report test test-slow check validate bench bench-peers fuzz torture lock sbom clean

report: $(VENV)/installed
	@$(BIN)/amk report

test: $(VENV)/developing
	$(BIN)/python -m pytest -n auto

test-slow: $(VENV)/developing
	@sh .ci/programs.sh
	$(BIN)/python -m pytest -m slow || [ $$? -eq 5 ]

check: $(VENV)/developing
	$(BIN)/ruff check src tests benchmarks .ci
	$(BIN)/ruff format --check --quiet src tests benchmarks .ci
	$(BIN)/mypy

validate: $(VENV)/installed
	$(BIN)/amk validate

bench: $(VENV)/installed
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.scale

bench-peers: .peers/installed

.peers/installed: benchmarks/peers.txt
	$(PYTHON) -m venv .peers
	.peers/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers.txt
	@command -v recsel > /dev/null || echo "recsel and recfix: apt-get install recutils" >&2
	@touch $@

# A million inputs over everything that takes any in, which takes ten minutes on two cores; those that fail are kept among the seeds.
fuzz: $(VENV)/developing
	$(BIN)/python -m benchmarks.torture --inputs 1000000

# A thousand kills of commands that write, and ten thousand corruptions of what is kept: half an hour.
torture: $(VENV)/developing
	$(BIN)/python -m benchmarks.torture --kills 1000 --corruptions 10000

# What is installed to develop amk, by hash, alike for every Python and system that it supports.
lock:
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.8'
	.tools/bin/uv pip compile pyproject.toml .ci/building.in --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --upgrade --quiet --custom-compile-command "make lock" -o requirements.txt

# What amk brings along with all its extras, as CycloneDX.
sbom:
	$(PYTHON) -m venv .tools
	$(PYTHON) -m venv --clear .tools/amk
	.tools/bin/python -m pip install --quiet --disable-pip-version-check 'cyclonedx-bom>=7'
	.tools/amk/bin/python -m pip install --quiet --disable-pip-version-check \
	  '.[ics,network,duckdb,postgresql,templates,sheets,documents]'
	.tools/bin/cyclonedx-py environment .tools/amk --pyproject pyproject.toml --output-reproducible -o amk.cdx.json

clean:
	rm -rf $(VENV) .peers .tools amk.cdx.json build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "amk needs Python 3.11 or newer: make report PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/developing: $(VENV)/python pyproject.toml requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/installed

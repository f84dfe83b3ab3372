# amk: `make report` prints the briefing, `make test` runs the tests. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# What Python compiled is kept, whatever the surroundings say: the tests start amk hundreds of times.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: report test test-slow check validate bench bench-peers clean

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

clean:
	rm -rf $(VENV) .peers build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "amk needs Python 3.11 or newer: make report PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/developing: $(VENV)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

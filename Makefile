# amk: `make report` prints the briefing, `make test` runs the tests. Both set up what they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: report test test-slow slow-needs check validate bench clean

report: $(VENV)/installed
	@$(BIN)/amk report

test: $(VENV)/developing
	$(BIN)/python -m pytest

test-slow: $(VENV)/developing slow-needs
	$(BIN)/python -m pytest -m slow || [ $$? -eq 5 ]

# What the slow tests use beside Python: LibreOffice, Chromium and axe-core. Without them those tests are left out.
slow-needs:
	@command -v soffice > /dev/null && { command -v chromium || command -v google-chrome; } > /dev/null || { \
	  as=; [ "$$(id -u)" = 0 ] || as="sudo -n"; \
	  $$as apt-get update -qq && $$as apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui chromium; \
	} || echo "no LibreOffice or Chromium here: some slow tests are left out"
	@test -d $(VENV)/axe/node_modules || npm install --silent --no-audit --no-fund --prefix $(VENV)/axe axe-core@4 \
	  || echo "no axe-core here: some slow tests are left out"

check: $(VENV)/developing
	$(BIN)/ruff check src tests benchmarks .ci
	$(BIN)/ruff format --check --quiet src tests benchmarks .ci
	$(BIN)/mypy

validate: $(VENV)/installed
	$(BIN)/amk validate

bench: $(VENV)/installed
	$(BIN)/python benchmarks/start.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

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

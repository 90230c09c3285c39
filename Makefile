# Everything runs in a virtual environment of its own, .venv, made on first use.
#   make run              serve the shipped timeline        (PORT=8060 HOST=... EVENTS=table.csv DOCUMENTS=folder)
#   make test             all tests, with a browser         (ARGS="-k dates")
#   make lint             style and types
#   make bench            our page beside its peers         (ARGS="many answers --sizes 10000,1000000")
#   make clean            remove what was made here

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

# The first Python that is new enough and can make environments. Only what is said on the command line counts:
# shells like to export HOST.
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3 python,$(shell $(name) -c '$(FITS)' 2>/dev/null && echo $(name))))
said = $(if $(filter command line,$(origin $(1))),$(2))
SERVE := $(call said,HOST,--host "$(HOST)") $(call said,PORT,--port "$(PORT)") $(call said,DOCUMENTS,--documents "$(DOCUMENTS)")

.PHONY: run test lint bench clean browser
.SILENT:

run: $(VENV)/.run
	exec $(BIN)/timeline serve $(SERVE) $(call said,EVENTS,"$(EVENTS)")

test: $(VENV)/.test browser
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.test browser
	$(BIN)/python -m benchmarks $(ARGS)

browser: $(VENV)/.test
	.ci/browser $(BIN)/python

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c '$(FITS)' 2>/dev/null; then \
	  echo "timeline needs Python 3.11 or newer with its venv module (Debian: apt-get install python3 python3-venv); none was found." >&2; exit 1; fi
	echo "Making the virtual environment $(VENV) (once; this takes a minute or two) ..."
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(PIP) install --editable .
	touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[test]'
	touch $@ $(VENV)/.run

$(VENV)/.lint: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[lint]'
	touch $@ $(VENV)/.test $(VENV)/.run

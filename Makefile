# `make run` and `make test` do everything on a fresh machine: environment, installation, run.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: run test build install browser lint clean

run: $(VENV)/.installed
	$(BIN)/ascension up

test: $(VENV)/.installed-dev browser
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --maxprocesses 2

# The browser tests need a Chromium; without one they skip.
browser: $(VENV)/.installed-dev
	scripts/install_browser $(BIN)

build: $(VENV)/.installed
	$(BIN)/pip install --quiet --no-deps -e .

install: $(VENV)/.installed

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf $(VENV) build *.egg-info ascension/engine_build.json
	find . -name '*.so' -not -path './$(VENV)/*' -delete

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml constraints.txt setup.py $(VENV)/bin/python
	$(BIN)/pip install --quiet -c constraints.txt -e .
	touch $@

# Everything for tests in one installation: the engine is compiled once.
$(VENV)/.installed-dev: pyproject.toml constraints.txt setup.py $(VENV)/bin/python
	$(BIN)/pip install --quiet -c constraints.txt -e '.[dev]'
	touch $(VENV)/.installed $@

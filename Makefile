# The common jobs, one word each: `make` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
EXTRAS := test,cluster,fast

.PHONY: help install demo test lab bench docs constraints clean

help:
	@echo "make install   build .venv with everything (once, and again when pyproject.toml or constraints.txt change)"
	@echo "make demo      run the shipped example and write a report to open in a browser"
	@echo "make test      style, types and all tests"
	@echo "make lab       open JupyterLab on this folder (the course's notebooks are not here yet)"
	@echo "make bench     measure how long a month takes here"
	@echo "make docs      make the generated parts of docs/ anew"
	@echo "make clean     remove .venv and everything made"
	@echo "Another Python than python3:  make install PYTHON=python3.12"

install: $(STAMP)
	@echo "== $(VENV) is ready"

$(STAMP): pyproject.toml constraints.txt
	@echo "== Looking at $(PYTHON)"
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no $(PYTHON). Install Python 3.11 or newer (on Debian or Ubuntu: sudo apt install python3 python3-venv),"; \
	  echo "or name another one: make install PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) --version 2>&1)."; \
	  echo "Name a newer one: make install PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments: a part of it is missing."; \
	  echo "On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || { \
	  echo "== Making $(VENV) with $$($(PYTHON) --version)"; \
	  rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@echo "== Installing about $$(grep -c == constraints.txt) packages (some 300 MB to download, usually 1 to 5 minutes)"
	@begin=$$(date +%s); \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[$(EXTRAS)]" \
	  && echo "== Installed in $$(($$(date +%s) - begin)) seconds"
	@touch $@

demo: install
	@echo "== Running the example"
	@$(BIN)/msimamizi demo

test: install
	@echo "== Style: ruff check"
	@$(BIN)/ruff check .
	@echo "== Types: mypy --strict"
	@$(BIN)/mypy --strict
	@echo "== Tests: pytest"
	@$(BIN)/python -m pytest

lab: install
	@echo "== Opening JupyterLab on this folder in the browser (stop it here with Ctrl-C); the course's notebooks are not here yet"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab

bench: install
	@echo "== Measuring months in towns of three sizes (half a minute)"
	@for people in 10000 100000 1000000; do $(BIN)/msimamizi bench --people $$people --followers $$((people / 10)); done

docs: install
	@echo "== Writing the table of parameters into docs/model.md"
	@$(BIN)/python -m benchmarks.parameter_table

# Newest versions of everything that run on the oldest Python supported: call it with that one, and run the tests.
constraints:
	@echo "== Resolving the newest versions of everything"
	@rm -rf build/resolve && $(PYTHON) -m venv build/resolve
	@build/resolve/bin/python -m pip install --quiet -e ".[$(EXTRAS)]"
	@{ grep '^#' constraints.txt; build/resolve/bin/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9_.-]+=='; } \
	  > build/constraints.txt && mv build/constraints.txt constraints.txt
	@echo "== constraints.txt now names $$(grep -c == constraints.txt) packages"

clean:
	@echo "== Removing $(VENV), build/, demo-report/ and caches"
	@rm -rf $(VENV) build demo-report .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The two commands are `make demo` and `make test`. Repeated, they only do what is new.
PYTHON ?= $(or $(shell command -v python3.11),python3)
BIN := .venv/bin

.PHONY: setup demo test bench bench-attribution bench-compare check lock clean

setup: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: setup
	@$(BIN)/rashomon verify examples

test: setup
	@$(BIN)/python -m pytest

bench: setup
	@$(BIN)/python -m bench

check: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Attribution beside textacy. The marked articles carry no licence to be shared, so they lie beside the repository.
DATA ?= ../shared/data/attribution/polnear.dev.jsonl ../shared/data/attribution/gum-news.dev.jsonl
bench-attribution: setup
	@$(BIN)/python -m bench.attribution $(DATA)

# The judge of two texts beside its baselines. The labelled pairs lie beside the repository as well.
JUDGE ?= judge
bench-compare: DATA = ../shared/data
bench-compare: setup
	@$(BIN)/python -m bench.compare --data $(DATA) --judge $(JUDGE)

# Renew the pins. The file names versions alone, never a registry.
lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --no-header --no-annotate --no-emit-index-url --python-version 3.11 --extra dev pyproject.toml --output-file constraints.txt

clean:
	rm -rf .venv reports rashomon.db*

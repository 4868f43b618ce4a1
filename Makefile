# Every task sets up what it needs by itself. `make` alone lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# Any Python 3.11 or newer; `make PYTHON=python3.12 …` remakes .venv with that one.
PYTHON ?= python3
# DINGDIAN_ALL=1 adds the slow tests, those in a browser and those on a PostgreSQL server.
# DINGDIAN_DATA=/path/to/data adds the tests on real data; they are skipped without it.
DINGDIAN_ALL ?=
# More words for pytest: make test PYTEST="-k quotas -x"
PYTEST ?=
# make demo ends with the running system; SERVE=0 stops before it, PORT=… names its port.
SERVE ?= 1
PORT ?=

BIN := .venv/bin
SET_UP = '$(PYTHON)' tools/environment.py $(if $(filter environment command,$(subst command line,command,$(origin PYTHON))),--python '$(PYTHON)')
FAST := $(if $(DINGDIAN_ALL),,-m "not slow and not browser and not postgresql")

.PHONY: help demo test lint messages format docs docs-check bench pictures wheel release assets lock clean run-environment dev-environment python

help: ## list every task
	@echo "dingdian (定点): make TASK"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | while IFS='|' read -r task words; do printf '%-14s %s\n' "$$task" "$$words"; done
	@echo
	@echo "  PYTHON=…         the Python to make .venv with (3.11 or newer)"
	@echo "  DINGDIAN_ALL=1   slow tests, and tests in a browser and on PostgreSQL, as well"
	@echo "  DINGDIAN_DATA=…  folder of real data, for the tests that need it"
	@echo "  SERVE=0, PORT=…  make demo without the running system; its port (8000 or the next free one)"
	@echo "  PYTEST=…         more words for pytest, e.g. PYTEST=\"-k quotas -x\""

demo: run-environment ## plan two sample cities into demo/, then run the web system (SERVE=0: do not)
	@SERVE='$(SERVE)' PORT='$(PORT)' $(BIN)/python tools/demo.py

test: lint ## lint, then run the tests (DINGDIAN_ALL=1 for all of them)
	$(BIN)/python -m pytest -n 2 --dist worksteal $(FAST) $(PYTEST)
	$(if $(DINGDIAN_ALL),$(BIN)/python -m tools.on_postgres -n 2 --dist worksteal $(PYTEST))

lint: dev-environment ## ruff, format, types, floors, docs/reference/, translations
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python tools/build_reference.py --check
	$(BIN)/python tools/messages.py check

messages: dev-environment ## gather what the pages say into the catalogues (needs GNU gettext)
	$(BIN)/python tools/messages.py gather

format: dev-environment ## put the code in shape, with ruff
	$(BIN)/python -m ruff check --fix-only --exit-zero .
	$(BIN)/python -m ruff format .

docs: dev-environment ## make docs/reference/ anew from the code and the shelf
	$(BIN)/python tools/build_reference.py

docs-check: dev-environment ## fail when docs/reference/ is stale
	$(BIN)/python tools/build_reference.py --check

bench: dev-environment ## measure every speed claim
	$(BIN)/python -m bench

pictures: dev-environment ## take the pictures of the guides in Chromium
	$(BIN)/python tools/pictures.py

wheel: run-environment ## build the wheel, fonts and scripts within, into dist/
	$(BIN)/python -m hatchling build --target wheel

release: run-environment ## build dist/dingdian-VERSION.tar.gz, which installs and upgrades without a network
	$(BIN)/python tools/release.py

assets: run-environment ## fetch fonts and scripts from the npm registry into src/dingdian/assets/

lock: python ## choose versions anew and write requirements/*.txt
	'$(PYTHON)' -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	rm -f requirements/run.txt.new requirements/dev.txt.new requirements/node.txt.new
	$(COMPILE) pyproject.toml --group build --extra web --output-file requirements/run.txt.new
	$(COMPILE) --group pyproject.toml:node --output-file requirements/node.txt.new
	$(COMPILE) pyproject.toml --group build --group dev --all-extras --constraint requirements/run.txt.new --output-file requirements/dev.txt.new
	mv requirements/run.txt.new requirements/run.txt
	mv requirements/dev.txt.new requirements/dev.txt
	mv requirements/node.txt.new requirements/node.txt
	rm -rf .venv-lock
	cd tools/assets && npm install --package-lock-only --ignore-scripts
COMPILE = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header

clean: ## remove .venv, caches and demo/
	rm -rf .venv .venv-lock build dist demo src/dingdian/assets src/dingdian/assets.part .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -exec rm -rf {} +

run-environment: python
	@$(SET_UP) run

dev-environment: python
	@$(SET_UP) dev

python:
	@command -v '$(PYTHON)' >/dev/null 2>&1 || { echo "make: no program '$(PYTHON)' here; dingdian needs Python 3.11 or newer." >&2; echo "  Debian and Ubuntu:  apt-get install python3 python3-venv" >&2; echo "  one elsewhere:      make PYTHON=/path/to/python3.12 …" >&2; exit 1; }

# make demo         a town in your browser            PORT=8001 another port, RESET=1 starts afresh
# make test         all tests, on SQLite and PostgreSQL, and in a browser     REQUIRE_ALL=1 a skip is a failure
# make check        the handshake: style, types, storeys, translations, quick tests; about a minute
# make bench        how fast are the pages, on both databases, and the draws  PEER=1 beside other software (long)
# make screenshots  the pictures in docs/img
# make lock         requirements/*.lock anew          UPGRADE=1 with newer versions

PORT ?= 8000
RESET ?=
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2
PYTEST := $(BIN)/python -m pytest -n $(JOBS)
UV_COMPILE := $(BIN)/uv pip compile --universal --generate-hashes --no-header --quiet $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help demo test check bench screenshots lock web dev style types storeys translations clean

help:
	@sed -n 's/^# \(make\)/\1/p' Makefile

web:
	@PYTHON=$(PYTHON) $(PYTHON) tools/environment.py web
	@$(BIN)/python tools/messages.py compile >/dev/null

dev:
	@PYTHON=$(PYTHON) $(PYTHON) tools/environment.py dev
	@$(BIN)/python tools/messages.py compile >/dev/null

demo: export SAMENRAAD_DEMO = 1
demo: export SAMENRAAD_DATA = var/demo
demo: export SAMENRAAD_URL = http://localhost:$(PORT)
demo: web
	@$(BIN)/python -m samenraad.site.launcher $(PORT)
	@$(if $(RESET),rm -rf var/demo)
	@$(BIN)/samenraad migrate --verbosity 0
	@$(BIN)/samenraad collectstatic --no-input --verbosity 0
	@$(BIN)/samenraad demo_town
	@exec $(BIN)/samenraad serve --port $(PORT)

test: dev
	$(PYTEST) -m "not postgres"
	$(BIN)/python tools/postgres.py run -- $(PYTEST) -m "not browser" --ignore=src/samenraad/methods

check: dev style types storeys translations
	$(PYTEST) -m "not slow and not browser and not postgres"

style: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/mypy

storeys: dev
	$(BIN)/lint-imports

translations: dev
	$(BIN)/python tools/messages.py check

bench: dev $(if $(PEER),var/peer)
	$(BIN)/python bench/web.py
	$(BIN)/python bench/sortition.py

var/peer: requirements/bench.lock
	$(BIN)/python -m venv --clear var/peer
	$(BIN)/uv pip install --quiet --python var/peer/bin/python --require-hashes -r requirements/bench.lock
	@touch var/peer

screenshots: dev
	$(BIN)/python tools/screenshots.py

lock: dev
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/installer.lock
	$(UV_COMPILE) --group installer -o requirements/installer.lock
	$(UV_COMPILE) pyproject.toml --extra web --extra postgres --group build -o requirements/web.lock
	$(UV_COMPILE) pyproject.toml --extra web --extra postgres --group build --group dev \
		-c requirements/web.lock -o requirements/dev.lock
	$(UV_COMPILE) --group bench -c requirements/dev.lock -o requirements/bench.lock

clean:
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# Needs python3 (3.11 or newer), make and a package index; everything else comes into .tools and .venv.

UV_VERSION := 0.13.9
BIN := .venv/bin
TOOLS := .tools/bin

export UV_PYTHON ?= python3
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run quickbooks-demo web test deep screenshots audit-http worst-documents check format lint types imports schema migration coverage bench bench-growth bench-memory bench-export bench-access bench-board clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 17

run: .venv/.synced ## Serve a demo organization on 127.0.0.1
	$(BIN)/python cli.py migrate
	$(BIN)/python cli.py demo --if-empty
	$(BIN)/python cli.py serve

quickbooks-demo: .venv/.synced ## Serve it beside a QuickBooks that is simulated
	$(BIN)/python -m tests.quickbooks.demo

web: web/node_modules/.installed ## Build the board and GraphiQL anew
	cd web && $(NPM) run build

test: .venv/.synced .tools/.browser web/node_modules/.installed tests/live/clients/node_modules/.installed ## Run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal

check: ## Run all that must pass before a change is taken
	$(MAKE) lint
	$(MAKE) types
	$(MAKE) imports
	$(MAKE) test

screenshots: .venv/.synced .tools/.browser ## Take the README's pictures anew
	$(BIN)/python -m tests.web.screenshots

deep: .venv/.synced .tools/.browser web/node_modules/.installed ## Run the tests with much more chance in them
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -n auto --dist worksteal

audit-http: .venv/.synced ## Audit GraphQL over HTTP (needs node and npm)
	$(BIN)/python tests/audit_http/run.py

worst-documents: .venv/.synced ## Time the worst documents that the limits let through
	$(BIN)/python tests/engine/worst_documents.py

format: .venv/.synced ## Rewrite the code in its one format
	$(BIN)/ruff check --fix --exit-zero --quiet
	$(BIN)/ruff format

lint: .venv/.synced web/node_modules/.installed ## Check format and style
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	cd web && $(NPM) exec biome check

types: .venv/.synced ## Check types
	$(BIN)/pyright

imports: .venv/.synced ## Check that imports only point down
	$(BIN)/lint-imports

schema: .venv/.synced ## Write schema.graphql anew
	$(BIN)/python cli.py schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

migration: .venv/.synced ## Draft a migration: make migration name="booking number"
	$(BIN)/python -m db.migrate "$(name)"

coverage: .venv/.synced ## Run the tests and show what they leave out
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report

PEERS := yoga mercurius postgraphile

bench: .venv/.synced $(PEERS:%=benchmarks/peers/%/node_modules/.installed) ## Measure Remit beside others
	$(BIN)/python -m benchmarks run

bench-growth: .venv/.synced ## Measure it among a million invoices, and on page 1,000
	$(BIN)/python -m benchmarks growth

bench-memory: .venv/.synced ## Watch its memory under many documents
	$(BIN)/python -m benchmarks memory

bench-export: .venv/.synced ## Download a million line items, and ask something small meanwhile
	$(BIN)/python -m benchmarks export

bench-access: .venv/.synced ## Measure what keys cost a request
	$(BIN)/python -m benchmarks access

bench-board: .venv/.synced .tools/.browser ## Scroll and filter a board of 10,000 invoices
	$(BIN)/python -m tests.web.jank

# The Node that comes with the type checker: nothing has to be installed on the machine.
NPM := PATH="$(CURDIR)/.tools/node:$$PATH" npm --no-audit --no-fund --loglevel error

.tools/node/npm: .venv/.synced
	$(BIN)/python -m tests.web.node $(@D)

web/node_modules/.installed tests/live/clients/node_modules/.installed: %/node_modules/.installed: %/package-lock.json .tools/node/npm
	$(NPM) ci --prefix $* --ignore-scripts
	touch $@

# Their packages ask for a newer Node than npm may run on; the one they run on comes with them.
benchmarks/peers/%/node_modules/.installed: benchmarks/peers/%/package-lock.json
	npm ci --prefix $(@D)/.. --no-audit --no-fund --ignore-scripts --loglevel error
	touch $@

# Playwright's own are built for few systems; Debian's is there for all that Debian runs on.
.tools/.browser: .venv/.synced
	command -v chromium || { test -f /etc/debian_version && test "$$(id -u)" = 0 && \
		apt-get update -qq && apt-get install -qq --no-install-recommends chromium; } || \
		$(BIN)/playwright install chromium
	touch $@

clean: ## Remove all that was made here, but not the data
	rm -rf benchmarks/peers/*/node_modules tests/live/clients/node_modules web/node_modules web/src/gql
	rm -rf .venv .tools .coverage .hypothesis .import_linter_cache .pytest_cache .ruff_cache build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(TOOLS)/uv-$(UV_VERSION):
	python3 -m venv .tools
	$(TOOLS)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	touch $@

# pip knows indexes and certificates of this machine that uv does not: where uv cannot reach its own
# index, pip installs the same locked versions, checked by hash.
.venv/.synced: pyproject.toml uv.lock | $(TOOLS)/uv-$(UV_VERSION)
	$(TOOLS)/uv sync --locked --no-install-project --compile-bytecode || { \
		$(TOOLS)/uv venv --quiet --allow-existing .venv && \
		$(TOOLS)/uv export --quiet --frozen --no-emit-project --output-file .tools/requirements.txt && \
		$(TOOLS)/python -m pip --python $(BIN)/python install --require-hashes --quiet -r .tools/requirements.txt; }
	touch $@

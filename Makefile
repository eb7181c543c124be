# Needs Python 3.11 and make; everything else comes from the package registries, into this folder.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
NPM := $(CURDIR)/$(BIN)/npm
# Companies put certificates of their own into the system's store.
export NODE_USE_SYSTEM_CA := 1
export PATH := $(CURDIR)/$(BIN):$(PATH)

BOOTSTRAP := $(VENV)/.bootstrap
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
MODULES := frontend/node_modules/.stamp
LINTERS := tools/openapi-lint/node_modules/.stamp
MEASURES := tools/bench/node_modules/.stamp
PAGE := frontend/dist/index.html
PAGE_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) \
	$(wildcard frontend/*.html frontend/*.ts frontend/*.cjs frontend/package-lock.json)

# Many processes import the same files, and an environment may forbid them to keep what they made.
COMPILED := $(BIN)/python -m compileall -q src

PYTEST := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

DRIFT := { echo 'what is committed is not what the code says: make client'; exit 1; }

SHORT := lint architecture
ABREAST := types contract frontend

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test check verify mutants bench openapi client migration lock clean format \
	lint types architecture backend backend-whole contract frontend e2e e2e-whole

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(RUN) $(PAGE) ## Everything, on http://127.0.0.1:8000 (PERFAPI_PORT, PERFAPI_HOME)
	@$(COMPILED)
	@$(BIN)/perfapi run

test: $(DEV) $(PAGE) $(LINTERS) ## What CI runs
	@for step in $(SHORT); do tools/step $$step $(MAKE) --no-print-directory $$step || exit 1; done
	@tools/abreast $(ABREAST)
	@for step in backend e2e; do tools/step $$step $(MAKE) --no-print-directory $$step || exit 1; done

verify: $(DEV) $(PAGE) $(LINTERS) ## The same with the long suites whole
	@for step in $(SHORT); do tools/step $$step $(MAKE) --no-print-directory $$step || exit 1; done
	@tools/abreast $(ABREAST)
	@for step in backend-whole e2e-whole; do tools/step $$step $(MAKE) --no-print-directory $$step || exit 1; done

check: $(DEV) ## The fast part: lint, types, architecture, and the tests of the core
	@tools/step lint $(MAKE) --no-print-directory lint
	@tools/step types $(MAKE) --no-print-directory types
	@tools/step architecture $(MAKE) --no-print-directory architecture
	@tools/step core $(PYTEST) -q -m "not whole" tests/core

# --- the steps

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/hadolint Dockerfile
	@$(BIN)/compose-lint compose.yaml >/dev/null || $(BIN)/compose-lint compose.yaml

types: $(DEV)
	$(BIN)/mypy

architecture: $(DEV)
	$(BIN)/lint-imports --no-cache

backend: $(DEV)
	@$(COMPILED)
	$(PYTEST) -m "not whole" $(ARGS)

backend-whole: $(DEV)
	@$(COMPILED)
	$(PYTEST) $(ARGS)

contract: $(DEV) $(MODULES) $(LINTERS) # the committed document and client are those of the code
	@mkdir -p build
	$(BIN)/perfapi openapi --output build/openapi.json
	@diff -u openapi/openapi.json build/openapi.json || $(DRIFT)
	cd frontend && npx openapi-ts --output ../build/client >/dev/null
	@diff -r -I "/client-config[.]ts';" frontend/src/api/gen build/client || $(DRIFT)
	cd tools/openapi-lint && npx spectral lint --fail-severity=error --display-only-failures ../../openapi/openapi.json
	cd tools/openapi-lint && npx redocly lint ../../openapi/openapi.json

frontend: $(DEV) $(MODULES) $(PAGE)
	cd frontend && npm run --silent lint
	cd frontend && npm run --silent typecheck
	cd frontend && npm run --silent unused
	cd frontend && npm run --silent i18n
	cd frontend && npm test
	cd frontend && npm run --silent sizes

e2e: $(DEV) $(PAGE)
	@$(COMPILED)
	CHROMIUM=$$(tools/chromium) && export CHROMIUM && $(BIN)/python -m tests.e2e $(ARGS)

e2e-whole: export E2E_WHOLE = 1
e2e-whole: e2e

# --- what people call while they work

mutants: $(DEV) ## Every rule of permissions, changed: does a test notice? ARGS="--file goals --sample 20"
	@$(COMPILED)
	$(BIN)/python -m tests.mutants $(ARGS)

bench: $(DEV) $(MEASURES) $(PAGE) ## What things cost: ARGS="--people 1000 --only a,c", --whole, --write
	@$(COMPILED)
	@$(BIN)/python -m tests.bench $(ARGS)

openapi: $(DEV) ## openapi/openapi.json as the code says it
	$(BIN)/perfapi openapi --output openapi/openapi.json

client: openapi $(MODULES) ## The page's client, generated from openapi/openapi.json
	cd frontend && npm run gen

migration: $(DEV) ## A migration from what the models say: make migration name="people get a pronoun"
	@test -n "$(name)" || { echo 'say what changes: make migration name="people get a pronoun"'; exit 2; }
	$(BIN)/perfapi revise "$(name)"

format: $(DEV) $(MODULES) ## Formats everything
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	cd frontend && npm run format

clean: ## Removes what make made; the data in .perfapi stays
	rm -rf $(VENV) build frontend/node_modules frontend/dist tools/*/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	find src tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

UV_COMPILE = $(BIN)/uv pip compile --quiet --python-version 3.11 --universal --generate-hashes \
	--no-emit-index-url --no-header --system-certs $(ARGS)

lock: $(BOOTSTRAP) ## Newer versions: make lock ARGS=--upgrade
	$(UV_COMPILE) locks/bootstrap.in -o locks/bootstrap.txt
	$(UV_COMPILE) --group dev pyproject.toml -o locks/dev.txt
	$(UV_COMPILE) --group page --constraints locks/dev.txt pyproject.toml -o locks/run.txt
	$(UV_COMPILE) --constraints locks/dev.txt pyproject.toml -o locks/image.txt

# --- installing

$(BOOTSTRAP): locks/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "perfapi needs Python 3.11: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r locks/bootstrap.txt
	@touch $@

$(RUN): locks/run.txt pyproject.toml $(BOOTSTRAP)
	@tools/install locks/run.txt
	@touch $@

$(DEV): locks/dev.txt $(RUN)
	@tools/install locks/dev.txt
	@touch $@

$(MODULES): frontend/package-lock.json frontend/package.json frontend/.npmrc | $(RUN)
	@cd frontend && $(NPM) ci --loglevel=error
	@touch $@

$(LINTERS): tools/openapi-lint/package-lock.json | $(RUN)
	@cd tools/openapi-lint && $(NPM) ci --loglevel=error
	@touch $@

$(MEASURES): tools/bench/package-lock.json | $(RUN)
	@cd tools/bench && $(NPM) ci --loglevel=error
	@touch $@

$(PAGE): $(MODULES) $(PAGE_SOURCES)
	@cd frontend && npm run --silent build -- --logLevel warn

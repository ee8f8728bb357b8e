# demo · test · check · bench · train: people and CI call these and nothing else.
PYTHON ?= python3
SHARED ?= ../shared
VENV := .venv
BIN := $(VENV)/bin
# Two at a time, each file of tests by one: what a module's tests share is made once
TESTS := -m pytest -n 2 --dist loadfile

.PHONY: demo test check bench train errors clean
demo: $(VENV)/.ready
	$(BIN)/stemmata demo

test: $(VENV)/.ready
	$(BIN)/python $(TESTS)

check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python $(TESTS)

bench: $(VENV)/.ready
	$(BIN)/python -m training.resolve --scale
	$(BIN)/python -m training.bench_kin --shared $(SHARED) --scale 10000 30000 100000 --only-scale
	$(BIN)/python -m training.disputes --cost 10000
	$(BIN)/python -m training.bench --shared $(SHARED)

errors: $(VENV)/.ready
	$(BIN)/python -m training.errors --shared $(SHARED)

train: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train]'
	$(BIN)/python -m training.train --shared $(SHARED) --out runs/train --resume
	$(BIN)/python -m training.export runs/train/state.pt runs/weights
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training.acts runs/weights --shared $(SHARED)
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training.tune runs/weights --shared $(SHARED)
	$(BIN)/python -m training.pairs --out runs/pairs --resume
	$(BIN)/python -m training.pairs --export runs/pairs/state.pt --out runs/weights

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 13) else f"Stemmata needs Python 3.11 to 3.13, and {sys.executable} is {v[0]}.{v[1]}: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

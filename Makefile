# `make run` and `make test` need Python 3.11 or newer and the package registries, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test check gate package lock browser clean

run: $(READY)
	$(BIN)/assistant-web

test: $(READY) browser
	$(BIN)/python -m pytest -rs

check: $(READY) browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -rs

# Asks the dev half of the sample's questions: no metric may have fallen below its floor in eval/baseline.json.
# After a change for the better, raise the floors: .venv/bin/assistant-eval gate --update
gate: $(READY)
	$(BIN)/assistant-eval gate

# Builds the wheel, installs it into a clean environment, and uses it from another folder: takes some minutes.
package: $(READY)
	$(BIN)/python tests/try_package.py

# The environment is made again when the lock or the package's own description changes.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

# The browser that the page's tests drive; they are skipped, and say so, where it cannot be had.
browser:
	@sh tests/install_browser.sh

# Pins every dependency anew. The GPU packages that torch's Linux build asks for are left to torch.
lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra baselines --extra dev --extra eval --no-header --no-annotate pyproject.toml \
		| grep -vE '^(nvidia|cuda|triton)' > requirements.lock.new
	mv requirements.lock.new requirements.lock

clean:
	rm -rf $(VENV)

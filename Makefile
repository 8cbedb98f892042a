# make run    starts Themenbote; the first time it installs what is needed into .venv
# make run-matrix  starts it in a Matrix server on this machine, to be tried with any Matrix client
# make check  everything that has to hold before a change goes in
# make test   the tests alone:  make test ARGS="-k votes"
# make bench  the measurements
# make format writes the one layout into every file
# make lock   writes requirements/ anew from pyproject.toml:  make lock ARGS=--upgrade
# make clean  removes environments and caches, never data

VENV := .venv
SYNAPSE := .venv-synapse
RIVALS := .venv-rivals
BIN := $(VENV)/bin
UV := sh requirements/uv.sh $(VENV)
CODE := bot handlers storage config domain tests benchmarks
ARGS ?=
# Tests wait for servers and browsers now and then; one file stays with one worker, and tests/conftest.py says which
# files begin first, not the number of tests in them.
SIDE_BY_SIDE := --numprocesses 3 --dist loadfile --no-loadscope-reorder

# Some machines forbid Python to keep what it compiled: then each of some hundred processes compiles all libraries anew.
unexport PYTHONDONTWRITEBYTECODE

# The first Python on the path that is new enough; make PYTHON=... run takes another.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)

say = @printf '\n== %s\n' "$(1)"
fail = { printf '\n%s\n' "$(1)" >&2; exit 1; }
NO_PYTHON := Themenbote needs Python 3.11 or newer, and there is none on the path. Install it, or name it: make PYTHON=/path/to/python3 run
NO_VENV := This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv
NO_INDEX := Installing did not work; the lines above say why. Most often the package index (PyPI, or the one named in the pip configuration) cannot be reached from here. It is needed this once; afterwards Themenbote starts without a network.

.DEFAULT_GOAL := run
.DELETE_ON_ERROR:
.PHONY: run run-matrix test check bench format lock clean environment synapse-env

run: $(VENV)/.run
	@$(BIN)/themenbote run

run-matrix: environment
	@$(BIN)/python -m tests.matrix_town

test: environment
	@$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)

check: environment
	$(call say,Layout: ruff format)
	@$(BIN)/ruff format --check $(CODE)
	$(call say,Rules: ruff check)
	@$(BIN)/ruff check $(CODE)
	$(call say,Types: mypy)
	@$(BIN)/mypy $(CODE)
	$(call say,Floors: import-linter)
	@$(BIN)/lint-imports --no-logo
	$(call say,Tests: pytest)
	@$(BIN)/pytest $(SIDE_BY_SIDE) $(ARGS)

bench: environment $(RIVALS)/.done
	@$(BIN)/python -m benchmarks $(ARGS)

format: $(VENV)/.dev
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

environment: $(VENV)/.dev synapse-env

synapse-env: $(SYNAPSE)/.done

# One set of rules for all locks: names, versions and hashes, for every platform, and no address of an index.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links $(ARGS)

lock: $(VENV)/.bootstrap
	@$(COMPILE) --group bootstrap -o requirements/bootstrap.txt
	@$(COMPILE) pyproject.toml --group build -c requirements/bootstrap.txt -o requirements/run.txt
	@$(COMPILE) pyproject.toml --group build --group dev -c requirements/run.txt -o requirements/dev.txt
	@$(COMPILE) --group synapse -o requirements/synapse.txt
	@$(COMPILE) --group rivals -o requirements/rivals.txt

clean:
	@rm -rf $(VENV) $(SYNAPSE) $(RIVALS) artefacts build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed is remembered by a file inside the environment, so that the second start does nothing but start.
# Without build isolation the few packages that must be built are built by the hashed tools of bootstrap.txt.
INSTALL_SELF = $(UV) pip install --quiet --python $(VENV) --no-deps --no-build-isolation --editable .

$(VENV)/.bootstrap: requirements/bootstrap.txt
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c '$(NEW_ENOUGH)' 2>/dev/null || $(call fail,$(NO_PYTHON))
	$(call say,Setting up $(VENV))
	@$(PYTHON) -m venv $(VENV) || $(call fail,$(NO_VENV))
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --retries 2 --require-hashes \
		-r requirements/bootstrap.txt || $(call fail,$(NO_INDEX))
	@touch $@

$(VENV)/.run: $(VENV)/.bootstrap requirements/run.txt pyproject.toml
	$(call say,Installing what Themenbote needs to run)
	@$(UV) pip install --python $(VENV) --no-build-isolation --require-hashes -r requirements/run.txt \
		&& $(INSTALL_SELF) || $(call fail,$(NO_INDEX))
	@touch $@

$(VENV)/.dev: $(VENV)/.bootstrap requirements/dev.txt requirements/run.txt pyproject.toml
	$(call say,Installing what the checks need)
	@$(UV) pip sync --python $(VENV) --no-build-isolation --require-hashes requirements/dev.txt \
		&& $(INSTALL_SELF) || $(call fail,$(NO_INDEX))
	@touch $(VENV)/.run $@

# The Matrix server the tests talk to, apart from ours: its packages and ours need not agree.
$(SYNAPSE)/.done: $(VENV)/.bootstrap requirements/synapse.txt
	$(call say,Installing the Matrix server of the tests into $(SYNAPSE))
	@$(UV) venv --quiet --allow-existing --python $(BIN)/python $(SYNAPSE)
	@$(UV) pip sync --python $(SYNAPSE) --require-hashes requirements/synapse.txt || $(call fail,$(NO_INDEX))
	@touch $@

# Other bots that the measurements are held against.
$(RIVALS)/.done: $(VENV)/.bootstrap requirements/rivals.txt
	$(call say,Installing the bots to compare with into $(RIVALS))
	@$(UV) venv --quiet --allow-existing --python $(BIN)/python $(RIVALS)
	@$(UV) pip sync --python $(RIVALS) --require-hashes requirements/rivals.txt || $(call fail,$(NO_INDEX))
	@touch $@

## Broadsheet: what make does here
##
##   make run     set up what is missing, make an empty home the demo newsroom, serve it, and say where to read,
##                where the desk is, and its log-in. Needs Python 3.11 or newer, nothing else. Ctrl-C stops it.
##                PORT (8000) and BROADSHEET_HOME (./newsroom) choose where: make run PORT=8010
##   make test    set up what the tests need (browser and PostgreSQL too), then run all of them; .ci/run calls it.
##                ARGS picks, for pytest: make test ARGS="tests/unit/jobs -x"
##   make lint    format, lint, types, imports
##   make bench   pairs against real peers in the same run, a table at the end; ONLY=name picks one
##   make prove   the long proofs: seeded, resumable; ROUNDS=, SEED=
##   make lock    write requirements/*.txt anew from pyproject.toml, with the newest versions that fit
##   make clean   remove the environment and caches; a newsroom is never touched
##   make help    say all this
##
## The program itself: .venv/bin/broadsheet --help
MAKEFLAGS += --no-print-directory

# Any Python can start the tools: they look for one that is new enough, and say so if there is none.
PYTHON := $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$name && break; done)

.PHONY: run test lint bench prove lock clean help python
.DEFAULT_GOAL := help

run: python
	@exec $(PYTHON) tools/run.py

test: python
	@exec $(PYTHON) tools/run_tests.py

lint: python
	@exec $(PYTHON) tools/lint.py

bench: python
	@exec $(PYTHON) tools/long_runs.py bench

prove: python
	@exec $(PYTHON) tools/long_runs.py prove

lock: python
	@exec $(PYTHON) tools/lock.py

clean:
	@rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	@find . -name __pycache__ -type d -not -path './newsroom/*' -prune -exec rm -rf {} +
	@echo "Removed the environment and caches. A newsroom, if there is one here, is as it was."

help:
	@sed -n 's/^## \{0,1\}//p' Makefile

python:
	@test -n "$(PYTHON)" || { echo "There is no Python on this machine. Install Python 3.11 or newer (Debian, Ubuntu:\
	 apt install python3 python3-venv), then run make again." >&2; exit 1; }

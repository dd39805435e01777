# Every way to start, test and measure the desk. `make run` and `make test` need nothing but
# Python 3.11 or newer; the others use what those two have installed.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
PRODUCT := app.py kernel services_catalog duty_roster desk
UPGRADE := from app import Settings, SystemClock, open_house, upgrade; \
	here = open_house(Settings.from_env(), SystemClock()); \
	upgrade(here.database.engine, here.settings.schema if here.settings.database_url else "")

.PHONY: run serve worker migrate backup test check tools bench chaos soak clean .venv

run: .venv/run.stamp ## open the hall: environment, database, sample town, web and scheduler
	@$(BIN)/python app.py

serve: ## open the hall with what is already installed (for a system service)
	@$(BIN)/python app.py

worker: ## the scheduler alone, beside other machines that serve
	@$(BIN)/flask --app app scheduler

migrate: ## bring the database to the newest schema
	@$(BIN)/python -c '$(UPGRADE)'

backup: ## make backup TO=folder
	@$(BIN)/flask --app app backup $(if $(TO),--to "$(TO)")

test: .venv/test.stamp tools check ## everything
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

check: .venv/test.stamp ## everything but the tests that run
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml $(PRODUCT)

tools:
	@tests/tools.sh

bench: .venv/test.stamp
	@$(BIN)/python -m bench

chaos: .venv/test.stamp
	@$(BIN)/python -m bench.chaos --small

soak: .venv/test.stamp
	@$(BIN)/python -m bench.chaos --large

clean: ## remove what can be made again; never the database (var/) or its key (keys/)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PRODUCT) migrations tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

.venv: .venv/run.stamp

.venv/run.stamp: requirements/run.txt | $(BIN)/pip
	@$(PIP) --requirement $<
	@touch $@

.venv/test.stamp: requirements/test.txt | $(BIN)/pip
	@$(PIP) --requirement $<
	@touch $@ .venv/run.stamp

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'The desk needs Python 3.11 or newer, and "$(PYTHON)" is older or not there.' \
	    'Install one, then say for instance: make run PYTHON=python3.12'; \
	  echo '需要 Python 3.11 或更新的版本，而“$(PYTHON)”太旧或没有安装。' \
	    '装好后再运行，例如：make run PYTHON=python3.12'; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'This Python comes without venv. On Debian and Ubuntu: apt-get install python3-venv'; \
	  echo '这个 Python 缺少 venv。Debian、Ubuntu 请先运行：apt-get install python3-venv'; \
	  exit 1; }
	@$(PYTHON) -m venv .venv

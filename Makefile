# Every target sets up what it needs; a second run finds it and is fast. Needs python3 (3.11 or later) and pip.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test coverage lint soak bench scoreboard conformance fuzz screenshot lock clean

demo: $(READY)          ## crawl, archive, index and search the bundled portals
	$(BIN)/danvan demo

test: lint              ## every check; names what it leaves out
	$(BIN)/python -m pytest -q -n 2 --dist worksteal -m "not conformance"

coverage: $(READY)      ## every check again, and which lines none of them ran; tracing doubles their time
	$(BIN)/python -m pytest -q -n 2 --dist worksteal --cov --cov-report=term -m "not conformance"

lint: $(READY)          ## format, style, types, architecture
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(READY)         ## speed and memory, beside named peers in the same run
	$(BIN)/python -m tests.benchmarks

scoreboard: $(READY)    ## danvan beside named extractors on the same pages; writes the tables of README.md
	$(BIN)/python -m tests.scoreboard

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
conformance: $(READY)   ## outside tools in environments of their own, long generated runs; no time limit
	command -v wget >/dev/null && command -v faketime >/dev/null || \
	  $(SUDO) apt-get install -y -qq --no-install-recommends wget faketime
	$(BIN)/python -m pytest -q -m conformance

soak: $(READY)          ## crawls, imports and replays killed at random moments: 100 times and more, on SQLite and PostgreSQL
	$(BIN)/python -m tests.soak

SECONDS ?= 1200
FUZZ := .conformance/fuzz
fuzz: $(READY)          ## mutate pages for SECONDS; atheris in an environment of its own
	test -x $(FUZZ)/bin/python || .tools/bin/uv venv --quiet --python $(BIN)/python $(FUZZ)
	.tools/bin/uv pip install --quiet --python $(FUZZ)/bin/python --require-hashes -r requirements.lock
	.tools/bin/uv pip install --quiet --python $(FUZZ)/bin/python atheris==3.0.0
	.tools/bin/uv pip install --quiet --python $(FUZZ)/bin/python --no-deps -e .
	$(BIN)/python -m tests.fuzz.corpus $(FUZZ)/corpus
	$(FUZZ)/bin/python -m tests.fuzz -max_total_time=$(SECONDS) -timeout=5 -rss_limit_mb=2048 -max_len=20000 \
	  -dict=$(FUZZ)/corpus.dict -artifact_prefix=$(FUZZ)/ $(FUZZ)/corpus

screenshot: $(READY)    ## the pictures in docs/, at two widths
	$(BIN)/python -m tests.end_to_end.screenshot

# Bytecode: without it every start of the command compiles its packages, for a second where the user may not write it.
# uv needs neither python3-venv nor a change to the system's Python (PEP 668).
$(READY): requirements.lock pyproject.toml
	test -x .tools/bin/uv || $(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv
	test -x $(BIN)/python || .tools/bin/uv venv --quiet --python $(PYTHON) .venv
	.tools/bin/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	.tools/bin/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $(READY)

lock: $(READY)          ## pin the newest versions that fit pyproject.toml; names and hashes, no addresses
	.tools/bin/uv lock --quiet --upgrade
	.tools/bin/uv export --quiet --frozen --no-emit-project --no-header --extra postgres --group dev \
	  --format requirements-txt -o requirements.lock
	rm -f uv.lock

clean:
	rm -rf .venv .tools .conformance danvan-demo

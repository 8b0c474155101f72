# Two commands on a fresh machine with Python 3.11+: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2

WEB := src/sottovoce/server/web/built-from.sha256
WEB_SOURCES := hatch_build.py $(shell find web -type f -not -path '*/node_modules/*' -not -name schema.d.ts)

.PHONY: demo test lint types dashboard audio browser unit bench train report samples clean

# What a person needs: the base install, no torch.
.venv/base: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# What a developer needs: tools, oracles, and the training extra with its pinned torch.
.venv/dev: .venv/base
	$(BIN)/python -m pip install --quiet "torch==2.13.0"
	$(BIN)/python -m pip install --quiet --editable ".[train,wav2vec2,risk,words,coreml,opensmile]" --group dev
	touch $@

# The dashboard, built again where its sources changed since the package was installed.
$(WEB): .venv/base $(WEB_SOURCES)
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@test ! -f $@ || touch $@

demo: .venv/base $(WEB)
	$(BIN)/sottovoce demo $(ARGS)

test: lint types dashboard unit

lint: .venv/dev
	$(BIN)/ruff check src tests benchmarks scripts hatch_build.py
	$(BIN)/ruff format --check src tests benchmarks scripts hatch_build.py
	$(BIN)/lint-imports

types: .venv/dev
	$(BIN)/mypy

# The dashboard's sources: types made from the API's own description, checks, unit tests.
dashboard: .venv/dev $(WEB)
	$(BIN)/python scripts/dump_openapi.py .cache/openapi.json
	$(BIN)/python hatch_build.py types check unit

# Installs Chromium where it may; without one the tests in it are skipped.
browser:
	scripts/ci_browser.sh

# Installs a sound server where it may; without one the tests of the microphone are skipped.
audio:
	scripts/ci_audio.sh

unit: .venv/dev $(WEB) audio browser
	OMP_NUM_THREADS=1 $(BIN)/pytest -n $(WORKERS) --dist loadfile

# All figures of speed and size; the corpora are found as in the tests.
bench: export OMP_NUM_THREADS = 1
bench: export PATH := $(CURDIR)/$(BIN):$(PATH)
bench: .venv/dev
	python benchmarks/speed.py
	python benchmarks/jobs.py
	python benchmarks/queued.py
	python benchmarks/load.py
	python benchmarks/startup.py --install
	python benchmarks/memory.py
	python benchmarks/live.py
	python benchmarks/live_socket.py
	python benchmarks/dashboard_live.py
	python benchmarks/vad.py
	python benchmarks/oracles.py
	python benchmarks/insights.py
	python benchmarks/journal.py
	python benchmarks/journal.py 1000000 1000 --postgres
	python benchmarks/kills.py 1000
	python benchmarks/risk.py
	python benchmarks/dashboard.py --lighthouse
	python benchmarks/risk_speed.py
	python benchmarks/hybrid.py

train: .venv/dev
	$(BIN)/sottovoce train recipes/default.toml

# How good the embedded model is: the report in docs/models, judged anew by cross-validation.
report: export OMP_NUM_THREADS = 1
report: .venv/dev
	$(BIN)/sottovoce evaluate recipes/default.toml --output docs/models/sottovoce-acted-1

# The sample memos in the package; needs espeak-ng.
samples: .venv/base
	$(BIN)/python scripts/make_samples.py

clean:
	rm -rf .venv .cache build dist

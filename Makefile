# Two commands on a fresh machine with Python 3.11+: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2

.PHONY: demo test lint types audio unit bench train report samples clean

# What a person needs: the base install, no torch.
.venv/base: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# What a developer needs: tools, oracles, and the training extra with its pinned torch.
.venv/dev: .venv/base
	$(BIN)/python -m pip install --quiet "torch==2.13.0"
	$(BIN)/python -m pip install --quiet --editable ".[train,wav2vec2,risk,coreml,opensmile]" --group dev
	touch $@

demo: .venv/base
	$(BIN)/sottovoce demo $(ARGS)

test: lint types unit

lint: .venv/dev
	$(BIN)/ruff check src tests benchmarks scripts
	$(BIN)/ruff format --check src tests benchmarks scripts
	$(BIN)/lint-imports

types: .venv/dev
	$(BIN)/mypy

# Installs a sound server where it may; without one the tests of the microphone are skipped.
audio:
	scripts/ci_audio.sh

unit: .venv/dev audio
	OMP_NUM_THREADS=1 $(BIN)/pytest -n $(WORKERS) --dist loadfile

# All figures of speed and size; the corpora are found as in the tests.
bench: export OMP_NUM_THREADS = 1
bench: export PATH := $(CURDIR)/$(BIN):$(PATH)
bench: .venv/dev
	python benchmarks/speed.py
	python benchmarks/jobs.py
	python benchmarks/queued.py
	python benchmarks/startup.py --install
	python benchmarks/memory.py
	python benchmarks/live.py
	python benchmarks/vad.py
	python benchmarks/oracles.py
	python benchmarks/insights.py
	python benchmarks/journal.py
	python benchmarks/journal.py 1000000 1000 --postgres
	python benchmarks/kills.py 1000
	python benchmarks/risk.py

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

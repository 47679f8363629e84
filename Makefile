# Shortcuts for common tasks; `make help` lists them. CMakeLists.txt and CMakePresets.json define
# the builds.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

JOBS ?= $(shell nproc)
# The number of runs of the race tests in `make soak`.
SOAK_REPEATS ?= 50
# The time of the simulations of a shared book in `make soak`.
SIMULATION_SECONDS ?= 3600
# The time of each target in `make fuzz`.
FUZZ_SECONDS ?= 60
# Exported instead of expanded in recipes: a path can contain spaces and quotes.
export JOBS SOAK_REPEATS SIMULATION_SECONDS FUZZ_SECONDS PEOPLE LICENSES BENCH_ARGS

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: ## Run a tour of the command; PEOPLE=file.csv and LICENSES=file.csv use your inventory
	@tools/setup.sh build bench
	@tools/build.sh release seatbook_python
	@rm -rf build/demo
	@args=(build/demo); \
	  if [[ -n "$${PEOPLE:-}" ]]; then args+=(--people "$$PEOPLE"); fi; \
	  if [[ -n "$${LICENSES:-}" ]]; then args+=(--licenses "$$LICENSES"); fi; \
	  tools/python.sh examples/demo.py "$${args[@]}"

.PHONY: tour
tour: ## Run a tour of the library in C++; PEOPLE and LICENSES as above
	@tools/setup.sh build bench
	@tools/build.sh release seatbook_tour
	@rm -rf build/tour; mkdir -p build/tour
	@args=(--book build/tour/tour.db); \
	  if [[ -n "$${PEOPLE:-}" ]]; then args+=(--people "$$PEOPLE"); fi; \
	  if [[ -n "$${LICENSES:-}" ]]; then args+=(--licenses "$$LICENSES"); fi; \
	  build/release/seatbook_tour "$${args[@]}"

.PHONY: demo-postgres
demo-postgres: ## Run four processes on one book in PostgreSQL; kill, stop and disconnect them
	@tools/setup.sh build bench
	@tools/build.sh release seatbook_demo_postgres

.PHONY: test
test: ## Build the release, run all tests, report the rules they cover and the times
	@tools/test.sh release

.PHONY: docs
docs: ## Build the documentation site in build/site; a warning is an error
	@tools/setup.sh build bench docs
	@tools/build.sh release seatbook_python
	@tools/python.sh tools/docs_site.py

.PHONY: bench
bench: ## Build and run the benchmarks except bench-postgres; BENCH_ARGS: --benchmark_filter=assign
	@tools/setup.sh build bench
	@tools/build.sh release seatbook_benchmarks
	@shopt -s nullglob; for program in build/release/seatbook_bench_*; do \
	  [[ $$program == *_postgres ]] || "$$program" $${BENCH_ARGS:-}; \
	done
	@tools/build.sh release seatbook_bench_python

# Data in memory and syncs of a fixed time make the results independent of the disk. Each of 512
# books may need a connection.
.PHONY: bench-postgres
bench-postgres: ## Compare books in PostgreSQL with SQL by hand; BENCH_ARGS: --row NAME --seconds N
	@tools/setup.sh build bench
	@tools/build.sh release seatbook_bench_postgres
	@TMPDIR=/dev/shm python3 tests/postgres/server.py run --fsync --set max_connections=700 \
	  --set shared_buffers=256MB --set max_wal_size=4GB \
	  --slow-sync build/release/libseatbook_slow_sync.so -- \
	  build/release/seatbook_bench_postgres $${BENCH_ARGS:-}

.PHONY: setup
setup: ## Install what all of these need, and the commit-msg hook
	@tools/setup.sh build python bench docs lint clang node go
	@if hooks=$$(git rev-parse --git-path hooks 2>/dev/null); then \
	  if [[ -e $$hooks/commit-msg ]] && ! cmp -s tools/commit-msg "$$hooks/commit-msg"; then \
	    echo "setup: $$hooks/commit-msg exists; call tools/commit-msg from it"; \
	  else install -D -m 755 tools/commit-msg "$$hooks/commit-msg"; fi; \
	fi

.PHONY: generate
generate: ## Write the C interface, its description and the bindings from the C++ headers
	@tools/setup.sh build
	@tools/build.sh release seatbook_capi_describe
	@python3 tools/bindgen/generate.py --describe build/release/capi/seatbook_capi_describe

.PHONY: format
format: ## Format the C++ files in place
	@tools/setup.sh lint
	@tools/format.sh

.PHONY: lint
lint: ## Check format, include boundaries, Python, shell, JavaScript, and src/ with clang-tidy
	@tools/setup.sh build lint node
	@tools/format.sh --check
	@tools/lint.sh

.PHONY: asan
asan: ## Run the tests under the address and undefined-behavior sanitizers
	@tools/test.sh asan

.PHONY: tsan
tsan: ## Run the race tests under the thread sanitizer
	@tools/test.sh tsan seatbook_race_tests

.PHONY: checked
checked: ## Run the tests with the checks of Boost.MultiIndex enabled: slow
	@tools/test.sh checked

.PHONY: soak
soak: ## Kill writers, disturb PostgreSQL, simulate, repeat race tests, then run model tests until stopped
	@tools/setup.sh build bench python
	@tools/build.sh release
	@SEATBOOK_SOAK=1 build/release/seatbook_storage_tests --gtest_filter='SqliteKill.*'
	@python3 tests/postgres/chaos_test.py build/release/seatbook_postgres_worker --seconds 60
	@python3 tests/postgres/power_test.py build/release/seatbook_postgres_worker build/release/libseatbook_simulated_disk.so --outages 400 --ahead some
	@tools/postgresql_18.sh python3 tests/postgres/server.py run -- build/release/seatbook_postgres_tests --gtest_brief=1
	@tools/postgresql_18.sh python3 tests/postgres/chaos_test.py build/release/seatbook_postgres_worker --seconds 60
	@tools/postgresql_18.sh python3 tests/postgres/power_test.py build/release/seatbook_postgres_worker build/release/libseatbook_simulated_disk.so --ahead some
	@tools/postgresql_18.sh python3 tests/postgres/standby_test.py build/release/seatbook_postgres_worker
	@if [[ -x build/release/seatbook_linearizability ]]; then \
	  for options in '--threads 8 --rate 20' '--rate 160' '--pool --rate 160'; do \
	    python3 tests/postgres/chaos_test.py build/release/seatbook_postgres_worker \
	      --linearizability build/release/seatbook_linearizability --seconds 10 --rounds 30 $$options; \
	  done; \
	fi
	@SEATBOOK_SIMULATION_SECONDS="$$SIMULATION_SECONDS" build/release/seatbook_simulation_tests --gtest_filter='*.FindsNoViolation'
	@SEATBOOK_SOAK=1 build/release/seatbook_race_tests --gtest_repeat="$$SOAK_REPEATS" --gtest_brief=1
	@SEATBOOK_SOAK=1 PYTHONPATH=build/release/python /usr/bin/python3 bindings/python/tests/state_machine_test.py
	@SEATBOOK_SOAK=1 build/release/seatbook_model_tests

.PHONY: fuzz
fuzz: ## Fuzz the file readers, FUZZ_SECONDS for each target
	@tools/setup.sh build clang
	@tools/build.sh fuzz
	@for target in reader import record capi; do \
	  mkdir -p "build/fuzz/found/$$target"; \
	  build/fuzz/seatbook_fuzz_$$target -max_total_time="$$FUZZ_SECONDS" -max_len=4096 -print_final_stats=1 \
	    -artifact_prefix="build/fuzz/$$target-" "build/fuzz/found/$$target" "tests/fuzz/corpus/$$target"; \
	done

.PHONY: clean
clean: ## Remove the build folder
	@rm -rf build

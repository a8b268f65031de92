# Targets are described by the comment after ##; `make help` prints them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# The program itself: its npm wrapper ends with status 0 whatever the program says.
FORGE := cd contracts && node_modules/@foundry-rs/forge-*/bin/forge
GO_FILES = $$(git ls-files --cached --others --exclude-standard '*.go')
NODE_MODULES := contracts/node_modules/.package-lock.json
SECOND_OPINION := test/secondopinion/node_modules/.package-lock.json
GO_MODULES := .tools/go-modules
FIXTURES := contracts/test/fixtures/.stamp
# The programs of a real network; each module's stamp stands for all that it builds.
TESTNET_BIN := .tools/bin
TESTNET_CLIENTS := $(TESTNET_BIN)/.geth $(TESTNET_BIN)/.prysm
FULU_CLIENTS := $(TESTNET_BIN)/.geth $(TESTNET_BIN)/fulu/.prysm7
# The newest fork of a real network: electra has the short epochs, fulu the newest client.
FORK ?= electra
GLOAS_CLIENTS := $(TESTNET_BIN)/.geth $(SECOND_OPINION)
FORK_CLIENTS = $(if $(filter gloas,$(FORK)),$(GLOAS_CLIENTS),$(if $(filter fulu,$(FORK)),$(FULU_CLIENTS),$(TESTNET_CLIENTS)))
# Programs that only developers run, each built from the module that pins its version.
LINTERS := .tools/bin/golangci-lint .tools/bin/actionlint
# Tests of the contracts on the chain in memory, whose rules TIDEMARK_FORK names; Osaka's when it is not set. Those of gas run by all rules.
ON_CHAIN := ./test/evm $(addprefix ./contracts/,abi demo deploy difftest manifest)
TAGS := testnet,browser,devnet,upgrade,release,secondopinion
TESTNET = go build -o $(TESTNET_BIN)/testnet ./test/testnet/cmd && $(TESTNET_BIN)/testnet

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "%-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: $(NODE_MODULES) $(SECOND_OPINION) $(GO_MODULES) ## Check the machine, install the Solidity toolchain, the second opinion and the Go modules

# Not npm ci: it insists on a lock entry for every platform's forge, and not all of them are published.
# npm install takes the locked versions and checks their hashes too; --no-save leaves the lock as it is.
$(NODE_MODULES): contracts/package.json contracts/package-lock.json contracts/.npmrc
	@tools/require
	cd contracts && npm install --no-save
	@touch $@

# Node packages of a consensus client, which tests are held against. Installed as the contracts' are, and for the same reason; no script of theirs is run.
$(SECOND_OPINION): test/secondopinion/package.json test/secondopinion/package-lock.json test/secondopinion/.npmrc
	@tools/require
	cd test/secondopinion && npm install --no-save --ignore-scripts
	@touch $@

$(GO_MODULES): go.mod go.sum tools/go.mod tools/go.sum tools/release/go.mod tools/release/go.sum
	@tools/require
	go mod download
	cd tools && go mod download
	cd tools/release && go mod download
	@mkdir -p $(@D) && touch $@

.PHONY: demo
demo: $(GO_MODULES) $(FIXTURES) ## Show the contracts at work: a committee reports, the token rebases, a withdrawal is paid
	@go run ./contracts/demo

.PHONY: fixtures
fixtures: $(FIXTURES) ## Write the byte code of the deposit and system contracts for the tests

$(FIXTURES): $(wildcard contracts/fixtures/*.go) contracts/fixtures/go.mod contracts/fixtures/go.sum
	@tools/require
	cd contracts/fixtures && go run . -out ../test/fixtures
	@touch $@

.PHONY: devnet
devnet: ## Run a whole oracle network on this machine: chain, contracts, seven members, holders (DEVNET_FLAGS='--frames 5')
	@echo "Building the devnet; the first time takes minutes." && go build -o bin/devnet ./cmd/devnet
	@bin/devnet $(DEVNET_FLAGS)

# Built here as a user builds it; not cached, since the tests are about processes and time.
.PHONY: test-devnet
test-devnet: $(GO_MODULES) ## Run every scenario of the devnet: seven minutes
	go test -tags devnet -count=1 -timeout 120m -v ./test/devnet/suite

.PHONY: test-devnet-race
test-devnet-race: $(GO_MODULES) ## Run a devnet whose every process has the race detector
	go build -race -o bin/devnet-race ./cmd/devnet
	GORACE=halt_on_error=1 bin/devnet-race --frames 2 --slot-time 1s

.PHONY: devnet-crash
devnet-crash: $(GO_MODULES) ## Kill random members for FRAMES frames, 100 unless told: twenty minutes
	go build -o bin/devnet ./cmd/devnet
	bin/devnet --scenario crash-loop --frames $(or $(FRAMES),100)

.PHONY: devnet-large
devnet-large: $(GO_MODULES) ## Run a committee of 31 on this machine
	go build -o bin/devnet ./cmd/devnet
	bin/devnet --members 31 --frames 3 --slot-time 1s

.PHONY: soak
soak: $(GO_MODULES) ## Run a devnet for FRAMES frames, 320 unless told (an hour), and want the memory of its members flat
	go build -o bin/devnet ./cmd/devnet
	bin/devnet --scenario soak --frames $(or $(FRAMES),320)

.PHONY: build
build: ## Build every Go package, bin/oraclenode and bin/devnet: needs Go and a C compiler only
	go build ./...
	go build -o bin/ ./cmd/...

.PHONY: test
test: test-contracts test-go test-second-opinion test-ops ## Run all tests of both languages

.PHONY: test-contracts
test-contracts: $(NODE_MODULES) $(FIXTURES) ## Run the Solidity tests: unit, fuzz, invariant
	$(FORGE) test

# One line is not cached: go cannot know that the architecture test depends on every import.
.PHONY: test-go
test-go: $(NODE_MODULES) $(GO_MODULES) $(FIXTURES) ## Run the Go tests; those of the contracts by Amsterdam's rules too
	go test -count=1 .
	go test ./...
	TIDEMARK_FORK=Amsterdam go test $(ON_CHAIN)
	cd contracts/fixtures && go test ./...

# Not cached: go cannot know what Node runs.
.PHONY: test-second-opinion
test-second-opinion: $(SECOND_OPINION) $(GO_MODULES) ## Hold the state reader against a consensus client's types and state transition; SEEDS (3) chains live, from SEED (1) on
	SECOND_OPINION_SEED=$(SEED) SECOND_OPINION_SEEDS=$(SEEDS) go test -tags secondopinion -count=1 -timeout 120m ./test/secondopinion

.PHONY: test-amsterdam
test-amsterdam: $(GO_MODULES) $(FIXTURES) ## Run all Go tests that have the chain in memory by Amsterdam's rules: minutes
	TIDEMARK_FORK=Amsterdam go test $(ON_CHAIN) ./internal/execution/... ./internal/snapshot ./internal/operator

# Not cached: go cannot know that the tools' tests depend on files of this module.
.PHONY: test-ops
test-ops: $(GO_MODULES) ## Test alert rules and Grafana's dashboard with Prometheus' own parser
	cd tools && go test -count=1 ./...

.PHONY: test-upgrade
test-upgrade: $(GO_MODULES) ## Run a committee of the last release's members and of this tree's for ten frames: five minutes
	go test -tags upgrade -count=1 -timeout 45m -v ./test/upgrade

.PHONY: test-release
test-release: ## Build a release of the last commit in two clones and compare them byte for byte; run it: five minutes
	go test -tags release -count=1 -timeout 60m -v ./test/release

# Needs git, Go and a C compiler with static libraries only; what it writes is told in tools/release.
.PHONY: release
release: ## Build VERSION=v0.2.0 from a clean checkout into dist/: static program, archive, bill of materials, image, checksums
	@$(if $(VERSION),,echo "which version? make release VERSION=v0.2.0"; exit 2)
	@cd tools/release && go run . -root ../.. -version '$(VERSION)' -out ../../dist

.PHONY: nightly
nightly: ## Run what takes hours; with PART=race, networks, soak, fuzz, search or releases only that
	@.ci/nightly $(PART)

.PHONY: test-long
test-long: $(NODE_MODULES) $(FIXTURES) ## Run the Solidity fuzz and invariant tests 50 times as long
	FOUNDRY_PROFILE=long; export FOUNDRY_PROFILE; $(FORGE) test --fuzz-seed $$(od -An -N8 -tu8 /dev/urandom | tr -d ' ')

.PHONY: mutate-contracts
mutate-contracts: $(NODE_MODULES) $(GO_MODULES) $(FIXTURES) ## Plant COUNT faults (200) that SEED (1) draws in the contracts and want tests to notice; goes on where it was stopped: an hour
	@go run ./contracts/mutate -count $(or $(COUNT),200) -seed $(or $(SEED),1) $(MUTATE_FLAGS)

.PHONY: sim
sim: $(GO_MODULES) ## Replay a run of the agreement's simulator: make sim SEED=7, with KEEP=1,4 only those faults
	@$(if $(SEED),,echo "which seed? make sim SEED=7"; exit 2)
	@go run ./consensus/sim/simulate -seed $(SEED) $(if $(KEEP),-keep $(KEEP))

.PHONY: sim-long
sim-long: $(GO_MODULES) ## Run a million seeds of the simulator (SEEDS=, FIRST=); failing ones are shrunk and printed
	@go run ./consensus/sim/simulate -seeds $(or $(SEEDS),1000000) -first $(or $(FIRST),1)

.PHONY: sim-loop
sim-loop: $(GO_MODULES) ## Live through two years of 2000 pools, SEEDS= from FIRST= on: how late requests are paid, what stays idle, what comes home for nothing: two minutes
	@go run ./report/loopsim/simulate -seeds $(or $(SEEDS),2000) -first $(or $(FIRST),1) $(SIM_FLAGS)

.PHONY: search-profit
search-profit: $(GO_MODULES) ## Search at random for a profit that the price of deposits leaves: a million steps, or STEPS=100000000; SEED=
	@go run ./contracts/profit/search -steps $(or $(STEPS),1000000) -seed $(or $(SEED),1)

.PHONY: bench-consensus
bench-consensus: $(GO_MODULES) ## Measure the agreement: messages, delays, verification, memory; WRITE=1 writes docs/consensus-numbers.md
	@go run ./consensus/sim/simulate -numbers $(if $(WRITE),-write docs/consensus-numbers.md)

.PHONY: test-race
test-race: $(NODE_MODULES) $(GO_MODULES) $(FIXTURES) ## Run the Go tests under the race detector
	go test -race -timeout 60m ./...

FUZZTIME := 10m
.PHONY: fuzz
fuzz: $(GO_MODULES) $(FIXTURES) ## Fuzz every parser for FUZZTIME each, 10m unless told
	@for package in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "== $$package $$target"; \
	    go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package; \
	  done; \
	done

.PHONY: lint
lint: $(NODE_MODULES) $(GO_MODULES) $(LINTERS) ## Check format, go.mod, go vet, linters, workflows and pages; change nothing
	@large=$$(git ls-files -z | xargs -0 stat --format '%s %n' | awk '$$1 > 4000000'); if [ -n "$$large" ]; then \
	  echo "too large for the repository:"; echo "$$large"; exit 1; fi
	@unformatted=$$(gofmt -l $(GO_FILES)); if [ -n "$$unformatted" ]; then \
	  echo "not formatted, run make fmt:"; echo "$$unformatted"; exit 1; fi
	go mod tidy -diff
	cd tools && go mod tidy -diff
	cd tools/release && go mod tidy -diff
	go vet -tags $(TAGS) ./...
	cd tools && go vet ./...
	cd tools/release && go vet ./...
	cd contracts/fixtures && go vet ./...
	.tools/bin/golangci-lint run
	.tools/bin/actionlint -shellcheck= -pyflakes=
	$(FORGE) fmt --check
	go test ./test/docs

# Two modules: each needs its own version of a library that both use.
.tools/bin/golangci-lint .tools/bin/govulncheck: tools/lint/go.mod tools/lint/go.sum
	@mkdir -p $(@D)
	cd tools/lint && go build -o $(CURDIR)/.tools/bin/ tool
	@touch .tools/bin/golangci-lint .tools/bin/govulncheck

.tools/bin/actionlint: tools/actionlint/go.mod tools/actionlint/go.sum
	@mkdir -p $(@D)
	cd tools/actionlint && go build -o $(CURDIR)/.tools/bin/ tool

.PHONY: vuln
vuln: $(GO_MODULES) .tools/bin/govulncheck ## Look for known vulnerabilities in what the programs call; needs https://vuln.go.dev
	@.tools/bin/govulncheck ./... || { status=$$?; \
	  [ $$status = 3 ] || echo "not checked: govulncheck needs its database, https://vuln.go.dev" >&2; exit $$status; }

.PHONY: fmt
fmt: $(NODE_MODULES) ## Format Go and Solidity
	gofmt -w $(GO_FILES)
	$(FORGE) fmt

.PHONY: generate
generate: $(NODE_MODULES) $(SECOND_OPINION) $(GO_MODULES) $(FIXTURES) ## Write what is derived: bindings, storage slots, table of errors, gas, commands, metrics, wire messages, states and branches
	$(FORGE) build --force
	go run ./contracts/generate
	go run ./contracts/gas
	go run ./cmd/oraclenode reference docs/commands.md
	go run ./internal/web/metrics/generate docs/metrics.md
	cd tools && go run ./protogen -root .. p2p/wire/tidemark.proto
	cd tools && go run ./architecture -root .. -out ../docs/architecture.svg
	cd test/secondopinion && LODESTAR_PRESET=minimal node vectors.mjs testdata && LODESTAR_PRESET=mainnet node branches.mjs testdata/branches.json

.PHONY: docs
docs: $(GO_MODULES) ## Write docs/commands.md and docs/metrics.md from the program itself
	go run ./cmd/oraclenode reference docs/commands.md
	go run ./internal/web/metrics/generate docs/metrics.md
	cd tools && go run ./protogen -root .. p2p/wire/tidemark.proto

.PHONY: architecture
architecture: $(GO_MODULES) ## Draw docs/architecture.svg from the import graph
	cd tools && go run ./architecture -root .. -out ../docs/architecture.svg

.PHONY: gas
gas: $(GO_MODULES) $(FIXTURES) ## Measure the gas of reports and write docs/gas.md
	go run ./contracts/gas

.PHONY: bench-ingest
bench-ingest: $(GO_MODULES) ## Measure the reading of a state of mainnet's size against others and write docs/ingest.md; takes minutes and 3 GB of disk
	go run ./test/bench -write docs/ingest.md $(BENCH_FLAGS)

.PHONY: bench-node
bench-node: $(GO_MODULES) ## Measure committees as processes: steps of a round, certificates, memory; WRITE=1 writes docs/performance.md: seven minutes
	@go run ./test/devnet/measure $(if $(WRITE),-write docs/performance.md) $(BENCH_FLAGS)

.PHONY: check-generated
check-generated: ## Prove that generating again changes nothing
	@before=$$(tools/tree-id); $(MAKE) --no-print-directory generate; after=$$(tools/tree-id); \
	if [ "$$before" != "$$after" ]; then \
	  echo "generated files were stale; commit what make generate wrote:"; git diff --stat "$$before" "$$after"; exit 1; fi; \
	echo "generated files are up to date"

.PHONY: test-browser
test-browser: $(GO_MODULES) $(FIXTURES) ## Test the dashboard in a real Chromium, installed if missing, with a devnet too; pictures go to .tools/screenshots: four minutes
	tools/chromium
	SCREENSHOTS=$(CURDIR)/.tools/screenshots go test -tags browser -count=1 -timeout 45m -v ./internal/web/dashboard/browser

.PHONY: testnet-clients
testnet-clients: $(TESTNET_CLIENTS) $(FULU_CLIENTS) ## Build geth and Prysm for the real network, once: minutes

# Needs Go and a C compiler only; the linker's warning about an executable stack comes from a library that Prysm links.
$(TESTNET_BIN)/.%: test/testnet/%/go.mod test/testnet/%/go.sum
	@mkdir -p $(@D)
	cd test/testnet/$* && go build -o $(CURDIR)/$(TESTNET_BIN)/ tool
	@touch $@

# The same programs of a newer Prysm.
$(TESTNET_BIN)/fulu/.prysm7: test/testnet/prysm7/go.mod test/testnet/prysm7/go.sum
	@mkdir -p $(@D)
	cd test/testnet/prysm7 && go build -o $(CURDIR)/$(@D)/ tool
	@touch $@

.PHONY: testnet-up
testnet-up: $(FORK_CLIENTS) ## Start a real Ethereum network in the background (FORK=fulu: the newest client; FORK=gloas: over the fork); ready when finalized: two minutes, or five
	@$(TESTNET) up -dir .tools/testnet -binaries $(TESTNET_BIN) -fork $(FORK)

.PHONY: testnet
testnet: testnet-up ## Start a real network (FORK=fulu, FORK=gloas) and deploy Tidemark on it: prints what a member needs to join: four minutes
	@$(TESTNET) deploy -dir .tools/testnet

.PHONY: testnet-down
testnet-down: ## Stop the real network, if it runs
	@if [ -e .tools/testnet/lock ]; then $(TESTNET) down -dir .tools/testnet; else echo "No network runs."; fi

.PHONY: test-testnet
test-testnet: test-fulu test-gloas ## Test the real network at Fulu, and over the fork to Gloas: 25 minutes

.PHONY: test-fulu
test-fulu: $(FULU_CLIENTS) ## Test the real network at Fulu: start, finality, deposit, missed slot, stop; one frame joined, reported, recomputed
	go build -o $(TESTNET_BIN)/ ./cmd/...
	TESTNET_FORK=fulu TESTNET_BINARIES=$(CURDIR)/$(TESTNET_BIN) ORACLENODE=$(CURDIR)/$(TESTNET_BIN)/oraclenode go test -tags testnet -count=1 -timeout 50m -v -p 2 \
	  -run 'TestNetworkKeepsItsPromises|TestOneFrameIsJoinedReportedAndRecomputed' ./test/testnet/suite ./test/testnet/story

.PHONY: test-gloas
test-gloas: $(GLOAS_CLIENTS) ## Test the frames over the fork to Gloas, with payloads withheld: geth, and a consensus client's own state transition
	go build -o $(TESTNET_BIN)/ ./cmd/...
	TESTNET_FORK=gloas TESTNET_TRANSITION=$(CURDIR)/test/secondopinion/beaconnode TESTNET_BINARIES=$(CURDIR)/$(TESTNET_BIN) ORACLENODE=$(CURDIR)/$(TESTNET_BIN)/oraclenode \
	  go test -tags testnet -count=1 -timeout 50m -v -run TestFramesOverTheForkToGloas ./test/testnet/story

.PHONY: test-story
test-story: $(FORK_CLIENTS) ## Live the life of an oracle set on the real network, with its incidents: half an hour; FORK=fulu at the newest client's: an hour
	go build -o $(TESTNET_BIN)/ ./cmd/...
	TESTNET_FORK=$(FORK) TESTNET_BINARIES=$(CURDIR)/$(TESTNET_BIN) ORACLENODE=$(CURDIR)/$(TESTNET_BIN)/oraclenode go test -tags testnet -count=1 -timeout 150m -v -run TestLifeOfAnOracleSet ./test/testnet/story

.PHONY: clean
clean: testnet-down ## Remove everything that was built or installed here
	rm -rf bin dist .tools contracts/out contracts/cache contracts/node_modules contracts/test/fixtures test/secondopinion/node_modules

# The commands of the README, and those that keep the project in order.

.PHONY: run test fuzz lint deny dockerfile schema bench bench-import chaos lighthouse

# Vite and the tests in `tests/node` take this version.
HAS_NODE := $(shell node -e 'const [a, b] = process.versions.node.split("."); if (a > 20 || (a == 20 && b >= 19)) console.log("yes")' 2>/dev/null)
# What is left out without Node, or where npm reaches no registry, is said loudly; CI leaves nothing out.
skip = { printf '\n*** SKIPPED: %s\n\n' "$(1)" >&2; [ -z "$$PODIUM_REQUIRE_NODE" ]; }

# Answer questions on http://127.0.0.1:8000/graphql, with the results as pages at /, an explorer at /explorer/, and the data inside.
run: web/dist/index.html
	cargo run --release --package podium

# Everything that is promised, on SQLite and PostgreSQL, and what other programs make of it.
test: web/dist/index.html bench/peers/node_modules
	cargo test --workspace --no-fail-fast
	@if [ -z "$(HAS_NODE)" ]; then \
		$(call skip,no Node 20.19 or later: no other program was asked what it makes of Podium); \
	elif ! (cd tests/node && npm ci --no-audit --no-fund --silent); then \
		$(call skip,npm installs nothing here: no other program was asked what it makes of Podium); \
	else \
		cd tests/node && npm test --silent; \
	fi

# The pages, which the server embeds; without Node the server sends an explorer that the browser fetches from elsewhere.
WEB := $(shell find web -name node_modules -prune -o -path web/dist -prune -o -path web/src/site/gql -prune -o -type f -print)
web/dist/index.html: $(WEB) schema.graphql $(wildcard tests/readme/*.graphql)
	@if [ -z "$(HAS_NODE)" ]; then \
		$(call skip,no Node 20.19 or later: there will be no pages, and the browser fetches the explorer from a CDN); \
	elif ! (cd web && npm ci --no-audit --no-fund --silent); then \
		$(call skip,npm installs nothing here: there will be no pages, and the browser fetches the explorer from a CDN); \
	else \
		cd web && npm run --silent build && touch ../$@; \
	fi

# Random documents for MINUTES minutes: nothing panics, and what is valid for graphql-js is valid here.
fuzz: MINUTES ?= 5
fuzz:
	cargo build --package podium
	cd tests/node && npm ci --no-audit --no-fund --silent && PODIUM_FUZZ_MINUTES=$(MINUTES) node --test fuzz.test.mjs
	PODIUM_FUZZ_CASES=$$(( $(MINUTES) * 10000 )) cargo test --package podium-tests fuzz

# Lighthouse over a page of each kind; npx fetches it. Fails below 95.
lighthouse: web/dist/index.html
	cargo build --release --package podium
	cd tests/node && npm ci --no-audit --no-fund --silent && PODIUM_BIN="$(CURDIR)/target/release/podium" node lighthouse.mjs

# The state in which a change may land.
lint: deny dockerfile
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --locked

# Licences, sources and duplicates of the dependencies, and advisories where their database can be fetched.
deny:
	@if ! command -v cargo-deny >/dev/null; then \
		$(call skip,no cargo-deny: licences and duplicates of the dependencies were not checked); \
	else \
		cargo deny --locked --log-level error check --hide-inclusion-graph licenses bans sources && \
		if cargo deny --locked --log-level error fetch db 2>/dev/null; then \
			cargo deny --locked --log-level error check --hide-inclusion-graph advisories; \
		else \
			printf '\n*** SKIPPED: no database of advisories can be fetched here\n\n' >&2; [ -z "$$PODIUM_REQUIRE_ADVISORIES" ]; \
		fi; \
	fi

# Lints the Dockerfile.
dockerfile:
	@if ! command -v hadolint >/dev/null; then \
		$(call skip,no hadolint: the Dockerfile was not checked); \
	else \
		hadolint Dockerfile; \
	fi

# Write the schema that the server has; read the difference before you commit it.
schema:
	cargo run --quiet --package podium -- schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

# What five questions cost, cached and uncached, on both databases beside fixed bytes, one statement and another GraphQL server.
# ARGS="1 10 --connections 1000" asks for more.
bench: bench/peers/node_modules
	cargo build --release --package podium
	cargo bench --package podium-bench --bench questions -- $(ARGS)

# The other GraphQL server of `make bench`.
bench/peers/node_modules: bench/peers/package-lock.json
	@if [ -z "$(HAS_NODE)" ]; then \
		$(call skip,no Node 20.19 or later: no other GraphQL server takes part in the benchmark); \
	elif ! (cd bench/peers && npm ci --no-audit --no-fund --silent && touch node_modules); then \
		$(call skip,npm installs nothing here: no other GraphQL server takes part in the benchmark); \
	fi

# What an import and the main questions cost as the history grows; `bench/README.md` says what it needs, and COPIES="1 2" is quicker.
bench-import:
	cargo build --release --package podium
	cargo bench --package podium-bench --bench import -- $(COPIES)

# Makes a server fail on purpose, and says which promises it keeps; MINUTES is how long the overload lasts (1).
chaos: MINUTES ?= 1
chaos:
	cargo build --release --package podium
	cargo bench --package podium-bench --bench chaos -- $(MINUTES)

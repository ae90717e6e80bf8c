# The commands of the README, and those that keep the project in order.

.PHONY: run test lint schema

# Answer questions on http://127.0.0.1:8000/graphql, with an explorer at / and the data inside.
run: web/dist/index.html
	cargo run --release --package podium-api --bin podium

# Everything that is promised, on SQLite and PostgreSQL, and what other programs make of it.
test: web/dist/index.html
	cargo test --workspace --no-fail-fast
	@if command -v npm >/dev/null; then \
		cd tests/node && npm ci --no-audit --no-fund --silent && npm test --silent; \
	elif [ -n "$(PODIUM_REQUIRE_NODE)" ]; then \
		echo "no Node: install it to see what other programs make of Podium" >&2; exit 1; \
	else \
		printf '\n*** SKIPPED: no Node, so the reference implementation, HTTP audits, browser, gateway and typed client were not asked\n\n'; \
	fi

# The explorer, which the server embeds; without Node the server sends a page that fetches it from elsewhere.
web/dist/index.html: web/index.html web/main.jsx web/vite.config.mjs web/package-lock.json $(wildcard web/public/* tests/queries/readme/*.graphql)
	@if command -v npm >/dev/null && (cd web && npm ci --no-audit --no-fund --silent && npm run --silent build) >&2; then \
		touch $@; \
	elif [ -n "$(PODIUM_REQUIRE_NODE)" ]; then \
		echo "the explorer was not built: it takes Node 20 with npm" >&2; exit 1; \
	else \
		printf '\n*** SKIPPED: the explorer was not built, which takes Node 20 with npm\n\n' >&2; \
	fi

# The state in which a change may land.
lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --locked

# Write the schema that the server has; read the difference before you commit it.
schema:
	cargo run --quiet --package podium-api --bin podium -- schema > schema.graphql.new
	mv schema.graphql.new schema.graphql

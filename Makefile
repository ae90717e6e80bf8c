# The commands of the README, and those that keep the project in order.

.PHONY: run test lint schema

# Answer questions on http://127.0.0.1:8000/graphql, with the data inside.
run:
	cargo run --release --package podium-api --bin podium

# Everything that is promised, on SQLite and PostgreSQL.
test:
	cargo test --workspace --no-fail-fast
	@if command -v npm >/dev/null; then \
		cd tests/graphql-js && npm ci --no-audit --no-fund --silent && npm run --silent check; \
	elif [ -n "$(PODIUM_REQUIRE_NODE)" ]; then \
		echo "no Node: install it to hold the documents against graphql-js" >&2; exit 1; \
	else \
		printf '\n*** SKIPPED: no Node, so the documents were not held against graphql-js\n\n'; \
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

# Podium with every medal inside, on a root file system that may be read-only:
#   docker build -t podium . && docker run --rm --read-only -p 8000:8000 podium

FROM node:20-bookworm-slim AS pages
WORKDIR /podium/web
COPY web .
COPY tests/readme ../tests/readme
COPY schema.graphql ../
RUN npm ci --no-audit --no-fund && npm run build

FROM rust:1.95-slim-bookworm AS program
# Debian keeps only the newest version of a package.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /podium
COPY . .
COPY --from=pages /podium/web/dist web/dist
RUN cargo build --release --locked --package podium
# The data is loaded once, here, so that a container starts at once and writes nothing.
RUN mkdir /data && target/release/podium prepare --database-url 'sqlite:///data/podium.db?mode=rwc'

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=program /podium/target/release/podium /usr/local/bin/podium
COPY --from=program --chown=nonroot:nonroot /data /data
# `nonroot`, by the number that Kubernetes can check.
USER 65532
ENV DATABASE_URL=sqlite:///data/podium.db?mode=ro LISTEN=0.0.0.0:8000 OPERATIONS_LISTEN=0.0.0.0:9000
EXPOSE 8000 9000
ENTRYPOINT ["/usr/local/bin/podium"]

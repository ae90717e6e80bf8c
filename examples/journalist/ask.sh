#!/bin/sh
# Asks a running server the questions of a data journalist, one document each, and prints the answers.
# Usage: ask.sh [URL], by default http://127.0.0.1:8000/graphql. Needs curl and node.
set -eu
url=${1:-http://127.0.0.1:8000/graphql}
cd "$(dirname "$0")/../../tests/journalist"
for document in *.graphql; do
    printf '\n== %s\n' "$(sed -n '1s/^# //p' "$document")"
    node -e 'console.log(JSON.stringify({ query: require("fs").readFileSync(process.argv[1], "utf8") }))' "$document" |
        curl -sS --fail-with-body "$url" -H 'content-type: application/json' --data-binary @- |
        node -e 'let text = ""; process.stdin.on("data", (part) => (text += part)).on("end", () => console.log(JSON.stringify(JSON.parse(text).data, null, 1)))'
done

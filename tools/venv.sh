#!/usr/bin/env bash
# Builds the virtual environment .venv from hashed requirements. Usage: tools/venv.sh REQUIREMENTS
set -eu
cd "$(dirname "$0")/.."
requirements=$1
find_python() {
  for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
    [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 || continue
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Python 3.11 or newer is needed." >&2
  exit 1
}
python=$(find_python)
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  tools/system_packages.sh "/nowhere=python3-venv"
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
# The lock is whole, so nothing is resolved: an older pip would ask for hashes of releases newer than the pinned ones.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$requirements"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .

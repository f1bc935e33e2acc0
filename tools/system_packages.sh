#!/usr/bin/env bash
# Makes sure that system programs are there: installs them with apt as root, else says in one line what to install.
# Usage: tools/system_packages.sh PROGRAM=PACKAGE…   (PROGRAM may be a path with * or a command)
set -eu
missing=()
for pair in "$@"; do
  program=${pair%%=*}
  package=${pair#*=}
  if ! command -v "$program" >/dev/null 2>&1 && ! compgen -G "$program" >/dev/null; then
    missing+=("$package")
  fi
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing system packages: ${missing[*]}" >&2
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "Please install these system packages and run the command again: ${missing[*]}" >&2
  exit 1
fi

#!/usr/bin/env bash
# Starts a private PostgreSQL in a temporary folder, runs the given command with DATABASE_URL, stops it.
set -eu
cd "$(dirname "$0")/.."
tools/system_packages.sh "/usr/lib/postgresql/*/bin/initdb=postgresql"
bin=$(dirname "$(ls -d /usr/lib/postgresql/*/bin/initdb | sort -V | tail -1)")
folder=$(mktemp -d /tmp/msoko-postgresql.XXXXXX)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then  # initdb refuses to run as root
  chown postgres "$folder"
  as_owner() { su postgres -s /bin/sh -c "$(printf '%q ' "$@")"; }
fi
stop() {
  as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
as_owner "$bin/initdb" -D "$folder/data" -U msoko --auth=trust -E UTF8 --locale-provider=icu --icu-locale=ru-RU --locale=C.UTF-8 >/dev/null
as_owner "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null
as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U msoko msoko
DATABASE_URL="postgresql://msoko@127.0.0.1:$port/msoko" "$@"

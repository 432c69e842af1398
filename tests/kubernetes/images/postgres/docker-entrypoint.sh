#!/bin/bash
# Stands in for the entry point of the official postgres image: the same variables, users, folders and order of steps.
set -euo pipefail

# secret NAME: the variable of this name, or the content of the file that NAME_FILE names.
secret() {
  local file_variable=$1_FILE
  if [ -n "${!file_variable:-}" ]; then
    [ -z "${!1:-}" ] || { echo "error: both $1 and $file_variable are set" >&2 && exit 1; }
    printf -v "$1" '%s' "$(<"${!file_variable}")"
  fi
  export "$1=${!1:-${2:-}}"
  unset "$file_variable"
}

# A statement that fails ends the start.
query() { psql -v ON_ERROR_STOP=1 --no-password --no-psqlrc --username "$POSTGRES_USER" "$@"; }

initialise() {
  secret POSTGRES_PASSWORD
  if [ -z "$POSTGRES_PASSWORD" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
    echo "error: the database is new and POSTGRES_PASSWORD or POSTGRES_PASSWORD_FILE is not set" >&2
    exit 1
  fi
  # shellcheck disable=SC2086
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") ${POSTGRES_INITDB_ARGS:-}
  echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
  export PGPASSWORD=${PGPASSWORD:-$POSTGRES_PASSWORD}
  pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -c ssl=off" -w start
  if [ "$POSTGRES_DB" != postgres ]; then
    query --dbname postgres --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
  fi
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
    *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
    *.sql) query --dbname "$POSTGRES_DB" -f "$file" ;;
    *.sql.gz) gunzip -c "$file" | query --dbname "$POSTGRES_DB" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
  echo "PostgreSQL init process complete; ready for start up."
}

[ "${1:0:1}" != - ] || set -- postgres "$@"
if [ "$1" = postgres ]; then
  secret POSTGRES_USER postgres
  secret POSTGRES_DB "$POSTGRES_USER"
  mkdir -p "$PGDATA" && chmod 0700 "$PGDATA" || true
  if [ "$(id -u)" = 0 ]; then
    chown -R postgres "$PGDATA" /var/run/postgresql
    exec setpriv --reuid=999 --regid=999 --clear-groups "$0" "$@"
  fi
  [ -s "$PGDATA/PG_VERSION" ] || initialise
  # The official image is stopped by SIGINT, which ends open connections; here SIGTERM is turned into it.
  "$@" &
  server=$!
  trap 'kill -INT "$server"' TERM INT
  trap 'kill -HUP "$server"' HUP
  until wait "$server"; code=$?; ! kill -0 "$server" 2>/dev/null; do :; done
  exit "$code"
fi
exec "$@"

# Read by backup.sh and restore.sh: the settings of the services as those of PostgreSQL's own programs.
set -euo pipefail
export PGHOST=$DAYTRADE_DATABASE_HOST PGPORT=$DAYTRADE_DATABASE_PORT PGDATABASE=$DAYTRADE_DATABASE_NAME
export PGUSER=$DAYTRADE_DATABASE_USER PGPASSWORD=$DAYTRADE_DATABASE_PASSWORD PGCONNECT_TIMEOUT=10
if [ "${DAYTRADE_DATABASE_TLS:-verify}" = verify ]; then
  export PGSSLMODE=verify-full PGSSLROOTCERT=${DAYTRADE_DATABASE_CA_FILE:-system}
fi
folder=/backup
say() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"; }

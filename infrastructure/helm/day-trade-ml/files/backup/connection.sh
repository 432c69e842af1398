# Read by backup.sh and restore.sh: the address of the services as the variables of PostgreSQL's own programs.
set -euo pipefail
[[ $DAYTRADE_DATABASE_URL =~ ^postgres(ql)?://([^@/]+)@([^/?:]+):([0-9]+)/([^?]+)\?(.*)$ ]]
export PGUSER=${BASH_REMATCH[2]} PGHOST=${BASH_REMATCH[3]} PGPORT=${BASH_REMATCH[4]} PGDATABASE=${BASH_REMATCH[5]}
export PGPASSWORD=$DAYTRADE_DATABASE_PASSWORD PGCONNECT_TIMEOUT=10 PGSSLROOTCERT=system
for parameter in ${BASH_REMATCH[6]//&/ }; do
  case $parameter in
    sslmode=*) export PGSSLMODE=${parameter#*=} ;;
    sslrootcert=*) export PGSSLROOTCERT=${parameter#*=} ;;
  esac
done
if [ "$PGSSLMODE" = disable ]; then unset PGSSLROOTCERT; fi
folder=/backup
say() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"; }

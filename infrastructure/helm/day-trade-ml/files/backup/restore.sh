# Replaces the database's content with a backup in /backup: RESTORE_FILE, or the newest. One transaction: all or
# nothing.
. /opt/backup/connection.sh
file=${RESTORE_FILE:-newest}
if [ "$file" = newest ]; then file=$(find "$folder" -maxdepth 1 -name 'daytrade-*.dump' -printf '%f\n' | sort | tail -n 1); fi
if [ -z "$file" ] || [ ! -f "$folder/$file" ]; then
  say "there is no backup '${file:-daytrade-*.dump}'; there are:"
  ls -l "$folder"
  exit 1
fi
(cd "$folder" && sha256sum --check --strict "$file.sha256")
until pg_isready --quiet; do
  [ "$SECONDS" -lt "${RESTORE_WAIT_SECONDS:-300}" ] || { say "gave up waiting for $PGHOST:$PGPORT"; exit 1; }
  sleep 1
done
say "restoring $file to $PGDATABASE on $PGHOST"
started=$SECONDS
pg_restore --dbname="$PGDATABASE" --clean --if-exists --no-owner --no-privileges --single-transaction --exit-on-error "$folder/$file"
psql --quiet --command='ANALYZE'
say "restored $file in $((SECONDS - started)) s"

# Writes one backup of the database to /backup, whole or not at all, and removes old ones. Exits non-zero on any
# failure.
. /opt/backup/connection.sh
name=daytrade-$(date -u +%Y%m%dT%H%M%SZ).dump
partial=$folder/.$name.partial
trap 'rm -f "$partial" "$partial.sha256"' EXIT
find "$folder" -maxdepth 1 -name '.daytrade-*.partial*' -mmin +1440 -delete

# The large content, models and bars, is already compressed.
pg_dump --format=custom --compress=1 --no-owner --no-privileges --file="$partial"
pg_restore --list "$partial" >/dev/null
checksum=$(sha256sum <"$partial")
echo "${checksum%% *}  $name" >"$partial.sha256"
sync "$partial" "$partial.sha256"
# The checksum first: every backup under its final name can be checked.
mv "$partial.sha256" "$folder/$name.sha256"
mv "$partial" "$folder/$name"
sync "$folder"
echo "$name" >"$folder/.newest.partial"
mv "$folder/.newest.partial" "$folder/newest"
say "wrote $name, $(stat -c %s "$folder/$name") bytes, sha256 ${checksum%% *}"

kept=0
find "$folder" -maxdepth 1 -name 'daytrade-*.dump' -printf '%f\n' | sort -r | while read -r file; do
  kept=$((kept + 1))
  if [ "$kept" -gt "$BACKUP_KEEP_AT_LEAST" ] && [ -n "$(find "$folder/$file" -mtime "+$BACKUP_RETENTION_DAYS")" ]; then
    rm -f "$folder/$file" "$folder/$file.sha256"
    say "removed $file, older than $BACKUP_RETENTION_DAYS days"
  fi
done

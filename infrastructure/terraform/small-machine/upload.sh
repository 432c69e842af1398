#!/bin/bash
# Sends the newest backup to the bucket as an archive, in parts of 4 GB since a request takes no more than 5.
set -euo pipefail
cd /var/lib/day-trade/backups
# A backup is complete when it has its checksums.
newest=$(find . -mindepth 2 -maxdepth 2 -name SHA256SUMS -printf '%h\n' | sort | tail -n 1)
[ -n "$newest" ] || { echo "upload: no complete backup in $PWD" >&2; exit 1; }
export part=$PWD/../upload.part
trap 'rm -f "$part"' EXIT
tar --create "$newest" |
  split --bytes=4G --filter='cat >"$part" && /usr/local/lib/day-trade/put "$part" "$FILE"' - "${newest#./}.tar."

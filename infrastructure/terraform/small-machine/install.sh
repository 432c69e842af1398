#!/bin/sh
# install URL SHA256: puts a release in the place of the one that runs. The data stay where they are.
set -eu
work=$(mktemp --directory)
trap 'rm -rf "$work"' EXIT
# On AWS the machine has its address, and with it a way out, some seconds after its start.
curl --fail --silent --show-error --location --proto '=https' --connect-timeout 10 --retry 30 --retry-delay 5 \
  --retry-all-errors --output "$work/archive" "$1"
echo "$2  $work/archive" | sha256sum --check --status || { echo "install: the archive is not the one of $2" >&2; exit 1; }
folder=/opt/day-trade/$2
mkdir -p "$folder"
tar --extract --gzip --no-same-owner --strip-components=1 --directory "$folder" --file "$work/archive"
ln --symbolic --force --no-dereference "$folder" /opt/day-trade/current
systemctl restart day-trade.service
find /opt/day-trade -mindepth 1 -maxdepth 1 -type d ! -path "$folder" -exec rm -rf {} +

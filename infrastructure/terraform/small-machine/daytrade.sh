#!/bin/sh
# The commands of the platform, as the user that it runs as.
cd /var/lib/day-trade
exec sudo --user=day-trade --set-home DAYTRADE_HOME=/var/lib/day-trade /opt/day-trade/current/daytrade "$@"

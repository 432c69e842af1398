#!/usr/bin/env bash
# Gives keys of the Secret day-trade-secrets new random values, to the servers and to the pods, while they serve:
#
#   infrastructure/kubernetes/rotate-secrets.sh NAMESPACE database-password redis-password token
#
# No value is on a command line or printed. After an interruption run it again: every step sets a value, whatever it was
# before.
set -euo pipefail
umask 077

namespace=${1:?usage: rotate-secrets.sh NAMESPACE database-password|redis-password|token...}
shift
secret=day-trade-secrets

in_namespace() { kubectl --namespace "$namespace" "$@"; }
say() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*"; }

# 40 characters, as the chart makes them.
random() { head -c 30 /dev/urandom | base64 | tr '+/' 'ab'; }

store() { # KEY VALUE
  printf '{"data":{"%s":"%s"}}' "$1" "$(printf %s "$2" | base64 -w0)" |
    in_namespace patch secret "$secret" --patch-file=/dev/stdin >/dev/null
}

# With canary.enabled a Rollout has the pods of a Deployment. Its version stays the same, so there is nothing to judge.
restart() { # DEPLOYMENT...
  local part now
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  for part in "$@"; do
    if is_rollout "$part"; then
      in_namespace patch "rollout/$part" --type=merge --patch="{\"spec\":{\"restartAt\":\"$now\"}}" >/dev/null
    else
      in_namespace rollout restart "deployment/$part" >/dev/null
    fi
  done
  for part in "$@"; do
    if is_rollout "$part"; then
      in_namespace wait "rollout/$part" --for=jsonpath='{.status.restartedAt}'="$now" --timeout=600s >/dev/null
      in_namespace wait "rollout/$part" --for=jsonpath='{.status.phase}'=Healthy --timeout=600s >/dev/null
    else
      in_namespace rollout status "deployment/$part" --timeout=600s >/dev/null
    fi
  done
}

is_rollout() { in_namespace get "rollout/$1" --output=name >/dev/null 2>&1; } # DEPLOYMENT

# Runs lines of standard input in Redis, by whichever password the pod's file has by now.
in_redis() {
  in_namespace exec --stdin redis-0 -- sh -euc '
    REDISCLI_AUTH=$(cat /run/secrets/day-trade/password/redis-password)
    export REDISCLI_AUTH
    tls=/run/secrets/day-trade/tls/ca.crt
    [ -e "$tls" ] && set -- --tls --cacert "$tls"
    exec redis-cli -h localhost --no-auth-warning -e "$@"' redis
}

# PostgreSQL has one password per role. Open connections stay; a pod that opens another before its turn to restart
# cannot.
rotate_database() {
  local value
  value=$(random)
  store database-password "$value"
  printf "alter role daytrade password '%s';\n" "$value" |
    in_namespace exec --stdin postgresql-0 -- psql --quiet --username=daytrade --dbname=daytrade --set=ON_ERROR_STOP=1
  say 'database-password: changed in PostgreSQL and in the Secret; pods restart'
  restart ml-service data-service scheduler-service worker
}

# Redis takes the old password and the new one until every pod has the new one, and so does its own file, which probes
# read.
rotate_redis() {
  local value
  value=$(random)
  printf 'ACL SETUSER default >%s\n' "$value" | in_redis >/dev/null
  store redis-password "$value"
  say 'redis-password: Redis takes the old one and the new one; pods restart'
  restart ml-service data-service scheduler-service worker
  say 'redis-password: waits until the pod of Redis has the new file (a minute or two)'
  until [ "$(in_namespace exec redis-0 -- cat /run/secrets/day-trade/password/redis-password)" = "$value" ]; do sleep 2; done
  printf 'CONFIG SET requirepass %s\n' "$value" | in_redis >/dev/null
}

# Until the last pod is replaced, a pod with one token refuses a pod with the other.
rotate_token() {
  store token "$(random)"
  say 'token: changed in the Secret; pods restart'
  restart ml-service data-service scheduler-service worker dashboard
}

[ $# -gt 0 ] || { echo 'name what is to change: database-password, redis-password, token' >&2; exit 2; }
for key in "$@"; do
  case $key in
    database-password) rotate_database ;;
    redis-password) rotate_redis ;;
    token) rotate_token ;;
    *) echo "$key: must be database-password, redis-password or token" >&2; exit 2 ;;
  esac
  say "$key: done"
done

{{/* What every part reads, whatever it asks. Argument: root. */}}
{{- define "day-trade.commonSettings" -}}
DAYTRADE_HOST: 0.0.0.0
DAYTRADE_STATE_DIR: /var/lib/day-trade
{{- if include "day-trade.userVolumes" . | trim }}
DAYTRADE_USER_FOLDER: /var/lib/day-trade-user
{{- end }}
DAYTRADE_SERVICES: ml=http://ml-service:8000,data=http://data-service:8001,scheduler=http://scheduler-service:8002
{{- range $name, $value := .Values.settings }}
{{- if not (include "day-trade.isOfNotices" $name) }}
{{ $name }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/*
Where the database is and how it is asked. The migration has these of its own: before an upgrade the ConfigMap is still
the old one.
*/}}
{{- define "day-trade.databaseSettings" -}}
{{- $external := .Values.externalDatabase -}}
{{- $tls := .Values.postgresql.enabled | ternary .Values.tls.mode $external.tls -}}
{{- $parameters := list (eq $tls "off" | ternary "sslmode=disable" "sslmode=verify-full") -}}
{{- if include "day-trade.databaseAuthority" . }}
{{- $parameters = append $parameters "sslrootcert=/etc/day-trade/authorities/database.crt" }}
{{- end }}
{{- if and (not .Values.postgresql.enabled) (ne $external.authentication "password") }}
{{- $parameters = append $parameters (printf "authentication=%s" $external.authentication) }}
{{- end }}
{{- if ne (int .Values.databasePool) 10 }}
{{- $parameters = append $parameters (printf "pool=%v" .Values.databasePool) }}
{{- end }}
{{- $server := "postgres://daytrade@postgresql:5432/daytrade" -}}
{{- if not .Values.postgresql.enabled }}
{{- $scheme := eq $external.engine "sqlserver" | ternary "sqlserver" "postgres" }}
{{- $server = printf "%s://%s@%s:%v/%s" $scheme $external.user $external.host $external.port $external.name }}
{{- end -}}
DAYTRADE_DATABASE_URL: {{ printf "%s?%s" $server (join "&" $parameters) | quote }}
{{- end }}

{{- define "day-trade.redisSettings" -}}
{{- $external := .Values.externalRedis -}}
{{- $tls := .Values.redis.enabled | ternary .Values.tls.mode $external.tls -}}
{{- $scheme := eq $tls "off" | ternary "redis" "rediss" -}}
{{- $parameters := list -}}
{{- if include "day-trade.redisAuthority" . }}
{{- $parameters = append $parameters "ca=/etc/day-trade/authorities/redis.crt" }}
{{- end }}
{{- $server := printf "%s://redis:6379" $scheme -}}
{{- if not .Values.redis.enabled }}
{{- if ne $external.authentication "password" }}
{{- $parameters = append $parameters (printf "authentication=%s" $external.authentication) }}
{{- end }}
{{- $user := empty $external.user | ternary "" (printf "%s@" $external.user) }}
{{- $server = printf "%s://%s%s:%v" $scheme $user $external.host $external.port }}
{{- end -}}
DAYTRADE_REDIS_URL: {{ printf "%s%s%s" $server (empty $parameters | ternary "" "?") (join "&" $parameters) | quote }}
{{- end }}

{{- define "day-trade.objectSettings" -}}
{{- $s3 := .Values.objects.s3 -}}
{{- $place := .Values.objects.store -}}
{{- if eq $place "s3" }}
{{- $parameters := list -}}
{{- with $s3.region }}{{ $parameters = append $parameters (printf "region=%s" .) }}{{ end }}
{{- with $s3.endpoint }}{{ $parameters = append $parameters (printf "endpoint=%s" .) }}{{ end }}
{{- $path := empty $s3.prefix | ternary "" (printf "/%s" $s3.prefix) }}
{{- $place = printf "s3://%s%s%s%s" $s3.bucket $path (empty $parameters | ternary "" "?") (join "&" $parameters) }}
{{- end }}
{{- if eq $place "azure-blob" }}{{ $place = .Values.objects.blob.container }}{{ end -}}
DAYTRADE_OBJECTS: {{ $place | quote }}
{{- with $s3.region }}
{{- if eq $.Values.objects.store "s3" }}
AWS_REGION: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/*
Name of the Secret whose ca.crt the database's certificate is checked with; empty: the trusted authorities of Node.
*/}}
{{- define "day-trade.databaseAuthority" -}}
{{- if .Values.postgresql.enabled -}}
{{- if ne .Values.tls.mode "off" }}{{ include "day-trade.tlsSecretName" . }}{{ end -}}
{{- else -}}
{{ .Values.externalDatabase.caSecret }}
{{- end -}}
{{- end }}

{{- define "day-trade.redisAuthority" -}}
{{- if .Values.redis.enabled -}}
{{- if ne .Values.tls.mode "off" }}{{ include "day-trade.tlsSecretName" . }}{{ end -}}
{{- else -}}
{{ .Values.externalRedis.caSecret }}
{{- end -}}
{{- end }}

{{/* The volume with the authorities; empty where there are none. Argument: root. */}}
{{- define "day-trade.authorityVolume" -}}
{{- $database := include "day-trade.databaseAuthority" . -}}
{{- $redis := include "day-trade.redisAuthority" . -}}
{{- if or $database $redis -}}
- name: authorities
  projected:
    defaultMode: 0444
    sources:
      {{- with $database }}
      - secret: { name: {{ . }}, items: [{ key: ca.crt, path: database.crt }] }
      {{- end }}
      {{- with $redis }}
      - secret: { name: {{ . }}, items: [{ key: ca.crt, path: redis.crt }] }
      {{- end }}
{{- end }}
{{- end }}

{{/* Changes when what pods read at their start changes, so that an upgrade starts them anew. */}}
{{- define "day-trade.settingsChecksum" -}}
day-trade/settings: {{ include (print .Template.BasePath "/settings.yaml") . | sha256sum | trunc 16 }}
{{- end }}

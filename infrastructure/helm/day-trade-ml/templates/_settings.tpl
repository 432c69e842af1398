{{/* What every part reads, whatever it asks. Argument: root. */}}
{{- define "day-trade.commonSettings" -}}
DAYTRADE_HOST: 0.0.0.0
DAYTRADE_STATE_DIR: /var/lib/day-trade
DAYTRADE_ML_URL: http://ml-service:8000
DAYTRADE_DATA_URL: http://data-service:8001
DAYTRADE_SCHEDULER_URL: http://scheduler-service:8002
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
{{- if .Values.postgresql.enabled }}
DAYTRADE_DATABASE_HOST: postgresql
DAYTRADE_DATABASE_PORT: "5432"
DAYTRADE_DATABASE_NAME: daytrade
DAYTRADE_DATABASE_USER: daytrade
DAYTRADE_DATABASE_AUTHENTICATION: password
DAYTRADE_DATABASE_TLS: {{ eq .Values.tls.mode "off" | ternary "off" "verify" | quote }}
{{- else }}
{{- if eq $external.engine "sqlserver" }}
DAYTRADE_DATABASE_URL: {{ printf "sqlserver://%s:%v" $external.host $external.port | quote }}
{{- else }}
DAYTRADE_DATABASE_HOST: {{ $external.host | quote }}
DAYTRADE_DATABASE_PORT: {{ $external.port | quote }}
{{- end }}
DAYTRADE_DATABASE_NAME: {{ $external.name | quote }}
DAYTRADE_DATABASE_USER: {{ $external.user | quote }}
DAYTRADE_DATABASE_AUTHENTICATION: {{ $external.authentication }}
DAYTRADE_DATABASE_TLS: {{ $external.tls | quote }}
{{- end }}
{{- if include "day-trade.databaseAuthority" . }}
DAYTRADE_DATABASE_CA_FILE: /etc/day-trade/authorities/database.crt
{{- end }}
{{- end }}

{{- define "day-trade.redisSettings" -}}
{{- $external := .Values.externalRedis -}}
{{- if .Values.redis.enabled }}
DAYTRADE_REDIS_HOST: redis
DAYTRADE_REDIS_PORT: "6379"
DAYTRADE_REDIS_TLS: {{ eq .Values.tls.mode "off" | ternary "off" "verify" | quote }}
{{- else }}
DAYTRADE_REDIS_HOST: {{ $external.host | quote }}
DAYTRADE_REDIS_PORT: {{ $external.port | quote }}
{{- with $external.user }}
DAYTRADE_REDIS_USERNAME: {{ . | quote }}
{{- end }}
DAYTRADE_REDIS_TLS: {{ $external.tls | quote }}
{{- if ne $external.authentication "password" }}
DAYTRADE_REDIS_AUTHENTICATION: {{ $external.authentication }}
{{- end }}
{{- end }}
{{- if include "day-trade.redisAuthority" . }}
DAYTRADE_REDIS_CA_FILE: /etc/day-trade/authorities/redis.crt
{{- end }}
{{- end }}

{{- define "day-trade.objectSettings" -}}
{{- $s3 := .Values.objects.s3 -}}
DAYTRADE_OBJECTS: {{ .Values.objects.store }}
{{- if eq .Values.objects.store "s3" }}
DAYTRADE_S3_BUCKET: {{ $s3.bucket | quote }}
{{- with $s3.prefix }}
DAYTRADE_S3_PREFIX: {{ . | quote }}
{{- end }}
{{- with $s3.endpoint }}
DAYTRADE_S3_ENDPOINT: {{ . | quote }}
{{- end }}
{{- with $s3.region }}
AWS_REGION: {{ . | quote }}
{{- end }}
{{- end }}
{{- if eq .Values.objects.store "azure-blob" }}
DAYTRADE_BLOB_CONTAINER: {{ .Values.objects.blob.container | quote }}
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

{{/* Labels of one component. Argument: dict root, name (the component). */}}
{{- define "day-trade.labels" -}}
{{ include "day-trade.selector" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/part-of: day-trade
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
day-trade/environment: {{ .root.Values.environment }}
{{- end }}

{{/*
Labels of the pods of a store. The version is not among them: each new one would restart a store that stays as it is, of
which there is one pod. Argument: dict root, name.
*/}}
{{- define "day-trade.storeLabels" -}}
{{ omit (include "day-trade.labels" . | fromYaml) "app.kubernetes.io/version" | toYaml }}
{{- end }}

{{/* What selects the pods of one component. */}}
{{- define "day-trade.selector" -}}
app.kubernetes.io/name: day-trade
app.kubernetes.io/component: {{ .name }}
{{- end }}

{{/*
Name, namespace and labels of an object. Argument: dict root, name, and object where the object is not named as the
component.
*/}}
{{- define "day-trade.metadata" -}}
name: {{ .object | default .name }}
namespace: {{ .root.Release.Namespace }}
labels: {{- include "day-trade.labels" . | nindent 2 }}
{{- end }}

{{/* Annotations of a Secret that a hook makes once and that nothing deletes. */}}
{{- define "day-trade.madeOnce" -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: "-30"
helm.sh/resource-policy: keep
{{- end }}

{{/*
An image's full name. Argument: dict image (repository, tag, digest) and tag, which stands in for an empty one.
*/}}
{{- define "day-trade.imageName" -}}
{{ .image.repository }}:{{ .image.tag | default .tag }}{{ with .image.digest }}@{{ . }}{{ end }}
{{- end }}

{{/* `image:` and `imagePullPolicy:` of the project's own image. */}}
{{- define "day-trade.ownImage" -}}
image: {{ include "day-trade.imageName" (dict "image" .Values.image "tag" .Chart.AppVersion) }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
{{- end }}

{{/* The same of an image of others. Argument: dict root, image. */}}
{{- define "day-trade.otherImage" -}}
image: {{ include "day-trade.imageName" (dict "image" .image "tag" "") }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
{{- end }}

{{/* The Secret with token and passwords. */}}
{{- define "day-trade.secretName" -}}
{{ .Values.secrets.existingSecret | default "day-trade-secrets" }}
{{- end }}

{{- define "day-trade.databaseSecretName" -}}
{{- if .Values.postgresql.enabled -}}
{{ include "day-trade.secretName" . }}
{{- else -}}
{{ .Values.externalDatabase.existingSecret | default (include "day-trade.secretName" .) }}
{{- end -}}
{{- end }}

{{- define "day-trade.redisSecretName" -}}
{{- if .Values.redis.enabled -}}
{{ include "day-trade.secretName" . }}
{{- else -}}
{{ .Values.externalRedis.existingSecret | default (include "day-trade.secretName" .) }}
{{- end -}}
{{- end }}

{{/* The Secret with the certificates of PostgreSQL and Redis inside of the cluster. */}}
{{- define "day-trade.tlsSecretName" -}}
{{- if eq .Values.tls.mode "secret" }}{{ .Values.tls.secretName }}{{ else }}day-trade-tls{{ end -}}
{{- end }}

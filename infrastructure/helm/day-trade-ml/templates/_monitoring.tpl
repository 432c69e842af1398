{{/* The port of each part, by which Prometheus knows which part a pod is. */}}
{{- define "day-trade.partPorts" -}}
ml-service: 8000
data-service: 8001
scheduler-service: 8002
worker: 8003
dashboard: 8080
{{- end }}

{{/* rules/parts.yaml for this release: its namespace, and no part of which it may have no pod. Argument: root. */}}
{{- define "day-trade.partRules" -}}
{{- $file := .Files.Get "files/monitoring/prometheus/rules/parts.yaml" | fromYaml -}}
{{- range $group := $file.groups }}
{{- $rules := list }}
{{- range $rule := $group.rules }}
{{- $runs := $.Values.backup.enabled }}
{{- if ne $rule.labels.part "backup" }}
{{- $runs = (include "day-trade.leastReplicas" (dict "root" $ "name" $rule.labels.part) | fromYaml).replicas }}
{{- end }}
{{- if $runs }}
{{- $_ := set $rule.labels "namespace" $.Release.Namespace }}
{{- $rules = append $rules $rule }}
{{- end }}
{{- end }}
{{- $_ := set $group "rules" $rules }}
{{- end }}
{{- toYaml $file }}
{{- end }}

{{/* Says whether the chart runs an Alertmanager; empty: it does not. */}}
{{- define "day-trade.alertmanager" -}}
{{- if and .Values.monitoring.prometheus.enabled .Values.monitoring.alertmanager.enabled }}true{{ end }}
{{- end }}

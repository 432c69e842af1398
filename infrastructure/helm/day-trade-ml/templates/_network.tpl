{{/* A peer of the same namespace by its component. Argument: list of components. */}}
{{- define "day-trade.peers" -}}
{{- range . }}
- podSelector: { matchLabels: { app.kubernetes.io/name: day-trade, app.kubernetes.io/component: {{ . }} } }
{{- end }}
{{- end }}

{{/* A rule for one port. Argument: port, peers (components), others (NetworkPolicyPeers), direction from or to. */}}
{{- define "day-trade.portRule" -}}
- {{ .direction }}:
    {{- include "day-trade.peers" .peers | nindent 4 }}
    {{- with .others }}{{ toYaml . | nindent 4 }}{{ end }}
  ports: [{ protocol: TCP, port: {{ .port }} }]
{{- end }}

{{/* A rule for networks outside. Argument: cidrs, ports. */}}
{{- define "day-trade.networkRule" -}}
- to:
    {{- range .cidrs }}
    - ipBlock: { cidr: {{ . }} }
    {{- end }}
  ports:
    {{- range .ports }}
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- end }}

{{/* Egress to the database. Argument: root. */}}
{{- define "day-trade.toDatabase" -}}
{{- if .Values.postgresql.enabled -}}
{{ include "day-trade.portRule" (dict "direction" "to" "peers" (list "postgresql") "port" 5432) }}
{{- else -}}
{{ include "day-trade.networkRule" (dict "cidrs" .Values.externalDatabase.cidrs "ports" (list .Values.externalDatabase.port)) }}
{{- end -}}
{{- end }}

{{- define "day-trade.toRedis" -}}
{{- if .Values.redis.enabled -}}
{{ include "day-trade.portRule" (dict "direction" "to" "peers" (list "redis") "port" 6379) }}
{{- else -}}
{{ include "day-trade.networkRule" (dict "cidrs" .Values.externalRedis.cidrs "ports" (list .Values.externalRedis.port)) }}
{{- end -}}
{{- end }}

{{/* Egress to the cloud's own services: where objects are in S3 or Azure, or the pod signs in by its role. */}}
{{- define "day-trade.toCloud" -}}
{{- $database := .Values.postgresql.enabled | ternary "password" .Values.externalDatabase.authentication -}}
{{- $iam := eq $database "aws-iam" -}}
{{- if or (eq .Values.objects.store "s3") $iam -}}
{{ include "day-trade.toObjects" . }}
{{- end -}}
{{- $blob := eq .Values.objects.store "azure-blob" -}}
{{- if $blob }}
{{ include "day-trade.networkRule" (dict "cidrs" .Values.objects.blob.cidrs "ports" (list 443)) }}
{{- end }}
{{- $redis := .Values.redis.enabled | ternary "password" .Values.externalRedis.authentication -}}
{{- $traced := hasKey .Values.settings "DAYTRADE_TRACES_APPLICATION_INSIGHTS" -}}
{{- if or $blob $traced (has "azure-entra" (list $database $redis)) }}
{{ include "day-trade.networkRule" .Values.networkPolicy.entra }}
{{- end }}
{{- end }}

{{/* Egress to Application Insights and Entra, for a part that asks nothing else of the cloud. */}}
{{- define "day-trade.toInsights" -}}
{{- if hasKey .Values.settings "DAYTRADE_TRACES_APPLICATION_INSIGHTS" -}}
{{ include "day-trade.networkRule" .Values.networkPolicy.entra }}
{{- end -}}
{{- end }}

{{/* Egress to a bucket, and to the addresses from which pods get their role's credentials for it. */}}
{{- define "day-trade.toObjects" -}}
{{ include "day-trade.networkRule" .Values.networkPolicy.objectStore }}
- to:
    - ipBlock: { cidr: 169.254.170.2/32 }
    - ipBlock: { cidr: 169.254.170.23/32 }
  ports: [{ protocol: TCP, port: 80 }]
{{- end }}

{{/* Egress to J-Quants, for the parts that fetch bars. */}}
{{- define "day-trade.toJquants" -}}
{{- if .Values.jquants.existingSecret -}}
{{ include "day-trade.networkRule" .Values.networkPolicy.jquants }}
{{- end -}}
{{- end }}

{{/* Egress to the receivers of notices, for the part that sends them. */}}
{{- define "day-trade.toNoticeReceivers" -}}
{{- if .Values.notices.existingSecret -}}
{{ include "day-trade.networkRule" .Values.networkPolicy.notices }}
{{- end -}}
{{- end }}

{{/*
One component's policy. Argument: dict root, name, port (0: nobody asks it), from (components), others (more peers),
to (rules, as text), where each caller and each callee is named on both sides.
*/}}
{{- define "day-trade.networkPolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{- include "day-trade.metadata" . | nindent 2 }}
spec:
  podSelector:
    matchLabels: {{- include "day-trade.selector" . | nindent 6 }}
  # A direction without rules is closed. Kubernetes keeps no empty list: one that is written would differ at every
  # `kubectl diff`.
  policyTypes: [Ingress, Egress]
  {{- if and .port (or .from .others) }}
  ingress: {{- include "day-trade.portRule" (dict "direction" "from" "peers" .from "others" .others "port" .port) | nindent 4 }}
  {{- end }}
  {{- with trim .to }}
  egress: {{- . | nindent 4 }}
  {{- end }}
{{- end }}

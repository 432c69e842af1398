{{/* The data volume of a StatefulSet or Deployment. Argument: dict root, name, persistence. */}}
{{- define "day-trade.claim" -}}
accessModes: [ReadWriteOnce]
{{- with .persistence.storageClass }}
storageClassName: {{ . }}
{{- end }}
resources:
  requests: { storage: {{ .persistence.size }} }
{{- end }}

{{/*
Services of a StatefulSet: the address, and the headless one that names its pods. Argument: dict root, name, port.
*/}}
{{- define "day-trade.statefulServices" -}}
apiVersion: v1
kind: Service
metadata: {{- include "day-trade.metadata" . | nindent 2 }}
spec:
  type: ClusterIP
  selector: {{- include "day-trade.selector" . | nindent 4 }}
  ports:
    - { name: {{ .name }}, port: {{ .port }}, targetPort: {{ .name }}, protocol: TCP }
---
apiVersion: v1
kind: Service
metadata: {{- include "day-trade.metadata" (merge (dict "object" (print .name "-headless")) .) | nindent 2 }}
spec:
  type: ClusterIP
  clusterIP: None
  publishNotReadyAddresses: true
  selector: {{- include "day-trade.selector" . | nindent 4 }}
  ports:
    - { name: {{ .name }}, port: {{ .port }}, targetPort: {{ .name }}, protocol: TCP }
{{- end }}

{{/* Where the data is when it is not to outlive the pod. Argument: dict persistence. */}}
{{- define "day-trade.ephemeralData" -}}
{{- if not .persistence.enabled -}}
- name: data
  emptyDir: { sizeLimit: {{ .persistence.size }} }
{{- end -}}
{{- end }}

{{/* What a StatefulSet says beside its pods. Argument: dict root, name, persistence. */}}
{{- define "day-trade.statefulSpec" -}}
serviceName: {{ .name }}-headless
replicas: 1
# A pod that never becomes ready must not stop the update that mends it, as OrderedReady would.
podManagementPolicy: Parallel
revisionHistoryLimit: 5
updateStrategy: { type: RollingUpdate }
selector:
  matchLabels: {{- include "day-trade.selector" . | nindent 4 }}
{{- if .persistence.enabled }}
volumeClaimTemplates:
  - metadata:
      name: data
      labels:
        {{- include "day-trade.selector" . | nindent 8 }}
        day-trade/environment: {{ .root.Values.environment }}
    spec: {{- include "day-trade.claim" . | nindent 6 }}
{{- end }}
{{- end }}

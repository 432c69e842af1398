{{/*
The objects of one of our own services. Argument: dict
  root, name (component), values, port,
  scaled   whether something else than the chart sets the number of replicas,
  drain    seconds that open work may take at the end,
  stores   which of database, redis and objects it asks; none: it asks the other services alone,
  serving  whether others ask it (it gets a Service),
  token    whether it may ask the Kubernetes API,
  imports  whether it reads files of bars,
  notifies whether it sends notices to readers,
  part     what its pods serve, and whose account they have, where that is not the name,
  backsUp  whether it makes encrypted backups and restores them on trial,
  settings more environment variables, name to value.
*/}}
{{- define "day-trade.deployment" -}}
apiVersion: apps/v1
kind: Deployment
metadata: {{- include "day-trade.metadata" . | nindent 2 }}
spec:
  {{- if not .scaled }}
  replicas: {{ .values.replicaCount }}
  {{- end }}
  revisionHistoryLimit: 5
  progressDeadlineSeconds: 600
  strategy:
    type: RollingUpdate
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
  selector:
    matchLabels:
      {{- include "day-trade.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "day-trade.labels" . | nindent 8 }}
        day-trade/metrics: "true"
        {{- with .values.podLabels }}{{ toYaml . | nindent 8 }}{{ end }}
      annotations:
        {{- include "day-trade.settingsChecksum" .root | nindent 8 }}
        {{- with .values.podAnnotations }}{{ toYaml . | nindent 8 }}{{ end }}
    spec: {{- include "day-trade.servicePod" . | nindent 6 }}
{{- end }}

{{- define "day-trade.servicePod" -}}
{{- $pause := .serving | ternary (int .root.Values.drain.pauseSeconds) 0 -}}
{{- /*
After the pause answers ask callers to let their connections go: one that is cut while idle may lose the request that is
on its way.
*/}}
{{- $release := .serving | ternary 3 0 -}}
{{- $sleeps := semverCompare ">=1.30-0" .root.Capabilities.KubeVersion.Version -}}
serviceAccountName: {{ .part | default .name }}
automountServiceAccountToken: false
terminationGracePeriodSeconds: {{ add $pause $release .drain 10 }}
{{ include "day-trade.podSecurity" (dict "root" .root "user" 10001) }}
{{ include "day-trade.placement" . }}
containers:
  - name: {{ .part | default .name }}
    {{- include "day-trade.ownImage" .root | nindent 4 }}
    args: [serve, {{ .part | default .name }}]
    ports:
      - { name: http, containerPort: {{ .port }}, protocol: TCP }
    envFrom:
      - configMapRef: { name: {{ .stores | empty | ternary "day-trade-page-settings" "day-trade-settings" }} }
    env:
      {{- include "day-trade.secretEnvironment" . | nindent 6 }}
      {{- if .imports }}
      {{- with include "day-trade.jquantsEnvironment" .root }}{{ . | nindent 6 }}{{ end }}
      {{- end }}
      {{- if .notifies }}
      {{- with include "day-trade.noticeEnvironment" .root }}{{ . | nindent 6 }}{{ end }}
      {{- end }}
      - { name: DAYTRADE_DRAIN_SECONDS, value: {{ .drain | quote }} }
      {{- with add $release ($sleeps | ternary 0 $pause) }}
      - { name: DAYTRADE_DRAIN_PAUSE_SECONDS, value: {{ . | quote }} }
      {{- end }}
      - name: DAYTRADE_WORKERS
        valueFrom: { resourceFieldRef: { containerName: {{ .part | default .name }}, resource: limits.cpu, divisor: "1" } }
      {{- range $name, $value := .settings }}
      - { name: {{ $name }}, value: {{ $value | quote }} }
      {{- end }}
      {{- with .values.env }}{{ toYaml . | nindent 6 }}{{ end }}
    {{- if and $sleeps $pause }}
    lifecycle:
      preStop: { sleep: { seconds: {{ $pause }} } }
    {{- end }}
    startupProbe:
      httpGet: { path: /healthz, port: http }
      periodSeconds: 2
      timeoutSeconds: 5
      failureThreshold: 90
    readinessProbe:
      httpGet: { path: /readyz, port: http }
      periodSeconds: 5
      timeoutSeconds: 5
      failureThreshold: 2
    {{- /* A starved process answers late, all of them at once: to start them anew would take what is left away. */}}
    livenessProbe:
      httpGet: { path: /healthz, port: http }
      periodSeconds: 10
      timeoutSeconds: 10
      failureThreshold: 18
    resources: {{- include "day-trade.resources" .values | nindent 6 }}
    {{- include "day-trade.containerSecurity" . | nindent 4 }}
    volumeMounts:
      {{- include "day-trade.ownVolumeMounts" . | nindent 6 }}
      {{- if .token }}{{ include "day-trade.apiTokenMount" . | nindent 6 }}{{ end }}
      {{- if .imports }}{{ with include "day-trade.barsMount" .root }}{{ trim . | nindent 6 }}{{ end }}{{ end }}
      {{- if .trades }}{{ with include "day-trade.userMounts" .root }}{{ trim . | nindent 6 }}{{ end }}{{ end }}
      {{- if .backsUp }}{{ with include "day-trade.encryptedBackupMounts" .root }}{{ trim . | nindent 6 }}{{ end }}{{ end }}
volumes:
  {{- include "day-trade.ownVolumes" . | nindent 2 }}
  {{- if .token }}{{ include "day-trade.apiTokenVolume" . | nindent 2 }}{{ end }}
  {{- if .imports }}{{ with include "day-trade.barsVolume" .root }}{{ trim . | nindent 2 }}{{ end }}{{ end }}
  {{- if .trades }}{{ with include "day-trade.userVolumes" .root }}{{ trim . | nindent 2 }}{{ end }}{{ end }}
  {{- if .backsUp }}{{ with include "day-trade.encryptedBackupVolumes" .root }}{{ trim . | nindent 2 }}{{ end }}{{ end }}
{{- end }}

{{- define "day-trade.serviceObject" -}}
apiVersion: v1
kind: Service
metadata: {{- include "day-trade.metadata" . | nindent 2 }}
spec:
  type: ClusterIP
  selector:
    {{- include "day-trade.selector" . | nindent 4 }}
  ports:
    - { name: http, port: {{ .port }}, targetPort: http, protocol: TCP }
{{- end }}

{{/* Argument: dict root, name, annotations. */}}
{{- define "day-trade.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "day-trade.metadata" . | nindent 2 }}
  {{- with .annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}

{{- define "day-trade.disruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{- include "day-trade.metadata" . | nindent 2 }}
spec:
  maxUnavailable: {{ .root.Values.disruption.maxUnavailable }}
  selector:
    matchLabels: {{- include "day-trade.selector" . | nindent 6 }}
  {{- if semverCompare ">=1.27-0" .root.Capabilities.KubeVersion.Version }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  {{- end }}
{{- end }}

{{/* The autoscaler on processor and memory. The least number is the larger of minReplicas and replicaCount. */}}
{{- define "day-trade.autoscaler" -}}
{{- $scaling := mergeOverwrite (deepCopy .root.Values.autoscaling) (deepCopy .values.autoscaling) -}}
{{- $least := include "day-trade.leastReplicas" . | fromYaml -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{- include "day-trade.metadata" . | nindent 2 }}
spec:
  {{- if and (eq .name "ml-service") .root.Values.canary.enabled }}
  scaleTargetRef: { apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: {{ .name }} }
  {{- else }}
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ .name }} }
  {{- end }}
  minReplicas: {{ $least.replicas }}
  maxReplicas: {{ $scaling.maxReplicas }}
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: {{ $scaling.targetCPUUtilizationPercentage }} } }
    - type: Resource
      resource: { name: memory, target: { type: Utilization, averageUtilization: {{ $scaling.targetMemoryUtilizationPercentage }} } }
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 0
      selectPolicy: Max
      policies:
        - { type: Percent, value: 100, periodSeconds: 30 }
        - { type: Pods, value: 2, periodSeconds: 30 }
    scaleDown:
      stabilizationWindowSeconds: {{ $scaling.scaleDownStabilizationSeconds }}
      policies:
        - { type: Pods, value: 1, periodSeconds: 60 }
{{- end }}

{{/* All objects of a service that others ask. Argument: as of day-trade.deployment. */}}
{{- define "day-trade.service" -}}
{{- $hpa := and .scalable .root.Values.autoscaling.enabled -}}
{{- $rollout := and (eq .name "ml-service") .root.Values.canary.enabled -}}
{{- $service := merge (dict "scaled" (or $hpa $rollout) "serving" true "drain" (int .root.Values.drain.seconds)) . -}}
{{ include "day-trade.serviceAccount" (dict "root" .root "name" .name "annotations" .values.serviceAccount.annotations) }}
---
{{ include "day-trade.serviceObject" $service }}
---
{{ include "day-trade.deployment" $service }}
---
{{ include "day-trade.disruptionBudget" $service }}
{{- if $hpa }}
---
{{ include "day-trade.autoscaler" $service }}
{{- end }}
{{- end }}

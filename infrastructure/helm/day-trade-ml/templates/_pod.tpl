{{/* What holds for every pod. Argument: dict root, user (numeric id), and group where it is not the user's. */}}
{{- define "day-trade.podSecurity" -}}
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{- range . }}{{ dict "name" . | list | toYaml | nindent 2 }}{{ end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "day-trade.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  capabilities: { drop: [ALL] }
  privileged: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
{{- end }}

{{/* Where the pods of a component go. Argument: dict root, name, values. */}}
{{- define "day-trade.placement" -}}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "day-trade.selector" $ | nindent 8 }}
    {{- if semverCompare ">=1.27-0" $.root.Capabilities.KubeVersion.Version }}
    matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- end }}
affinity:
  {{- if .values.affinity }}
  {{- toYaml .values.affinity | nindent 2 }}
  {{- else }}
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels: {{- include "day-trade.selector" . | nindent 14 }}
  {{- end }}
{{- include "day-trade.nodes" . }}
{{- end }}

{{/* Nodes and priority that values name. Argument: dict values. */}}
{{- define "day-trade.nodes" -}}
{{- with .values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{/*
The token, and what opens the stores that a part asks, as environment variables. Argument: dict root, stores (some of
database, redis, objects).
*/}}
{{- define "day-trade.secretEnvironment" -}}
- name: DAYTRADE_TOKEN
  valueFrom: { secretKeyRef: { name: {{ include "day-trade.secretName" .root }}, key: token } }
- name: DAYTRADE_READ_TOKEN
  valueFrom: { secretKeyRef: { name: {{ include "day-trade.secretName" .root }}, key: read-token, optional: true } }
{{- if has "database" .stores }}
{{ include "day-trade.databasePassword" .root }}
{{- end }}
{{- if has "redis" .stores }}
{{ include "day-trade.redisPassword" .root }}
{{- end }}
{{- if has "objects" .stores }}
{{- with .root.Values.objects.s3.existingSecret }}
- name: AWS_ACCESS_KEY_ID
  valueFrom: { secretKeyRef: { name: {{ . }}, key: access-key-id } }
- name: AWS_SECRET_ACCESS_KEY
  valueFrom: { secretKeyRef: { name: {{ . }}, key: secret-access-key } }
{{- end }}
{{- end }}
{{- end }}

{{/* The key of J-Quants, for the parts that fetch bars. Argument: root. */}}
{{- define "day-trade.jquantsEnvironment" -}}
{{- with .Values.jquants.existingSecret }}
- name: DAYTRADE_JQUANTS_API_KEY
  valueFrom: { secretKeyRef: { name: {{ . }}, key: api-key } }
- { name: DAYTRADE_JQUANTS_PLAN, value: {{ $.Values.jquants.plan }} }
{{- end }}
{{- end }}

{{/* Settings of notices, for the part that sends them: another one would miss the secrets that go with them. */}}
{{- define "day-trade.isOfNotices" -}}
{{- if hasPrefix "DAYTRADE_NOTICE_" . }}yes{{ end -}}
{{- end }}

{{/* Where notices go and what signs them, for the part that sends them. Argument: root. */}}
{{- define "day-trade.noticeEnvironment" -}}
{{- range $name, $value := .Values.settings }}
{{- if include "day-trade.isOfNotices" $name }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- end }}
{{- with .Values.notices.existingSecret }}
{{- $secret := . }}
{{- range list "slack-url" "smtp-url" "webhook-key" "webhook-url" }}
- name: DAYTRADE_NOTICE_{{ . | upper | replace "-" "_" }}
  valueFrom: { secretKeyRef: { name: {{ $secret }}, key: {{ . }}, optional: true } }
{{- end }}
{{- end }}
{{- end }}

{{- define "day-trade.databasePassword" -}}
{{- if or .Values.postgresql.enabled (eq .Values.externalDatabase.authentication "password") -}}
- name: DAYTRADE_DATABASE_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ include "day-trade.databaseSecretName" . }}, key: database-password } }
{{- end -}}
{{- end }}

{{- define "day-trade.redisPassword" -}}
{{- if or .Values.redis.enabled (eq .Values.externalRedis.authentication "password") -}}
- name: DAYTRADE_REDIS_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ include "day-trade.redisSecretName" . }}, key: redis-password } }
{{- end -}}
{{- end }}

{{/*
The ServiceAccount's token as a volume, for the one container that asks the Kubernetes API: it lives an hour and is renewed, where the
one that Kubernetes mounts by itself goes to every container of the pod.
*/}}
{{- define "day-trade.apiTokenVolume" -}}
- name: api-token
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken: { path: token, expirationSeconds: 3600 }
      - configMap: { name: kube-root-ca.crt, items: [{ key: ca.crt, path: ca.crt }] }
      - downwardAPI: { items: [{ path: namespace, fieldRef: { fieldPath: metadata.namespace } }] }
{{- end }}

{{- define "day-trade.apiTokenMount" -}}
- { name: api-token, mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true }
{{- end }}

{{/* Where files of bars are, for the parts that import. Argument: root. */}}
{{- define "day-trade.barsFolder" -}}
/var/lib/day-trade-bars
{{- end }}

{{- define "day-trade.barsVolume" -}}
{{- with .Values.bars.volume }}
- name: bars
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "day-trade.barsMount" -}}
{{- if .Values.bars.volume }}
- name: bars
  mountPath: {{ include "day-trade.barsFolder" . }}
  {{- with .Values.bars.subPath }}
  subPath: {{ . | quote }}
  {{- end }}
  readOnly: true
{{- end }}
{{- end }}

{{- define "day-trade.userVolumes" -}}
{{- range $kind, $volume := .Values.userFolder }}
{{- with $volume }}
- name: {{ $kind }}
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{- define "day-trade.userMounts" -}}
{{- range $kind, $volume := .Values.userFolder }}
{{- if $volume }}
- { name: {{ $kind }}, mountPath: /var/lib/day-trade-user/{{ $kind }}, readOnly: true }
{{- end }}
{{- end }}
{{- end }}

{{/*
Folders that the project's own image writes to, and the authorities that it reads. Argument: dict root, stores, as of
day-trade.deployment.
*/}}
{{- define "day-trade.ownVolumes" -}}
- name: temporary
  emptyDir: { sizeLimit: 1Gi }
- name: state
  emptyDir: { sizeLimit: 1Gi }
{{- if .stores }}
{{- with include "day-trade.authorityVolume" .root }}
{{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "day-trade.ownVolumeMounts" -}}
- { name: temporary, mountPath: /tmp }
- { name: state, mountPath: /var/lib/day-trade }
{{- if and .stores (include "day-trade.authorityVolume" .root) }}
- { name: authorities, mountPath: /etc/day-trade/authorities, readOnly: true }
{{- end }}
{{- end }}

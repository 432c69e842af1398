{{- define "day-trade.dumpContainer" -}}
- name: dump
  {{- include "day-trade.otherImage" (dict "root" . "image" .Values.postgresql.image) | nindent 2 }}
  command: [bash, /opt/backup/backup.sh]
  env:
    - { name: BACKUP_RETENTION_DAYS, value: {{ .Values.backup.retentionDays | quote }} }
    - { name: BACKUP_KEEP_AT_LEAST, value: {{ .Values.backup.keepAtLeast | quote }} }
    {{- range $name, $value := include "day-trade.databaseSettings" . | fromYaml }}
    - { name: {{ $name }}, value: {{ $value | quote }} }
    {{- end }}
    {{- include "day-trade.databasePassword" . | nindent 4 }}
  resources: {{- include "day-trade.resources" .Values.backup | nindent 4 }}
  {{- include "day-trade.containerSecurity" . | nindent 2 }}
  volumeMounts:
    - { name: backup, mountPath: /backup }
    - { name: script, mountPath: /opt/backup, readOnly: true }
    - { name: temporary, mountPath: /tmp }
    {{- if include "day-trade.databaseAuthority" . }}
    - { name: authorities, mountPath: /etc/day-trade/authorities, readOnly: true }
    {{- end }}
{{- end }}

{{- define "day-trade.uploadContainer" -}}
{{- $upload := .Values.backup.upload -}}
{{- $target := trimSuffix "/" (printf "s3://%s/%s" $upload.bucket $upload.prefix) -}}
- name: upload
  {{- include "day-trade.otherImage" (dict "root" . "image" $upload.image) | nindent 2 }}
  command:
    - sh
    - -euc
    - |
      name=$(cat /backup/newest)
      for file in "$name.sha256" "$name"; do
        aws s3 cp --no-progress "/backup/$file" "{{ $target }}/$file"
      done
  env:
    - { name: HOME, value: /tmp }
    {{- with $upload.region }}
    - { name: AWS_REGION, value: {{ . | quote }} }
    {{- end }}
  resources: {{- include "day-trade.resources" .Values.backup | nindent 4 }}
  {{- include "day-trade.containerSecurity" . | nindent 2 }}
  volumeMounts:
    - { name: backup, mountPath: /backup, readOnly: true }
    - { name: temporary, mountPath: /tmp }
{{- end }}

{{/* The pod that first uses the backup volume. Argument: root. */}}
{{- define "day-trade.backupVolumePod" -}}
metadata:
  labels:
    {{- include "day-trade.selector" (dict "root" . "name" "backup") | nindent 4 }}
    day-trade/environment: {{ .Values.environment }}
spec:
  serviceAccountName: backup
  automountServiceAccountToken: false
  restartPolicy: Never
  {{- include "day-trade.podSecurity" (dict "root" . "user" 10999) | nindent 2 }}
  containers:
    - name: write
      {{- include "day-trade.otherImage" (dict "root" . "image" .Values.postgresql.image) | nindent 6 }}
      command: [bash, -ec, "touch /backup/.writable && rm /backup/.writable && df -h /backup"]
      resources: {{- include "day-trade.resources" .Values.backup | nindent 8 }}
      {{- include "day-trade.containerSecurity" . | nindent 6 }}
      volumeMounts:
        - { name: backup, mountPath: /backup }
  volumes:
    - name: backup
      persistentVolumeClaim: { claimName: backup }
{{- end }}

{{/* What workers make encrypted backups by, as settings; none where there is no place for them. Argument: root. */}}
{{- define "day-trade.encryptedBackupSettings" -}}
{{- with .Values.backup.encrypted }}
{{- if .target }}
DAYTRADE_BACKUP_TARGET: {{ .target | quote }}
DAYTRADE_BACKUP_KEY_FILE: /etc/day-trade/backup/backup-key
DAYTRADE_BACKUP_KEEP: {{ .keep | quote }}
{{- with .endpoint }}
DAYTRADE_BACKUP_S3_ENDPOINT: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Their key, and room for what they and a restore drill write. Argument: root. */}}
{{- define "day-trade.encryptedBackupVolumes" -}}
{{- with .Values.backup.encrypted }}
{{- if .target }}
- name: backup-key
  secret:
    secretName: {{ .existingSecret }}
    defaultMode: 0440
    items: [{ key: backup-key, path: backup-key }]
- name: scratch
  emptyDir: { sizeLimit: {{ .scratch }} }
{{- end }}
{{- end }}
{{- end }}

{{- define "day-trade.encryptedBackupMounts" -}}
{{- if .Values.backup.encrypted.target }}
- { name: backup-key, mountPath: /etc/day-trade/backup, readOnly: true }
- { name: scratch, mountPath: /var/lib/day-trade/scratch }
{{- end }}
{{- end }}

{{/* Egress of workers to the place of their backups, where they have none to the objects. Argument: root. */}}
{{- define "day-trade.toBackups" -}}
{{- if and .Values.backup.encrypted.target (ne .Values.objects.store "s3") -}}
{{ include "day-trade.toObjects" . }}
{{- end -}}
{{- end }}

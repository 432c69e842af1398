{{/* What each resource profile asks for. */}}
{{- define "day-trade.profiles" -}}
small:
  requests: { cpu: 100m, memory: 256Mi, ephemeral-storage: 64Mi }
  limits: { cpu: 1000m, memory: 768Mi, ephemeral-storage: 2Gi }
standard:
  requests: { cpu: 500m, memory: 1Gi, ephemeral-storage: 64Mi }
  limits: { cpu: 2000m, memory: 2Gi, ephemeral-storage: 4Gi }
cpu-heavy:
  requests: { cpu: 2000m, memory: 4Gi, ephemeral-storage: 64Mi }
  limits: { cpu: 4000m, memory: 8Gi, ephemeral-storage: 8Gi }
memory-heavy:
  requests: { cpu: 1000m, memory: 8Gi, ephemeral-storage: 64Mi }
  limits: { cpu: 2000m, memory: 16Gi, ephemeral-storage: 8Gi }
{{- end }}

{{/* `requests` and `limits`: the profile, and over it what `resources` says. Argument: resourceProfile, resources. */}}
{{- define "day-trade.resources" -}}
{{- $profile := get (include "day-trade.profiles" . | fromYaml) .resourceProfile -}}
{{- toYaml (mergeOverwrite (deepCopy $profile) (deepCopy (.resources | default dict))) -}}
{{- end }}

{{/* How much memory a quantity is, in bytes: "512Mi", "2G", "1000000". */}}
{{- define "day-trade.bytes" -}}
{{- $units := dict "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "k" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 -}}
{{- $number := regexFind "^[0-9.]+" (toString .) -}}
{{- $unit := trimPrefix $number (toString .) -}}
{{- mulf (float64 $number) (float64 (get $units $unit | default 1)) | floor | int64 -}}
{{- end }}

{{/* How many thousandths of a processor a quantity is: "500m", "2", "0.5". */}}
{{- define "day-trade.millicores" -}}
{{- $text := toString . -}}
{{- if hasSuffix "m" $text -}}{{ trimSuffix "m" $text | int64 }}{{- else -}}{{ mulf (float64 $text) 1000.0 | floor | int64 }}{{- end -}}
{{- end }}

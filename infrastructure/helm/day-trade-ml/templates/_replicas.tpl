{{/*
How many replicas a part has at least, as YAML: replicas, and how the chart holds it: `exactly` where the values set the number, `at-least`
where a HorizontalPodAutoscaler does, empty where the scheduler service or KEDA does. Argument: dict root, name.
*/}}
{{- define "day-trade.leastReplicas" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $own := get (dict "ml-service" $values.mlService "data-service" $values.dataService "scheduler-service" $values.schedulerService
  "dashboard" $values.dashboard "worker" $values.worker) .name -}}
{{- $scalable := has .name (list "ml-service" "data-service" "dashboard") -}}
{{- if and (eq .name "worker") $own.autoscaling.enabled -}}
{{- $metric := $own.autoscaling.metric -}}
how: {{ eq $metric "external" | ternary "at-least" "" | quote }}
replicas: {{ eq $metric "external" | ternary (max (int $own.autoscaling.minReplicas) 1) (int $own.autoscaling.minReplicas) }}
{{- else if and $scalable $values.autoscaling.enabled -}}
{{- $scaling := mergeOverwrite (deepCopy $values.autoscaling) (deepCopy $own.autoscaling) -}}
how: at-least
replicas: {{ max (int $scaling.minReplicas) (int $own.replicaCount) 1 }}
{{- else -}}
how: exactly
replicas: {{ int $own.replicaCount }}
{{- end -}}
{{- end }}

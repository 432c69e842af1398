# Alarms for the unusual, without a threshold: CloudWatch learns a band for each metric and reports what leaves it.

locals {
  anomalies = var.detailed_monitoring && local.ecs_enabled ? merge(
    {
      prediction-error = {
        what       = "The error of the published intervals (Winkler score) is unusually high"
        namespace  = local.metric_namespace
        metric     = "IntervalWinkler"
        statistic  = "Average"
        dimensions = { Service = "ml-service" }
        period     = 3600
      }
    },
    { for name in ["ml-service", "data-service", "scheduler-service"] : "${name}-latency" => {
      what       = "The 99th percentile of the time that ${name} takes to answer is unusually high"
      namespace  = local.metric_namespace
      metric     = "RequestLatency"
      statistic  = "p99"
      dimensions = { Service = name }
      period     = 300
    } },
    local.https ? {
      edge-latency = {
        what       = "The 99th percentile of the time that answers take at the load balancer is unusually high"
        namespace  = "AWS/ApplicationELB"
        metric     = "TargetResponseTime"
        statistic  = "p99"
        dimensions = { LoadBalancer = one(aws_lb.main[*].arn_suffix) }
        period     = 300
      }
    } : {},
  ) : {}
}

resource "aws_cloudwatch_metric_alarm" "anomaly" {
  for_each = local.anomalies

  alarm_name          = "${local.name}-${each.key}-anomaly"
  alarm_description   = each.value.what
  comparison_operator = "GreaterThanUpperThreshold"
  evaluation_periods  = 3
  datapoints_to_alarm = 3
  threshold_metric_id = "band"
  treat_missing_data  = "ignore"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "band"
    expression  = "ANOMALY_DETECTION_BAND(value, 3)"
    label       = "usual"
    return_data = true
  }

  metric_query {
    id          = "value"
    return_data = true

    metric {
      namespace   = each.value.namespace
      metric_name = each.value.metric
      dimensions  = each.value.dimensions
      stat        = each.value.statistic
      period      = each.value.period
    }
  }
}

# Takes a new version back while it is rolled out, and alerts somebody afterwards.

resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "${local.full_name}-errors"
  log_group_name = var.log_group.name
  # Levels of the log: 50 is an error, 60 the end of the process.
  pattern = "{ $.level >= 50 }"

  metric_transformation {
    name          = "${var.name}-errors"
    namespace     = var.platform.metric_namespace
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

locals {
  rollback_alarms = merge(
    {
      errors = {
        description = "${var.name} logs errors"
        namespace   = var.platform.metric_namespace
        metric      = aws_cloudwatch_log_metric_filter.errors.metric_transformation[0].name
        statistic   = "Sum"
        threshold   = 10
        dimensions  = {}
      }
    },
    var.load_balancer == null ? {} : {
      answers = {
        description = "${var.name} answers with 5xx"
        namespace   = "AWS/ApplicationELB"
        metric      = "HTTPCode_Target_5XX_Count"
        statistic   = "Sum"
        threshold   = 10
        dimensions  = var.load_balancer.dimensions
      }
      unhealthy = {
        description = "${var.name} has tasks that fail their health check"
        namespace   = "AWS/ApplicationELB"
        metric      = "UnHealthyHostCount"
        statistic   = "Minimum"
        threshold   = 1
        dimensions  = var.load_balancer.dimensions
      }
    },
  )
}

resource "aws_cloudwatch_metric_alarm" "rollback" {
  for_each = local.rollback_alarms

  alarm_name          = "${local.full_name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.platform.topic_arn]
  ok_actions          = [var.platform.topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "resources" {
  for_each = { CPUUtilization = 90, MemoryUtilization = 90 }

  alarm_name          = "${local.full_name}-${each.key == "CPUUtilization" ? "cpu" : "memory"}"
  alarm_description   = "${var.name} stays above ${each.value} % of its ${each.key == "CPUUtilization" ? "processors" : "memory"}"
  namespace           = "AWS/ECS"
  metric_name         = each.key
  dimensions          = { ClusterName = var.cluster.name, ServiceName = var.name }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 15
  datapoints_to_alarm = 15
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.platform.topic_arn]
  ok_actions          = [var.platform.topic_arn]
}

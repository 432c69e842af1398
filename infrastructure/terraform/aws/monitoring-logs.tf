# Metrics read from the logs: what nothing else counts.

# Lines of the services' logs are JSON objects, one for each request with the status of its answer.
resource "aws_cloudwatch_log_metric_filter" "refused" {
  for_each = local.public_services

  name           = "${local.name}-${each.key}-refused"
  log_group_name = aws_cloudwatch_log_group.main[each.key].name
  pattern        = "{ $.status = 401 }"

  metric_transformation {
    name          = "RefusedRequests"
    namespace     = local.metric_namespace
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  count = local.ecs_enabled ? 1 : 0

  alarm_name          = "${local.name}-refused-requests"
  alarm_description   = "More than 100 requests in five minutes carried no token or a wrong one"
  namespace           = local.metric_namespace
  metric_name         = "RefusedRequests"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 100
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  depends_on = [aws_cloudwatch_log_metric_filter.refused]
}

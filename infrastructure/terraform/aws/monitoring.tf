# The objective of 93 % and the health of what serves it. The services write their metrics into the log in CloudWatch's
# embedded metric format, namespace DayTrade/<environment>, dimension Service; deployments have alarms of their own in
# modules/service.

locals {
  database_dimensions = { DBInstanceIdentifier = aws_db_instance.main.identifier }
  # Any of the nodes can be the primary one.
  cache_nodes = [for index in range(var.redis_num_cache_nodes) : format("%03d", index + 1)]

  gibibyte = 1073741824

  # period and periods: seconds, and how many in a row; missing: what a gap means.
  store_alarms = {
    database-cpu = {
      what      = "The database works at more than 85 % for a quarter of an hour"
      namespace = "AWS/RDS", metric = "CPUUtilization", dimensions = local.database_dimensions, statistic = "Average"
      operator  = "GreaterThanThreshold", threshold = 85, period = 300, periods = 3, missing = "breaching"
    }
    database-storage = {
      what      = "The database has less than a tenth of its storage left"
      namespace = "AWS/RDS", metric = "FreeStorageSpace", dimensions = local.database_dimensions, statistic = "Minimum"
      operator  = "LessThanThreshold", threshold = var.db_allocated_storage * local.gibibyte / 10, period = 300, periods = 3, missing = "breaching"
    }
    database-memory = {
      what      = "The database has less than 128 MiB of memory left"
      namespace = "AWS/RDS", metric = "FreeableMemory", dimensions = local.database_dimensions, statistic = "Minimum"
      operator  = "LessThanThreshold", threshold = local.gibibyte / 8, period = 300, periods = 3, missing = "breaching"
    }
    database-connections = {
      what      = "The database has more than three quarters of the connections that a ${var.db_instance_class} takes"
      namespace = "AWS/RDS", metric = "DatabaseConnections", dimensions = local.database_dimensions, statistic = "Maximum"
      operator  = "GreaterThanThreshold", threshold = floor(local.database_connections * 0.75), period = 60, periods = 5, missing = "breaching"
    }
  }

  cache_alarms = merge([for node in local.cache_nodes : { for name, alarm in {
    cpu = {
      what      = "The cache's engine works at more than 85 % for a quarter of an hour"
      metric    = "EngineCPUUtilization", statistic = "Average", operator = "GreaterThanThreshold"
      threshold = 85, period = 300, periods = 3, missing = "breaching"
    }
    memory = {
      what      = "The cache is fuller than 80 %; when it is full it takes no more runs"
      metric    = "DatabaseMemoryUsagePercentage", statistic = "Maximum", operator = "GreaterThanThreshold"
      threshold = 80, period = 300, periods = 3, missing = "breaching"
    }
    authentication = {
      what      = "Somebody fails to sign in to the cache"
      metric    = "AuthenticationFailures", statistic = "Sum", operator = "GreaterThanThreshold"
      threshold = 5, period = 300, periods = 1, missing = "notBreaching"
    }
    } : "cache-${name}-${node}" => merge(alarm, {
      namespace  = "AWS/ElastiCache"
      dimensions = { CacheClusterId = "${aws_elasticache_replication_group.main.replication_group_id}-${node}" }
  }) }]...)

  platform_alarms = local.ecs_enabled ? {
    coverage = {
      what      = "Of the last 60 sessions' closes fewer than ${var.coverage_objective * 100} % lie inside of their interval"
      namespace = local.metric_namespace, metric = "IntervalCoverage", statistic = "Average"
      # Missing until the first sessions are judged, and over weekends.
      dimensions = { Service = "ml-service", Window = "60" }
      operator   = "LessThanThreshold", threshold = var.coverage_objective, period = 3600, periods = 3, missing = "ignore"
    }
    stale-bars = {
      what      = "The newest bar is more than one closed session old"
      namespace = local.metric_namespace, metric = "NewestBarAge", dimensions = { Service = "data-service" }, statistic = "Minimum"
      operator  = "GreaterThanThreshold", threshold = 1, period = 3600, periods = 3, missing = "ignore"
    }
    stale-model = {
      what      = "The live model was trained more than two weeks ago; training is due each Sunday"
      namespace = local.metric_namespace, metric = "ModelAge", dimensions = { Service = "ml-service" }, statistic = "Minimum"
      operator  = "GreaterThanThreshold", threshold = 14 * 86400, period = 3600, periods = 3, missing = "ignore"
    }
    queue = {
      what      = "A run has waited for a worker for more than half an hour"
      namespace = local.metric_namespace, metric = "OldestQueuedRunAge", dimensions = { Service = "scheduler-service" }, statistic = "Maximum"
      operator  = "GreaterThanThreshold", threshold = 1800, period = 300, periods = 3, missing = "notBreaching"
    }
  } : {}

  # That metric exists only while there are tasks.
  silence_alarms = local.has_image ? {
    for name, service in local.services : "${name}-silent" => {
      what      = "${name} writes no metrics: it does not run, or its log does not arrive"
      namespace = local.metric_namespace, metric = "RequestCount", dimensions = { Service = name }, statistic = "SampleCount"
      operator  = "LessThanThreshold", threshold = 1, period = 300, periods = 2, missing = "breaching"
    }
  } : {}

  edge_alarms = local.ecs_enabled ? {
    load-balancer-errors = {
      what       = "The load balancer itself answers with 5xx: no service is there to answer"
      namespace  = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", statistic = "Sum"
      dimensions = { LoadBalancer = one(aws_lb.main[*].arn_suffix) }
      operator   = "GreaterThanThreshold", threshold = 10, period = 300, periods = 1, missing = "notBreaching"
    }
  } : {}

  alarms = merge(local.store_alarms, local.cache_alarms, local.platform_alarms, local.silence_alarms, local.edge_alarms)
}

resource "aws_cloudwatch_metric_alarm" "main" {
  for_each = local.alarms

  alarm_name          = "${local.name}-${each.key}"
  alarm_description   = each.value.what
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.periods
  comparison_operator = each.value.operator
  threshold           = each.value.threshold
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

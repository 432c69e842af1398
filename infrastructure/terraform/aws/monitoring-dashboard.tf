# One page: the objective first, then who asks, how fast, and what the stores have left.

locals {
  # With a line for each service.
  service_metrics = { for metric, statistic in { RequestCount = "Sum", RequestLatency = "p99", RequestErrors = "Sum" } :
    metric => [for name in ["ml-service", "data-service", "scheduler-service", "dashboard"] :
      [local.metric_namespace, metric, "Service", name, { label = name, stat = statistic }]
    ]
  }
  task_metrics = { for metric, namespace in { RunningTaskCount = "ECS/ContainerInsights", CPUUtilization = "AWS/ECS" } :
    metric => [for name in keys(local.all_services) :
      [namespace, metric, "ClusterName", local.name, "ServiceName", name, { label = name, stat = "Average" }]
    ]
  }

  widgets = [
    {
      title = "Closes inside of the interval; the objective is ${var.coverage_objective * 100} %"
      metrics = [for window in ["20", "60", "250"] : [
        local.metric_namespace, "IntervalCoverage", "Service", "ml-service", "Window", window,
        { label = "${window} sessions", stat = "Average" },
      ]]
      annotations = { horizontal = [{ label = "objective", value = var.coverage_objective }] }
    },
    {
      title = "Error of the intervals (Winkler score, basis points)"
      metrics = [[
        local.metric_namespace, "IntervalWinkler", "Service", "ml-service",
        { label = "Winkler score", stat = "Average" },
      ]]
    },
    { title = "Requests", metrics = local.service_metrics["RequestCount"] },
    { title = "Time to answer, 99th percentile (seconds)", metrics = local.service_metrics["RequestLatency"] },
    { title = "Answers with an error", metrics = local.service_metrics["RequestErrors"] },
    {
      title = "Runs that wait for a worker"
      metrics = [[
        local.metric_namespace, "RunsQueued", "Service", "scheduler-service",
        { label = "runs", stat = "Maximum" },
      ]]
    },
    { title = "Tasks that run", metrics = local.task_metrics["RunningTaskCount"] },
    { title = "Processors of the tasks (%)", metrics = local.task_metrics["CPUUtilization"] },
    {
      title = "Database"
      metrics = [
        ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", local.name, { label = "processors (%)", stat = "Average" }],
        ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", local.name, { label = "connections", stat = "Maximum" }],
      ]
    },
    {
      title = "Cache"
      metrics = [
        ["AWS/ElastiCache", "EngineCPUUtilization", "CacheClusterId", "${local.name}-001", { label = "engine (%)", stat = "Average" }],
        ["AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "CacheClusterId", "${local.name}-001", { label = "memory (%)", stat = "Maximum" }],
      ]
    },
  ]
}

resource "aws_cloudwatch_dashboard" "main" {
  count = var.detailed_monitoring && local.ecs_enabled ? 1 : 0

  dashboard_name = local.name

  dashboard_body = jsonencode({
    widgets = [for index, widget in local.widgets : {
      type       = "metric"
      x          = index % 2 * 12
      y          = floor(index / 2) * 6
      width      = 12
      height     = 6
      properties = merge(widget, { region = var.aws_region, view = "timeSeries", period = 300 })
    }]
  })
}

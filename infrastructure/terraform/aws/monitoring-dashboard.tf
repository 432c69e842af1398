# One page: the objective first, then who asks, how fast, and what the stores have left.

locals {
  widgets = [
    {
      title = "Closes inside of the interval; the objective is ${var.coverage_objective * 100} %"
      metrics = [for window in ["20", "60", "250"] :
        [local.metric_namespace, "IntervalCoverage", "Service", "ml-service", "Window", window, { label = "${window} sessions", stat = "Average" }]
      ]
      annotation = { label = "objective", value = var.coverage_objective }
    },
    {
      title      = "Error of the intervals (Winkler score, basis points)"
      metrics    = [[local.metric_namespace, "IntervalWinkler", "Service", "ml-service", { label = "Winkler score", stat = "Average" }]]
      annotation = null
    },
    {
      title = "Requests"
      metrics = [for name in ["ml-service", "data-service", "scheduler-service", "dashboard"] :
        [local.metric_namespace, "RequestCount", "Service", name, { label = name, stat = "Sum" }]
      ]
      annotation = null
    },
    {
      title = "Time to answer, 99th percentile (seconds)"
      metrics = [for name in ["ml-service", "data-service", "scheduler-service", "dashboard"] :
        [local.metric_namespace, "RequestLatency", "Service", name, { label = name, stat = "p99" }]
      ]
      annotation = null
    },
    {
      title = "Answers with an error"
      metrics = [for name in ["ml-service", "data-service", "scheduler-service", "dashboard"] :
        [local.metric_namespace, "RequestErrors", "Service", name, { label = name, stat = "Sum" }]
      ]
      annotation = null
    },
    {
      title      = "Runs that wait for a worker"
      metrics    = [[local.metric_namespace, "RunsQueued", "Service", "scheduler-service", { label = "runs", stat = "Maximum" }]]
      annotation = null
    },
    {
      title      = "Tasks that run"
      metrics    = [for name in keys(local.all_services) : ["ECS/ContainerInsights", "RunningTaskCount", "ClusterName", local.name, "ServiceName", name, { label = name, stat = "Average" }]]
      annotation = null
    },
    {
      title      = "Processors of the tasks (%)"
      metrics    = [for name in keys(local.all_services) : ["AWS/ECS", "CPUUtilization", "ClusterName", local.name, "ServiceName", name, { label = name, stat = "Average" }]]
      annotation = null
    },
    {
      title = "Database"
      metrics = [
        ["AWS/RDS", "CPUUtilization", "DBInstanceIdentifier", local.name, { label = "processors (%)", stat = "Average" }],
        ["AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier", local.name, { label = "connections", stat = "Maximum" }],
      ]
      annotation = null
    },
    {
      title = "Cache"
      metrics = [
        ["AWS/ElastiCache", "EngineCPUUtilization", "CacheClusterId", "${local.name}-001", { label = "engine (%)", stat = "Average" }],
        ["AWS/ElastiCache", "DatabaseMemoryUsagePercentage", "CacheClusterId", "${local.name}-001", { label = "memory (%)", stat = "Maximum" }],
      ]
      annotation = null
    },
  ]
}

resource "aws_cloudwatch_dashboard" "main" {
  count = var.detailed_monitoring && local.ecs_enabled ? 1 : 0

  dashboard_name = local.name

  dashboard_body = jsonencode({
    widgets = [for index, widget in local.widgets : {
      type   = "metric"
      x      = index % 2 * 12
      y      = floor(index / 2) * 6
      width  = 12
      height = 6
      properties = merge(
        {
          title   = widget.title
          region  = var.aws_region
          view    = "timeSeries"
          period  = 300
          metrics = widget.metrics
        },
        widget.annotation == null ? {} : { annotations = { horizontal = [widget.annotation] } },
      )
    }]
  })
}

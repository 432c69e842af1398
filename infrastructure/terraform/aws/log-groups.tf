# All log groups, made before what writes to them, so that each has a key and a retention.

locals {
  log_groups = merge(
    {
      flow-logs        = "/day-trade/${var.environment}/flow-logs"
      database         = "/aws/rds/instance/${local.name}/postgresql"
      database-upgrade = "/aws/rds/instance/${local.name}/upgrade"
      cache-slow-log   = "/day-trade/${var.environment}/cache-slow-log"
      cache-engine-log = "/day-trade/${var.environment}/cache-engine-log"
    },
    { for name, service in local.services : name => "/day-trade/${var.environment}/${name}" },
    local.ecs_enabled ? {
      container-insights = "/aws/ecs/containerinsights/${local.name}/performance"
      # The firewall writes to names that begin so, and to no others.
      firewall = "aws-waf-logs-${local.name}"
    } : {},
    local.eks_enabled ? {
      cluster             = "/aws/eks/${local.name}/cluster"
      cluster-application = "/aws/containerinsights/${local.name}/application"
      cluster-dataplane   = "/aws/containerinsights/${local.name}/dataplane"
      cluster-host        = "/aws/containerinsights/${local.name}/host"
      cluster-performance = "/aws/containerinsights/${local.name}/performance"
    } : {},
  )
}

resource "aws_cloudwatch_log_group" "main" {
  for_each = local.log_groups

  name              = each.value
  retention_in_days = var.log_retention_days
  kms_key_id        = module.key["logs"].arn
}

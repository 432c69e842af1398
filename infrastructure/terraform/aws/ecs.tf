# ECS Fargate: the services run as tasks.

# The digest that runs is kept in the account, so that an apply without image_digest leaves the tasks as they are.
data "aws_ssm_parameters_by_path" "release" {
  path = "/day-trade/${var.environment}/release"
}

locals {
  kept_digest  = nonsensitive(one(data.aws_ssm_parameters_by_path.release.values[*]))
  image_digest = var.image_digest == null ? local.kept_digest : var.image_digest

  # Until the first image is pushed, the services have no tasks.
  has_image = local.image_digest != null
  image     = local.has_image ? "${local.repository.url}@${local.image_digest}" : "${local.repository.url}:none"
}

resource "aws_ssm_parameter" "release" {
  count = local.has_image ? 1 : 0

  name   = "${data.aws_ssm_parameters_by_path.release.path}/image-digest"
  type   = "SecureString"
  key_id = module.key["secrets"].arn
  value  = local.image_digest
}

resource "aws_ecs_cluster" "main" {
  count = local.ecs_enabled ? 1 : 0

  name = local.name

  setting {
    name  = "containerInsights"
    value = var.detailed_monitoring ? "enhanced" : "enabled"
  }

  # Container Insights would make its log group without a key and without a retention.
  depends_on = [aws_cloudwatch_log_group.main]
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  count = local.ecs_enabled ? 1 : 0

  cluster_name       = aws_ecs_cluster.main[0].name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 100
  }
}

# Services call each other by name: http://ml-service:8000.
resource "aws_service_discovery_http_namespace" "main" {
  count = local.ecs_enabled ? 1 : 0

  name        = local.name
  description = "Services of ${local.name}"
}

locals {
  platform = {
    name                 = local.name
    region               = var.aws_region
    account              = local.account
    permissions_boundary = var.permissions_boundary
    state_folder         = local.state_folder
    certificates         = { pem = local.authorities, file = local.certificates }
    metric_namespace     = local.metric_namespace
    topic_arn            = aws_sns_topic.alarms.arn
    secrets_key_arn      = module.key["secrets"].arn
  }
}

module "service" {
  source   = "./modules/service"
  for_each = local.services

  name = each.key
  part = merge(each.value, {
    replicas     = local.has_image ? each.value.replicas : { minimum = 0, maximum = 0 }
    discoverable = contains(local.called_services, each.key)
  })
  platform = local.platform
  cluster = {
    arn           = aws_ecs_cluster.main[0].arn
    name          = aws_ecs_cluster.main[0].name
    namespace_arn = aws_service_discovery_http_namespace.main[0].arn
    subnet_ids    = local.private_subnet_ids
    architecture  = local.architecture.ecs
  }
  image = { name = local.image, repository_arn = local.repository.arn, trace_collector = var.trace_collector_image }

  environment = merge(
    local.common_settings,
    {
      DAYTRADE_DRAIN_PAUSE_SECONDS = tostring(each.value.drain_pause)
      DAYTRADE_DRAIN_SECONDS       = tostring(each.value.drain)
    },
    each.value.uses_stores ? local.store_settings : {},
    each.key == "dashboard" ? local.addresses : {},
  )
  secrets = merge(local.token_secret, each.value.uses_stores ? local.store_secrets : {})

  task_role_arn     = module.task_role[each.key].arn
  log_group         = aws_cloudwatch_log_group.main[each.key]
  security_group_id = aws_security_group.main[each.key].id
  load_balancer = local.https && each.value.paths != null ? {
    target_group_arn = aws_lb_target_group.service[each.key].arn
    dimensions = {
      LoadBalancer = aws_lb.main[0].arn_suffix
      TargetGroup  = aws_lb_target_group.service[each.key].arn_suffix
    }
  } : null

  depends_on = [
    aws_ecs_cluster_capacity_providers.main,
    aws_lb_listener_rule.service,
    # The cache takes its new password before tasks use it.
    aws_elasticache_user_group.main,
    aws_vpc_endpoint.interface,
    aws_route.private_internet,
  ]
}

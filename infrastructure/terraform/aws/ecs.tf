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

module "service" {
  source   = "./modules/service"
  for_each = local.services

  name                 = each.key
  full_name            = "${local.name}-${each.key}"
  region               = var.aws_region
  account              = local.account
  permissions_boundary = var.permissions_boundary
  cluster_arn          = aws_ecs_cluster.main[0].arn
  cluster_name         = aws_ecs_cluster.main[0].name
  namespace_arn        = aws_service_discovery_http_namespace.main[0].arn
  discoverable         = contains(local.called_services, each.key)

  image        = local.image
  port         = each.value.port
  cpu          = each.value.cpu
  memory       = each.value.memory
  architecture = local.architecture.ecs
  replicas     = local.has_image ? each.value.replicas : { minimum = 0, maximum = 0 }
  spot_weight  = each.key == "worker" ? var.fargate_spot_weight : 0
  state_folder = local.state_folder

  environment = merge(
    local.common_settings,
    {
      DAYTRADE_DRAIN_PAUSE_SECONDS = tostring(each.value.drain_pause)
      DAYTRADE_DRAIN_SECONDS       = tostring(each.value.drain)
    },
    each.value.uses_stores ? local.store_settings : {},
    each.key == "dashboard" ? local.addresses : {},
  )
  secrets           = merge(local.token_secret, each.value.uses_stores ? local.store_secrets : {})
  secret_arns       = concat([aws_secretsmanager_secret.main["token"].arn], each.value.uses_stores ? local.store_secret_arns : [])
  secrets_key_arn   = module.key["secrets"].arn
  migrates          = each.value.uses_stores
  certificates      = file("${path.module}/certificates/${var.aws_region}.pem")
  certificates_file = local.certificates
  stop_timeout      = each.value.drain_pause + each.value.drain + 20

  trace_collector_image = var.trace_collector_image

  task_role_arn      = module.task_role[each.key].arn
  repository_arn     = local.repository.arn
  log_group          = aws_cloudwatch_log_group.main[each.key].name
  log_group_arn      = aws_cloudwatch_log_group.main[each.key].arn
  subnet_ids         = local.private_subnet_ids
  security_group_ids = [aws_security_group.main[each.key].id]

  public               = local.https && each.value.paths != null
  target_group_arn     = try(aws_lb_target_group.service[each.key].arn, null)
  target_group_suffix  = try(aws_lb_target_group.service[each.key].arn_suffix, null)
  load_balancer_suffix = try(aws_lb.main[0].arn_suffix, null)

  queue_metric     = each.key == "worker" ? { name = "RunsQueued", dimensions = { Service = "scheduler-service" }, per_task = 2 } : null
  metric_namespace = local.metric_namespace
  topic_arn        = aws_sns_topic.alarms.arn

  depends_on = [
    aws_ecs_cluster_capacity_providers.main,
    aws_lb_listener_rule.service,
    # The cache takes its new password before tasks use it.
    aws_elasticache_user_group.main,
    aws_vpc_endpoint.interface,
    aws_route.private_internet,
  ]
}

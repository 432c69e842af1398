# Who acts as what: a role for each part of the platform, as an ECS task and as a pod of EKS, with what that part
# touches and no more. Roles of AWS's own services stand beside what they serve.

# Tasks.
locals {
  tasks = merge(
    {
      for name, service in local.services :
      name => { objects = service.uses_objects, database = service.uses_stores, traces = local.traces }
    },
    local.ecs_enabled ? { migrate = { objects = false, database = true, traces = false } } : {},
  )

  # As whom the database is signed in to by a token; with a password nobody needs the right.
  token_users = var.db_authentication == "aws-iam" ? [local.database_user_arn] : []

  objects = { bucket_arn = module.objects.arn, key_arn = module.key["data"].arn }
}

module "task_role" {
  source   = "./modules/service-role"
  for_each = local.tasks

  name        = "${local.name}-${each.key}-task"
  description = "${each.key} of ${local.name} as an ECS task"
  trust = {
    service    = "ecs-tasks.amazonaws.com"
    account    = local.account
    source_arn = "arn:${local.partition}:ecs:${var.aws_region}:${local.account}:*"
  }
  permissions_boundary = var.permissions_boundary
  objects              = each.value.objects ? local.objects : null
  database_users       = each.value.database ? local.token_users : []
  traces               = each.value.traces
}

# The chart's pods: service accounts are named as the components are. Their secrets come by External Secrets.
locals {
  pods = local.eks_enabled ? {
    ml-service        = { objects = true, database = true }
    data-service      = { objects = true, database = true }
    scheduler-service = { objects = false, database = true }
    worker            = { objects = true, database = true }
    migrate           = { objects = false, database = true }
    # It takes a password, and is refused with tokens (infrastructure/helm).
    backup       = { objects = true, database = false }
    dashboard    = { objects = false, database = false }
    alertmanager = { objects = false, database = false }
  } : {}

  alarm_topic = { arn = aws_sns_topic.alarms.arn, key_arn = module.key["logs"].arn }

  pods_trust = {
    service    = "pods.eks.amazonaws.com"
    account    = local.account
    source_arn = one(aws_eks_cluster.main[*].arn)
  }
}

module "pod_role" {
  source   = "./modules/service-role"
  for_each = local.pods

  name                 = "${local.name}-${each.key}-pod"
  description          = "${each.key} of ${local.name} as a pod of EKS"
  trust                = local.pods_trust
  permissions_boundary = var.permissions_boundary
  objects              = each.value.objects ? local.objects : null
  database_users       = each.value.database ? local.token_users : []
  topic                = each.key == "alertmanager" ? local.alarm_topic : null
}

resource "aws_eks_pod_identity_association" "main" {
  for_each = local.pods

  cluster_name    = aws_eks_cluster.main[0].name
  namespace       = local.namespace
  service_account = each.key
  role_arn        = module.pod_role[each.key].arn
}

# External Secrets (README.md) reads the secrets for the chart, and is the one that may.
module "external_secrets_role" {
  source = "./modules/service-role"
  count  = local.eks

  name                 = "${local.name}-external-secrets"
  description          = "External Secrets of ${local.name}"
  trust                = local.pods_trust
  permissions_boundary = var.permissions_boundary
  secrets = {
    arns    = concat([for secret in aws_secretsmanager_secret.main : secret.arn], [local.database_secret_arn])
    key_arn = module.key["secrets"].arn
  }
}

resource "aws_eks_pod_identity_association" "external_secrets" {
  count = local.eks

  cluster_name    = aws_eks_cluster.main[0].name
  namespace       = "external-secrets"
  service_account = "external-secrets"
  role_arn        = module.external_secrets_role[0].arn
}

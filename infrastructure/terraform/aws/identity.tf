# Who acts as what: a role for each part of the platform, as an ECS task and as a pod of EKS, with what that part
# touches and no more. Roles of AWS's own services stand beside what they serve.

# Tasks.
locals {
  tasks = merge(
    { for name, service in local.services : name => { objects = service.objects, database = service.uses_stores, traces = local.traces } },
    local.ecs_enabled ? { migrate = { objects = "none", database = true, traces = false } } : {},
  )

  # As whom the database is signed in to by a token; with a password nobody needs the right.
  token_users = var.db_authentication == "aws-iam" ? [local.database_user_arn] : []
}

module "task_role" {
  source   = "./modules/service-role"
  for_each = local.tasks

  name                 = "${local.name}-${each.key}-task"
  description          = "${each.key} of ${local.name} as an ECS task"
  trusted_service      = "ecs-tasks.amazonaws.com"
  account              = local.account
  permissions_boundary = var.permissions_boundary
  source_arn           = "arn:${local.partition}:ecs:${var.aws_region}:${local.account}:*"
  objects              = each.value.objects
  bucket_arn           = module.objects.arn
  bucket_key_arn       = module.key["data"].arn
  secrets_key_arn      = module.key["secrets"].arn
  database_users       = each.value.database ? local.token_users : []
  traces               = each.value.traces
}

# The chart's pods: service accounts are named as the components are. Their secrets come by External Secrets.
locals {
  pods = local.eks_enabled ? {
    ml-service        = { objects = "write", database = true, publishes = false }
    data-service      = { objects = "write", database = true, publishes = false }
    scheduler-service = { objects = "none", database = true, publishes = false }
    worker            = { objects = "write", database = true, publishes = false }
    migrate           = { objects = "none", database = true, publishes = false }
    # It takes a password, and is refused with tokens (infrastructure/helm).
    backup       = { objects = "write", database = false, publishes = false }
    dashboard    = { objects = "none", database = false, publishes = false }
    alertmanager = { objects = "none", database = false, publishes = true }
  } : {}
}

module "pod_role" {
  source   = "./modules/service-role"
  for_each = local.pods

  name                 = "${local.name}-${each.key}-pod"
  description          = "${each.key} of ${local.name} as a pod of EKS"
  trusted_service      = "pods.eks.amazonaws.com"
  account              = local.account
  permissions_boundary = var.permissions_boundary
  source_arn           = aws_eks_cluster.main[0].arn
  objects              = each.value.objects
  bucket_arn           = module.objects.arn
  bucket_key_arn       = module.key["data"].arn
  database_users       = each.value.database ? local.token_users : []
  secrets_key_arn      = module.key["secrets"].arn
  topics               = each.value.publishes ? [{ arn = aws_sns_topic.alarms.arn, key_arn = module.key["logs"].arn }] : []
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
  trusted_service      = "pods.eks.amazonaws.com"
  account              = local.account
  permissions_boundary = var.permissions_boundary
  source_arn           = aws_eks_cluster.main[0].arn
  bucket_arn           = module.objects.arn
  bucket_key_arn       = module.key["data"].arn
  secret_arns          = concat([for secret in aws_secretsmanager_secret.main : secret.arn], [local.database_secret_arn])
  secrets_key_arn      = module.key["secrets"].arn
}

resource "aws_eks_pod_identity_association" "external_secrets" {
  count = local.eks

  cluster_name    = aws_eks_cluster.main[0].name
  namespace       = "external-secrets"
  service_account = "external-secrets"
  role_arn        = module.external_secrets_role[0].arn
}

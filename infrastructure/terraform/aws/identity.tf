# Who acts as what: a role for each part of the platform, as an ECS task and as a pod of EKS, with what that part
# touches and no more. Roles of AWS's own services stand beside what they serve.

# Tasks.
module "task_role" {
  source   = "./modules/service-role"
  for_each = local.services

  name             = "${local.name}-${each.key}-task"
  description      = "${each.key} of ${local.name} as an ECS task"
  trusted_service  = "ecs-tasks.amazonaws.com"
  account          = local.account
  source_arn       = "arn:${local.partition}:ecs:${var.aws_region}:${local.account}:*"
  objects          = each.value.objects
  bucket_arn       = module.objects.arn
  bucket_key_arn   = module.key["storage"].arn
  secrets_key_arn  = module.key["secrets"].arn
  database_users   = each.value.uses_stores && var.db_authentication == "aws-iam" ? [local.database_user_arn] : []
  metric_namespace = null
  traces           = local.traces
}

# The chart's pods: service accounts are named as the components are.
locals {
  pods = var.enable_eks ? {
    ml-service        = { objects = "write", secrets = true }
    data-service      = { objects = "write", secrets = true }
    scheduler-service = { objects = "none", secrets = true }
    worker            = { objects = "write", secrets = true }
    migrate           = { objects = "none", secrets = true }
    backup            = { objects = "write", secrets = true }
    dashboard         = { objects = "none", secrets = false }
  } : {}
}

module "pod_role" {
  source   = "./modules/service-role"
  for_each = local.pods

  name             = "${local.name}-${each.key}-pod"
  description      = "${each.key} of ${local.name} as a pod of EKS"
  trusted_service  = "pods.eks.amazonaws.com"
  account          = local.account
  source_arn       = aws_eks_cluster.main[0].arn
  objects          = each.value.objects
  bucket_arn       = module.objects.arn
  bucket_key_arn   = module.key["storage"].arn
  database_users   = each.value.secrets ? [local.database_user_arn] : []
  secret_arns      = concat(values(local.token_secret), each.value.secrets ? local.store_secret_arns : [])
  secrets_key_arn  = module.key["secrets"].arn
  metric_namespace = local.metric_namespace
}

resource "aws_eks_pod_identity_association" "main" {
  for_each = local.pods

  cluster_name    = aws_eks_cluster.main[0].name
  namespace       = local.namespace
  service_account = each.key
  role_arn        = module.pod_role[each.key].arn
}

# Add-ons of the cluster beside what Auto Mode brings. EKS chooses the version of each; README.md raises it.

locals {
  # With the service account and the policies of those that act in AWS.
  addons = local.eks_enabled ? {
    # The metrics that pods are scaled by.
    metrics-server = { service_account = null, policies = [] }
    amazon-cloudwatch-observability = {
      service_account = "cloudwatch-agent"
      policies        = ["CloudWatchAgentServerPolicy", "AWSXrayWriteOnlyAccess"]
    }
  } : {}

  addon_roles = { for name, role in local.addons : name => role if role.service_account != null }
}

resource "aws_eks_addon" "main" {
  for_each = local.addons

  cluster_name                = aws_eks_cluster.main[0].name
  addon_name                  = each.key
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = { for name, role in local.addon_roles : role.service_account => name if name == each.key }

    content {
      service_account = pod_identity_association.key
      role_arn        = module.addon_role[pod_identity_association.value].arn
    }
  }

  depends_on = [aws_iam_role_policy_attachment.addon]
}

module "addon_role" {
  source   = "./modules/service-role"
  for_each = local.addon_roles

  name                 = "${local.name}-${each.key}"
  description          = "Add-on ${each.key} of ${local.name}"
  trust                = local.pods_trust
  permissions_boundary = var.permissions_boundary
}

resource "aws_iam_role_policy_attachment" "addon" {
  for_each = merge([
    for addon, role in local.addon_roles : { for policy in role.policies : "${addon} ${policy}" => { addon = addon, policy = policy } }
  ]...)

  role       = module.addon_role[each.value.addon].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.value.policy}"
}

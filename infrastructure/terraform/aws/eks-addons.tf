# Add-ons of the cluster, with roles for those that act in AWS.

locals {
  # The specification's namespaces.
  namespace = { development = "day-trade-dev", staging = "day-trade-staging", production = "day-trade" }[var.environment]

  # Without these a node does not become ready.
  addons_before_nodes = {
    vpc-cni                = { enableNetworkPolicy = "true" }
    kube-proxy             = null
    eks-pod-identity-agent = null
  }

  addons_after_nodes = {
    coredns = null
    # The metrics that pods are scaled by.
    metrics-server = null
    # Volumes; the class is the default one, so that claims of the chart need not name it.
    aws-ebs-csi-driver              = { defaultStorageClass = { enabled = true } }
    amazon-cloudwatch-observability = null
  }

  # Add-ons that act in AWS, with the service account and the policy of each.
  addon_roles = var.enable_eks ? {
    aws-ebs-csi-driver = {
      service_account = "ebs-csi-controller-sa"
      policies        = ["service-role/AmazonEBSCSIDriverPolicy"]
    }
    amazon-cloudwatch-observability = {
      service_account = "cloudwatch-agent"
      policies        = ["CloudWatchAgentServerPolicy", "AWSXrayWriteOnlyAccess"]
    }
  } : {}
}

resource "aws_eks_addon" "before_nodes" {
  for_each = { for name, settings in local.addons_before_nodes : name => settings if var.enable_eks }

  cluster_name                = aws_eks_cluster.main[0].name
  addon_name                  = each.key
  configuration_values        = each.value == null ? null : jsonencode(each.value)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
}

resource "aws_eks_addon" "after_nodes" {
  for_each = { for name, settings in local.addons_after_nodes : name => settings if var.enable_eks }

  cluster_name                = aws_eks_cluster.main[0].name
  addon_name                  = each.key
  configuration_values        = each.value == null ? null : jsonencode(each.value)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = { for name, role in local.addon_roles : role.service_account => name if name == each.key }

    content {
      service_account = pod_identity_association.key
      role_arn        = module.addon_role[pod_identity_association.value].arn
    }
  }

  depends_on = [aws_eks_node_group.main, aws_iam_role_policy_attachment.addon]
}

module "addon_role" {
  source   = "./modules/service-role"
  for_each = local.addon_roles

  name            = "${local.name}-${each.key}"
  description     = "Add-on ${each.key} of ${local.name}"
  trusted_service = "pods.eks.amazonaws.com"
  account         = local.account
  source_arn      = aws_eks_cluster.main[0].arn
  bucket_arn      = module.objects.arn
  bucket_key_arn  = module.key["storage"].arn
  secrets_key_arn = module.key["secrets"].arn
}

resource "aws_iam_role_policy_attachment" "addon" {
  for_each = merge([
    for addon, role in local.addon_roles : { for policy in role.policies : "${addon} ${policy}" => { addon = addon, policy = policy } }
  ]...)

  role       = module.addon_role[each.value.addon].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.value.policy}"
}

# EKS: the cluster for the Helm chart.

locals {
  eks = local.eks_enabled ? 1 : 0

  # The specification's namespaces.
  namespace       = { development = "day-trade-dev", staging = "day-trade-staging", production = "day-trade" }[var.environment]
  deployers_group = "day-trade-deployers"
}

resource "aws_eks_cluster" "main" {
  count = local.eks

  name     = local.name
  version  = var.eks_version
  role_arn = aws_iam_role.service["eks-cluster"].arn

  bootstrap_self_managed_addons = false
  enabled_cluster_log_types     = ["api", "audit", "authenticator", "controllerManager", "scheduler"]

  access_config {
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  # Auto Mode: AWS starts nodes for pods that find no room and stops those that are not needed, replaces them with newer
  # images, and brings network, DNS, volumes, load balancers and Pod Identity with them. What the nodes are is said in
  # the cluster: infrastructure/helm/day-trade-cluster.
  compute_config {
    enabled       = true
    node_pools    = ["system"]
    node_role_arn = aws_iam_role.service["node"].arn
  }

  kubernetes_network_config {
    elastic_load_balancing {
      enabled = true
    }
  }

  storage_config {
    block_storage {
      enabled = true
    }
  }

  vpc_config {
    subnet_ids              = local.private_subnet_ids
    endpoint_private_access = true
    endpoint_public_access  = length(var.eks_public_access_cidrs) > 0
    public_access_cidrs     = length(var.eks_public_access_cidrs) > 0 ? var.eks_public_access_cidrs : null
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = module.key["data"].arn
    }
  }

  upgrade_policy {
    support_type = "STANDARD"
  }

  depends_on = [aws_cloudwatch_log_group.main, aws_iam_role_policy_attachment.service]
}

# Access to the cluster by entries of the API; the ConfigMap aws-auth is not read.
data "aws_iam_session_context" "current" {
  arn = data.aws_caller_identity.current.arn
}

# The administrator where none is named: the role that applied first. A deployment by another one takes nothing from it.
resource "terraform_data" "creator" {
  input = data.aws_iam_session_context.current.issuer_arn

  lifecycle {
    ignore_changes = [input]
  }
}

locals {
  eks_administrators = length(var.eks_administrators) > 0 ? var.eks_administrators : [terraform_data.creator.input]
}

resource "aws_eks_access_entry" "main" {
  for_each = local.eks_enabled ? setunion(local.eks_administrators, var.eks_deployers) : []

  cluster_name  = aws_eks_cluster.main[0].name
  principal_arn = each.key
  type          = "STANDARD"
  # The chart day-trade-cluster lets this group change the application's namespace, objects of operators included, which
  # no policy of EKS knows.
  kubernetes_groups = contains(local.eks_administrators, each.key) ? [] : [local.deployers_group]

  lifecycle {
    precondition {
      condition     = length(var.eks_administrators) > 0 || !contains(var.eks_deployers, terraform_data.creator.input)
      error_message = "The role that applies is among eks_deployers: name the cluster's administrators in eks_administrators."
    }
  }
}

resource "aws_eks_access_policy_association" "administrators" {
  for_each = local.eks_enabled ? toset(local.eks_administrators) : []

  cluster_name  = aws_eks_cluster.main[0].name
  principal_arn = aws_eks_access_entry.main[each.key].principal_arn
  policy_arn    = "arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

  access_scope {
    type = "cluster"
  }
}

resource "aws_eks_access_policy_association" "deployers" {
  for_each = local.eks_enabled ? setsubtract(var.eks_deployers, local.eks_administrators) : []

  cluster_name  = aws_eks_cluster.main[0].name
  principal_arn = aws_eks_access_entry.main[each.key].principal_arn
  policy_arn    = "arn:${local.partition}:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy"

  access_scope {
    type       = "namespace"
    namespaces = [local.namespace]
  }
}

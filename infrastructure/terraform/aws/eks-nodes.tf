# The machines of the cluster.

resource "aws_launch_template" "node" {
  count = local.eks

  name_prefix            = "${local.name}-node-"
  description            = "Nodes of ${local.name}"
  update_default_version = true

  # One hop: a pod cannot reach the node's credentials.
  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type           = "gp3"
      volume_size           = 50
      encrypted             = true
      delete_on_termination = true
    }
  }

  monitoring {
    enabled = true
  }

  dynamic "tag_specifications" {
    for_each = ["instance", "volume"]

    content {
      resource_type = tag_specifications.value
      tags          = merge(local.tags, { Name = "${local.name}-node" })
    }
  }
}

resource "aws_eks_node_group" "main" {
  count = local.eks

  cluster_name           = aws_eks_cluster.main[0].name
  node_group_name_prefix = "${local.name}-"
  node_role_arn          = aws_iam_role.node[0].arn
  subnet_ids             = local.private_subnet_ids
  version                = aws_eks_cluster.main[0].version
  ami_type               = "AL2023_x86_64_STANDARD"
  capacity_type          = "ON_DEMAND"
  instance_types         = [var.eks_node_type]

  launch_template {
    id      = aws_launch_template.node[0].id
    version = aws_launch_template.node[0].latest_version
  }

  scaling_config {
    min_size     = var.eks_nodes.minimum
    desired_size = var.eks_nodes.desired
    max_size     = var.eks_nodes.maximum
  }

  update_config {
    max_unavailable_percentage = 33
  }

  node_repair_config {
    enabled = true
  }

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [scaling_config[0].desired_size]
  }

  # A node without the network add-on never becomes ready.
  depends_on = [aws_iam_role_policy_attachment.node, aws_eks_addon.before_nodes]
}

resource "aws_iam_role" "node" {
  count = local.eks

  name = "${local.name}-node"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

# A node may join, pull images and assign addresses to pods. Pods have roles of their own.
resource "aws_iam_role_policy_attachment" "node" {
  for_each = var.enable_eks ? toset(["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"]) : []

  role       = aws_iam_role.node[0].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.key}"
}

# The roles that services of AWS act with. Tasks and pods have theirs in identity.tf.

locals {
  # With AWS's own policies for it; what else a role may do stands beside what it serves.
  service_roles = merge(
    {
      backup = {
        service = "backup.amazonaws.com"
        policies = [
          "service-role/AWSBackupServiceRolePolicyForBackup", "service-role/AWSBackupServiceRolePolicyForRestores",
          "AWSBackupServiceRolePolicyForS3Backup", "AWSBackupServiceRolePolicyForS3Restore",
        ]
      }
      database-monitoring = { service = "monitoring.rds.amazonaws.com", policies = ["service-role/AmazonRDSEnhancedMonitoringRole"] }
      flow-logs           = { service = "vpc-flow-logs.amazonaws.com", policies = [] }
    },
    var.cross_region_replication ? { replication = { service = "s3.amazonaws.com", policies = [] } } : {},
    local.ecs_enabled ? {
      rotation-start = { service = "events.amazonaws.com", policies = [] }
      rotation-roll  = { service = "ssm.amazonaws.com", policies = [] }
    } : {},
    local.eks_enabled ? {
      eks-cluster = {
        service = "eks.amazonaws.com"
        policies = [
          "AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy",
        ]
      }
      # What a node does as itself: join the cluster and pull images. Pods have roles of their own.
      node = { service = "ec2.amazonaws.com", policies = ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"] }
    } : {},
    local.jump_host == 1 ? { jump-host = { service = "ec2.amazonaws.com", policies = ["AmazonSSMManagedInstanceCore"] } } : {},
  )
}

resource "aws_iam_role" "service" {
  for_each = local.service_roles

  name                 = "${local.name}-${each.key}"
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [merge(
      {
        Effect    = "Allow"
        Principal = { Service = each.value.service }
        Action    = each.key == "eks-cluster" ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
      },
      # EC2 and EKS name no account.
      { for name, value in { Condition = { StringEquals = { "aws:SourceAccount" = local.account } } } : name => value
        if !contains(["ec2.amazonaws.com", "eks.amazonaws.com"], each.value.service)
      },
    )]
  })
}

resource "aws_iam_role_policy_attachment" "service" {
  for_each = merge([for name, role in local.service_roles : {
    for policy in role.policies : "${name} ${basename(policy)}" => { role = name, policy = policy }
  }]...)

  role       = aws_iam_role.service[each.value.role].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.value.policy}"
}

# What neither a deployer nor any role that it makes can do, whatever other policies say: touch another environment, or
# get out of this boundary. An environment's things bear its name or its tag.

locals {
  role_prefix = "arn:${local.partition}:iam::${local.account}"
  identities = { for name in var.environments : name => [
    "${local.role_prefix}:role/day-trade-${name}-*", "${local.role_prefix}:instance-profile/day-trade-${name}-*",
  ] }
  others = { for name in var.environments : name => setsubtract(["development", "staging", "production"], [name]) }

  # IAM takes no pattern in the place of the service. ARNs of S3 have neither region nor account.
  named_services = [
    "backup", "cloudformation", "cloudwatch", "ecr", "ecs", "eks", "elasticache", "elasticloadbalancing", "events", "kms", "logs", "rds", "secretsmanager",
    "servicediscovery", "sns", "ssm", "wafv2",
  ]
}

resource "aws_iam_policy" "boundary" {
  for_each = local.deployed_environments

  name        = "day-trade-boundary-${each.key}"
  description = "What roles of ${each.key} cannot go beyond"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "WhatOtherPoliciesAllow"
        Effect   = "Allow"
        Action   = "*"
        Resource = "*"
      },
      {
        Sid    = "NotAnotherEnvironmentByName"
        Effect = "Deny"
        Action = "*"
        Resource = flatten([for other in local.others[each.key] : [
          [for service in local.named_services : "arn:${local.partition}:${service}:*:*:*day-trade-${other}*"],
          "arn:${local.partition}:s3:::day-trade-${other}*",
          "arn:${local.partition}:elasticloadbalancing:*:*:targetgroup/dt-${other}-*",
          "arn:${local.partition}:logs:*:*:log-group:/day-trade/${other}/*",
          "arn:${local.partition}:ssm:*:*:parameter/day-trade/${other}/*",
          "${module.state.arn}/day-trade/${other}/*",
        ]])
      },
      {
        Sid       = "NotAnotherEnvironmentByTag"
        Effect    = "Deny"
        Action    = "*"
        Resource  = "*"
        Condition = { StringEquals = { "aws:ResourceTag/environment" = local.others[each.key] } }
      },
      {
        Sid         = "NoOtherIdentity"
        Effect      = "Deny"
        Action      = ["iam:AddClient*", "iam:AddUser*", "iam:Attach*", "iam:Create*", "iam:De*", "iam:Enable*", "iam:PassRole", "iam:Put*", "iam:Remove*", "iam:Res*", "iam:Set*", "iam:Tag*", "iam:Untag*", "iam:Up*", "sts:AssumeRole"]
        NotResource = concat(local.identities[each.key], ["${local.role_prefix}:role/aws-service-role/*"])
      },
      {
        # EKS Auto Mode makes the instance profiles of its nodes, by names of its own, and the cluster's role puts the
        # nodes' role into them (AmazonEKSComputePolicy). One has room for one role, which has to be passed as well.
        Sid         = "NoOtherInstanceProfile"
        Effect      = "Deny"
        Action      = ["iam:AddRoleToInstanceProfile"]
        NotResource = concat(local.identities[each.key], ["${local.role_prefix}:instance-profile/eks*"])
      },
      {
        Sid       = "NoRoleWithoutThisBoundary"
        Effect    = "Deny"
        Action    = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:AttachRolePolicy", "iam:PutRolePolicy"]
        Resource  = local.identities[each.key]
        Condition = { StringNotEquals = { "iam:PermissionsBoundary" = "${local.role_prefix}:policy/day-trade-boundary-${each.key}" } }
      },
      {
        # An access point is a name of one's own for a bucket, by which what is said of the bucket's name is not asked.
        Sid      = "NoWayOut"
        Effect   = "Deny"
        Action   = ["iam:DeleteRolePermissionsBoundary", "organizations:*", "account:*", "s3:CreateAccessPoint*", "s3:CreateMultiRegionAccessPoint"]
        Resource = "*"
      },
      {
        Sid    = "NothingThatAllShare"
        Effect = "Deny"
        Action = [
          "s3:DeleteBucket*", "s3:DeleteObjectVersion", "s3:PutBucket*", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration",
          "ecr:BatchDeleteImage", "ecr:DeleteRepository*", "ecr:PutImageTagMutability", "ecr:PutLifecyclePolicy", "ecr:SetRepositoryPolicy",
          "kms:CreateGrant", "kms:DisableKey*", "kms:PutKeyPolicy", "kms:RevokeGrant", "kms:ScheduleKeyDeletion",
        ]
        Resource = [module.state.arn, "${module.state.arn}/*", aws_ecr_repository.main.arn, module.key.arn]
      },
    ]
  })
}

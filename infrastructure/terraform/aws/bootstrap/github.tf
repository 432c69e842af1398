# Deployments by GitHub Actions sign in by OpenID Connect: no key of AWS is kept anywhere. Each environment has a role
# of its own, which boundaries.tf keeps inside of it.

locals {
  deployed_environments = var.github_repository == null ? [] : var.environments
  known_provider        = "arn:${local.partition}:iam::${local.account}:oidc-provider/token.actions.githubusercontent.com"

  # Since July 2026 GitHub has the numbers of owner and repository in the subject, which nobody else ever gets; before,
  # the names alone (https://docs.github.com/actions/concepts/security/openid-connect).
  github_names = var.github_repository == null ? [] : split("/", var.github_repository)
  github_ids   = var.github_repository_ids == null ? [] : split("/", var.github_repository_ids)
  github_by_id = length(local.github_ids) == 0 ? null : "repo:${local.github_names[0]}@${local.github_ids[0]}/${local.github_names[1]}@${local.github_ids[1]}"

  github_by_name  = local.github_by_id == null || var.trust_repository_name ? "repo:${coalesce(var.github_repository, "none")}" : null
  github_subjects = compact([local.github_by_id, local.github_by_name])

  # Only jobs of an environment of GitHub, whose rules of approval GitHub enforces; NAME-plan is for those that read.
  trust = { for name in flatten([for one in local.deployed_environments : [one, "${one}-plan"]]) : name => {
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = coalesce(one(aws_iam_openid_connect_provider.github[*].arn), local.known_provider) }
      Action    = "sts:AssumeRoleWithWebIdentity"
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = [for subject in local.github_subjects : "${subject}:environment:${name}"]
        }
      }
    }]
  } }
}

# An account has one for all repositories, and often has it already.
resource "aws_iam_openid_connect_provider" "github" {
  count = var.github_repository != null && var.make_github_provider ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "deploy" {
  for_each = local.deployed_environments

  name                 = "day-trade-deploy-${each.key}"
  description          = "Deployments of ${var.github_repository} into ${each.key}"
  max_session_duration = 7200
  permissions_boundary = aws_iam_policy.boundary[each.key].arn

  assume_role_policy = jsonencode(local.trust[each.key])
}

# Everything but IAM and the account, as far as the boundary goes.
resource "aws_iam_role_policy_attachment" "deploy" {
  for_each = local.deployed_environments

  role       = aws_iam_role.deploy[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/PowerUserAccess"
}

# Of IAM what Terraform asks for when it makes, changes, reads and destroys the environment's roles.
resource "aws_iam_role_policy" "deploy" {
  for_each = local.deployed_environments

  name = "roles-of-the-environment"
  role = aws_iam_role.deploy[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "Roles"
        Effect = "Allow"
        Action = [
          "iam:CreateRole", "iam:DeleteRole", "iam:GetRole", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole",
          "iam:TagRole", "iam:UntagRole", "iam:UpdateRole", "iam:UpdateRoleDescription", "iam:UpdateAssumeRolePolicy", "iam:PutRolePermissionsBoundary",
          "iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy", "iam:AttachRolePolicy", "iam:DetachRolePolicy",
          "iam:CreateInstanceProfile", "iam:DeleteInstanceProfile", "iam:GetInstanceProfile", "iam:TagInstanceProfile", "iam:UntagInstanceProfile",
          "iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile",
        ]
        Resource = local.identities[each.key]
      },
      {
        # What an AWS service acts with.
        Sid      = "PassRole"
        Effect   = "Allow"
        Action   = ["iam:PassRole"]
        Resource = local.identities[each.key]
        Condition = { StringEquals = { "iam:PassedToService" = [
          "backup.amazonaws.com", "ec2.amazonaws.com", "ecs-tasks.amazonaws.com", "eks.amazonaws.com", "events.amazonaws.com", "monitoring.rds.amazonaws.com",
          "pods.eks.amazonaws.com", "s3.amazonaws.com", "ssm.amazonaws.com", "vpc-flow-logs.amazonaws.com",
        ] } }
      },
      {
        # Terraform asks who it is, and EKS who becomes the cluster's administrator.
        Sid      = "Self"
        Effect   = "Allow"
        Action   = ["iam:GetRole"]
        Resource = "arn:${local.partition}:iam::${local.account}:role/day-trade-deploy-${each.key}"
      },
      {
        Sid      = "ServiceLinkedRoles"
        Effect   = "Allow"
        Action   = ["iam:CreateServiceLinkedRole"]
        Resource = "arn:${local.partition}:iam::${local.account}:role/aws-service-role/*"
      },
    ]
  })
}

# Plans, and looks for drift. It changes nothing.
resource "aws_iam_role" "plan" {
  for_each = local.deployed_environments

  name                 = "day-trade-plan-${each.key}"
  description          = "Plans of ${var.github_repository} for ${each.key}"
  permissions_boundary = aws_iam_policy.boundary[each.key].arn

  assume_role_policy = jsonencode(local.trust["${each.key}-plan"])
}

resource "aws_iam_role_policy_attachment" "plan" {
  for_each = local.deployed_environments

  role       = aws_iam_role.plan[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/ReadOnlyAccess"
}

# What Terraform reads beside: the state, parameters, and secrets, whose versions the provider tells by their values.
resource "aws_iam_role_policy" "plan" {
  for_each = local.deployed_environments

  name = "read-what-is-encrypted"
  role = aws_iam_role.plan[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = "*"
        Condition = { StringEquals = { "kms:ViaService" = [
          for service in ["s3", "secretsmanager", "ssm"] : "${service}.${var.aws_region}.amazonaws.com"
        ] } }
      },
      {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = "arn:${local.partition}:secretsmanager:*:${local.account}:secret:day-trade-${each.key}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["secretsmanager:GetRandomPassword"]
        Resource = "*"
      },
    ]
  })
}

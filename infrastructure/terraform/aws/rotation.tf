# RDS replaces the password that it keeps: tasks read it when they start, so that new ones take the place of the old, as
# at a deployment. RDS tells EventBridge of a reset by itself; where the account has a trail of CloudTrail, the rotation
# is told too. Values that Terraform sets come with new task definitions (services.tf). Pods are started anew by the
# cluster (chart-values.tf).

locals {
  rotation = local.ecs_enabled ? 1 : 0
}

resource "aws_cloudwatch_event_rule" "rotation" {
  count = local.rotation

  name        = "${local.name}-rotation"
  description = "A secret of ${local.name} has a new value"

  event_pattern = jsonencode({
    "$or" = [
      {
        source      = ["aws.rds"]
        detail-type = ["RDS DB Instance Event"]
        # "The master user password for the DB instance was reset."
        detail = { EventID = ["RDS-EVENT-0016"], SourceIdentifier = [aws_db_instance.main.identifier] }
      },
      {
        source      = ["aws.secretsmanager"]
        detail-type = ["AWS Service Event via CloudTrail"]
        detail      = { eventName = ["RotationSucceeded"], additionalEventData = { SecretId = [local.database_secret_arn] } }
      },
    ]
  })
}

resource "aws_cloudwatch_event_target" "rotation" {
  count = local.rotation

  rule     = aws_cloudwatch_event_rule.rotation[0].name
  arn      = "arn:${local.partition}:ssm:${var.aws_region}:${local.account}:automation-definition/${aws_ssm_document.rotation[0].name}:$DEFAULT"
  role_arn = aws_iam_role.service["rotation-start"].arn
}

resource "aws_ssm_document" "rotation" {
  count = local.rotation

  name            = "${local.name}-rotation"
  document_type   = "Automation"
  document_format = "JSON"

  content = jsonencode({
    schemaVersion = "0.3"
    description   = "New tasks of each service of ${local.name}, which read the secrets as they are now"
    assumeRole    = aws_iam_role.service["rotation-roll"].arn
    mainSteps = [for name in keys(local.services) : {
      name   = replace(name, "-", "_")
      action = "aws:executeAwsApi"
      inputs = { Service = "ecs", Api = "UpdateService", cluster = local.name, service = name, forceNewDeployment = true }
    }]
  })
}

resource "aws_iam_role_policy" "rotation" {
  for_each = toset(local.ecs_enabled ? ["start", "roll"] : [])

  name = each.key
  role = aws_iam_role.service["rotation-${each.key}"].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = each.key == "roll" ? [{
      Effect   = "Allow"
      Action   = ["ecs:UpdateService"]
      Resource = ["arn:${local.partition}:ecs:${var.aws_region}:${local.account}:service/${local.name}/*"]
      }] : [
      {
        Effect = "Allow"
        Action = ["ssm:StartAutomationExecution"]
        # IAM has known these by three names: docs.aws.amazon.com, "Setting up identity based policies examples".
        Resource = [for kind in ["automation-definition/${local.name}-rotation:*", "document/${local.name}-rotation", "automation-execution/*"] :
          "arn:${local.partition}:ssm:${var.aws_region}:${local.account}:${kind}"
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["iam:PassRole"]
        Resource = [aws_iam_role.service["rotation-roll"].arn]
      },
    ]
  })
}

# The role that one part of the platform acts with, as an ECS task or as a pod of EKS: no more than that part touches.

locals {
  statements = flatten([
    [for objects in var.objects[*] : [
      {
        Sid      = "ListObjects"
        Effect   = "Allow"
        Action   = ["s3:ListBucket", "s3:GetBucketLocation"]
        Resource = [objects.bucket_arn]
      },
      {
        Sid      = "Objects"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
        Resource = ["${objects.bucket_arn}/*"]
      },
      {
        Sid      = "KeyOfObjects"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [objects.key_arn]
      },
    ]],
    length(var.database_users) == 0 ? [] : [{
      Sid      = "DatabaseByToken"
      Effect   = "Allow"
      Action   = ["rds-db:connect"]
      Resource = var.database_users
    }],
    [for secrets in var.secrets[*] : [
      {
        Sid      = "Secrets"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
        Resource = secrets.arns
      },
      {
        Sid      = "KeyOfSecrets"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [secrets.key_arn]
      },
    ]],
    [for topic in var.topic[*] : [
      {
        Sid      = "Topics"
        Effect   = "Allow"
        Action   = ["sns:Publish"]
        Resource = [topic.arn]
      },
      {
        Sid      = "KeyOfTopics"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [topic.key_arn]
      },
    ]],
    # X-Ray knows no resources below the account.
    !var.traces ? [] : [{
      Sid      = "Traces"
      Effect   = "Allow"
      Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      Resource = ["*"]
    }],
  ])
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = var.description
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = var.trust.service }
      Action    = var.trust.service == "pods.eks.amazonaws.com" ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.trust.account }
        ArnLike      = { "aws:SourceArn" = var.trust.source_arn }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  count = length(local.statements) == 0 ? 0 : 1

  name   = "use"
  role   = aws_iam_role.this.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })
}

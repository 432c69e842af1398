# The role that one part of the platform acts with, as an ECS task or as a pod of EKS: no more than that part touches.

locals {
  writes = var.objects == "write"

  for_objects = [
    {
      Sid      = "ListObjects"
      Effect   = "Allow"
      Action   = ["s3:ListBucket", "s3:GetBucketLocation"]
      Resource = [var.bucket_arn]
    },
    {
      Sid      = "Objects"
      Effect   = "Allow"
      Action   = concat(["s3:GetObject"], local.writes ? ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"] : [])
      Resource = ["${var.bucket_arn}/*"]
    },
    {
      Sid      = "KeyOfObjects"
      Effect   = "Allow"
      Action   = concat(["kms:Decrypt"], local.writes ? ["kms:GenerateDataKey"] : [])
      Resource = [var.bucket_key_arn]
    },
  ]

  for_database = [{
    Sid      = "DatabaseByToken"
    Effect   = "Allow"
    Action   = ["rds-db:connect"]
    Resource = var.database_users
  }]

  for_secrets = [
    {
      Sid      = "Secrets"
      Effect   = "Allow"
      Action   = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
      Resource = var.secret_arns
    },
    {
      Sid      = "KeyOfSecrets"
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = [var.secrets_key_arn]
    },
  ]

  for_topics = [
    {
      Sid      = "Topics"
      Effect   = "Allow"
      Action   = ["sns:Publish"]
      Resource = var.topics[*].arn
    },
    {
      Sid      = "KeyOfTopics"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = var.topics[*].key_arn
    },
  ]

  # X-Ray knows no resources below the account.
  for_traces = [{
    Sid      = "Traces"
    Effect   = "Allow"
    Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
    Resource = ["*"]
  }]

  statements = concat(
    [for statement in local.for_objects : statement if var.objects != "none"],
    [for statement in local.for_database : statement if length(var.database_users) > 0],
    [for statement in local.for_secrets : statement if length(var.secret_arns) > 0],
    [for statement in local.for_topics : statement if length(var.topics) > 0],
    [for statement in local.for_traces : statement if var.traces],
  )
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = var.description
  permissions_boundary = var.permissions_boundary

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = var.trusted_service }
      Action    = var.trusted_service == "pods.eks.amazonaws.com" ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = var.account }
        ArnLike      = { "aws:SourceArn" = var.source_arn }
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

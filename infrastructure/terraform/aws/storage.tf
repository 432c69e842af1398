# Bars, models and judged predictions, and the logs of who asked for what.

module "objects" {
  source = "./modules/bucket"

  name                   = "${local.name}-objects-${local.bucket_suffix}"
  kms_key_arn            = module.key["data"].arn
  force_destroy          = !var.deletion_protection
  old_versions_days      = var.objects_old_versions_days
  infrequent_access_days = 90
  log_buckets            = [module.logs.name]
}

module "logs" {
  source = "./modules/bucket"

  name              = "${local.name}-logs-${local.bucket_suffix}"
  force_destroy     = !var.deletion_protection
  old_versions_days = 1
  expiration_days   = var.log_retention_days

  policy_statements = [
    {
      Sid       = "LoadBalancerLogs"
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = ["s3:PutObject"]
      Resource  = ["load-balancer/*", "load-balancer-connections/*"]
      Condition = { ArnLike = { "aws:SourceArn" = "arn:${local.partition}:elasticloadbalancing:${var.aws_region}:${local.account}:loadbalancer/*" } }
    },
    {
      Sid       = "BucketLogs"
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = ["s3:PutObject"]
      Resource  = ["s3/*"]
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    },
  ]
}

# A second bucket in the replica region that follows the first within minutes.

module "objects_replica" {
  source = "./modules/bucket"
  count  = var.cross_region_replication ? 1 : 0

  providers = { aws = aws.replica }

  name                   = "${local.name}-objects-${local.account}-${var.replica_region}"
  kms_key_arn            = module.replica_key[0].arn
  force_destroy          = !var.deletion_protection
  old_versions_days      = var.objects_old_versions_days
  infrequent_access_days = 30
}

resource "aws_s3_bucket_replication_configuration" "objects" {
  count = var.cross_region_replication ? 1 : 0

  bucket = module.objects.name
  role   = aws_iam_role.service["replication"].arn

  rule {
    id       = "everything"
    status   = "Enabled"
    priority = 0

    filter {}

    # A deletion by mistake must not reach the copy.
    delete_marker_replication {
      status = "Disabled"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket        = module.objects_replica[0].arn
      storage_class = "STANDARD_IA"

      encryption_configuration {
        replica_kms_key_id = module.replica_key[0].arn
      }

      replication_time {
        status = "Enabled"
        time {
          minutes = 15
        }
      }

      metrics {
        status = "Enabled"
        event_threshold {
          minutes = 15
        }
      }
    }
  }

  depends_on = [module.objects_replica]
}

resource "aws_iam_role_policy" "replication" {
  count = var.cross_region_replication ? 1 : 0

  name = "replicate"
  role = aws_iam_role.service["replication"].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
        Resource = module.objects.arn
      },
      {
        Effect   = "Allow"
        Action   = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
        Resource = "${module.objects.arn}/*"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
        Resource = "${module.objects_replica[0].arn}/*"
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = module.key["data"].arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.aws_region}.amazonaws.com" } }
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Encrypt"]
        Resource  = module.replica_key[0].arn
        Condition = { StringEquals = { "kms:ViaService" = "s3.${var.replica_region}.amazonaws.com" } }
      },
    ]
  })
}

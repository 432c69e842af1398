# A private bucket: versions, encryption, TLS only, no public access, old versions cleared away.

resource "aws_s3_bucket" "this" {
  bucket        = var.name
  force_destroy = var.force_destroy
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {}

    noncurrent_version_expiration {
      noncurrent_days = var.old_versions_days
    }
  }

  rule {
    id     = "expiration"
    status = var.expiration_days == null ? "Disabled" : "Enabled"

    filter {}

    expiration {
      days = coalesce(var.expiration_days, 3650)
    }
  }

  rule {
    id     = "infrequent-access"
    status = var.infrequent_access_days == null ? "Disabled" : "Enabled"

    filter {}

    transition {
      days          = coalesce(var.infrequent_access_days, 90)
      storage_class = "STANDARD_IA"
    }
  }

  # A rule on versions is refused while versions are off.
  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_logging" "this" {
  count = length(var.log_buckets)

  bucket        = aws_s3_bucket.this.id
  target_bucket = var.log_buckets[0]
  target_prefix = "s3/${var.name}/"
}

# Objects that come and go are events of EventBridge, which costs nothing until a rule asks for them.
resource "aws_s3_bucket_notification" "this" {
  bucket      = aws_s3_bucket.this.id
  eventbridge = true
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [for refused in [
        { Sid = "TlsOnly", Condition = { Bool = { "aws:SecureTransport" = "false" } } },
        { Sid = "CurrentTlsOnly", Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } } },
        ] : merge(refused, {
          Effect    = "Deny"
          Principal = "*"
          Action    = "s3:*"
          Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
      })],
      [for statement in var.policy_statements : merge(statement, {
        Resource = [for path in statement.Resource : path == "" ? aws_s3_bucket.this.arn : "${aws_s3_bucket.this.arn}/${path}"]
      })],
    )
  })

  # Both change what the bucket lets in; at the same time AWS answers with a conflict.
  depends_on = [aws_s3_bucket_public_access_block.this]
}

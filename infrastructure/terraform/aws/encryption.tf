# One key for each kind of data, so that a permission for one opens no other.

locals {
  in_this_account = { StringEquals = { "aws:SourceAccount" = local.account } }

  keys = {
    database = { what = "the database, its backups and its insights", services = {} }
    cache    = { what = "the cache and its snapshots", services = {} }
    storage  = { what = "objects: bars, models, judged predictions", services = {} }
    secrets  = { what = "secrets, parameters and images", services = {} }
    cluster  = { what = "secrets inside of the EKS cluster", services = {} }
    backup   = { what = "recovery points of AWS Backup", services = {} }
    logs = {
      what = "logs and notifications"
      services = {
        "logs.${var.aws_region}.amazonaws.com" = {
          ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:${local.partition}:logs:${var.aws_region}:${local.account}:log-group:*" }
        }
        # CloudWatch alarms, EventBridge and Backup write to the topic of notifications, which the key protects.
        "cloudwatch.amazonaws.com" = local.in_this_account
        "backup.amazonaws.com"     = local.in_this_account
        # EventBridge does not send the account along: with a condition it cannot write at all.
        "events.amazonaws.com" = {}
      }
    }
  }

  replica_keys = ["database", "storage", "backup"]
}

module "key" {
  source   = "./modules/key"
  for_each = local.keys

  name                 = "${local.name}-${each.key}"
  description          = "${local.name}: ${each.value.what}"
  deletion_window_days = var.kms_deletion_window_days
  services             = each.value.services
}

module "replica_key" {
  source   = "./modules/key"
  for_each = toset(var.cross_region_replication ? local.replica_keys : [])

  providers = { aws = aws.replica }

  name                 = "${local.name}-${each.key}"
  description          = "${local.name}: copies of ${local.keys[each.key].what}"
  deletion_window_days = var.kms_deletion_window_days
}

# AWS Backup: daily and monthly recovery points of database and bucket, copied to the second region where that is on,
# and a weekly restore that shows that they work.

resource "aws_backup_vault" "main" {
  name          = local.name
  kms_key_arn   = module.key["data"].arn
  force_destroy = !var.deletion_protection
}

resource "aws_backup_vault" "replica" {
  count    = var.cross_region_replication ? 1 : 0
  provider = aws.replica

  name          = local.name
  kms_key_arn   = module.replica_key[0].arn
  force_destroy = !var.deletion_protection
}

# Nobody may shorten the life of a recovery point without the right to take the lock away: governance mode. With
# backup_lock_days the lock becomes final after so long, for administrators and AWS too (compliance mode).
resource "aws_backup_vault_lock_configuration" "main" {
  count = var.deletion_protection ? 1 : 0

  backup_vault_name   = aws_backup_vault.main.name
  min_retention_days  = 7
  max_retention_days  = var.backup_retention_days * 12
  changeable_for_days = var.backup_lock_days
}

resource "aws_backup_vault_lock_configuration" "replica" {
  count    = var.deletion_protection && var.cross_region_replication ? 1 : 0
  provider = aws.replica

  backup_vault_name   = aws_backup_vault.replica[0].name
  min_retention_days  = 7
  max_retention_days  = var.backup_retention_days * 12
  changeable_for_days = var.backup_lock_days
}

resource "aws_backup_plan" "main" {
  name = local.name

  # 03:00 and 04:00 in Japan, after the database's own backup.
  dynamic "rule" {
    for_each = {
      daily   = { schedule = "cron(0 18 * * ? *)", keep = var.backup_retention_days }
      monthly = { schedule = "cron(0 19 1 * ? *)", keep = var.backup_retention_days * 12 }
    }

    content {
      rule_name         = rule.key
      target_vault_name = aws_backup_vault.main.name
      schedule          = rule.value.schedule
      start_window      = 60
      completion_window = 360

      lifecycle {
        delete_after = rule.value.keep
      }

      dynamic "copy_action" {
        for_each = aws_backup_vault.replica

        content {
          destination_vault_arn = copy_action.value.arn

          lifecycle {
            delete_after = rule.value.keep
          }
        }
      }
    }
  }
}

resource "aws_backup_selection" "main" {
  name         = local.name
  plan_id      = aws_backup_plan.main.id
  iam_role_arn = aws_iam_role.service["backup"].arn
  resources    = [aws_db_instance.main.arn, module.objects.arn]

  depends_on = [aws_iam_role_policy_attachment.service]
}

resource "aws_backup_vault_notifications" "main" {
  backup_vault_name   = aws_backup_vault.main.name
  sns_topic_arn       = aws_sns_topic.alarms.arn
  backup_vault_events = ["BACKUP_JOB_FAILED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED", "S3_BACKUP_OBJECT_FAILED"]

  depends_on = [aws_sns_topic_policy.alarms]
}

# A backup that was never restored is a hope. Names of these may not have hyphens.
resource "aws_backup_restore_testing_plan" "main" {
  name                         = replace(local.name, "-", "_")
  schedule_expression          = "cron(0 20 ? * SAT *)"
  schedule_expression_timezone = "Etc/UTC"
  start_window_hours           = 4

  recovery_point_selection {
    algorithm             = "LATEST_WITHIN_WINDOW"
    include_vaults        = [aws_backup_vault.main.arn]
    recovery_point_types  = ["SNAPSHOT"]
    selection_window_days = 7
  }
}

resource "aws_backup_restore_testing_selection" "database" {
  name                      = "database"
  restore_testing_plan_name = aws_backup_restore_testing_plan.main.name
  protected_resource_type   = "RDS"
  protected_resource_arns   = [aws_db_instance.main.arn]
  iam_role_arn              = aws_iam_role.service["backup"].arn
  validation_window_hours   = 4

  # The restored copy stands where nothing but the check reaches it.
  restore_metadata_overrides = {
    dbSubnetGroupName   = aws_db_subnet_group.main.name
    vpcSecurityGroupIds = jsonencode([aws_default_security_group.closed.id])
  }
}

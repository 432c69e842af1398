# RDS for PostgreSQL: predictions, models, runs.

locals {
  database_name  = "daytrade"
  database_user  = "daytrade"
  database_major = split(".", var.db_engine_version)[0]
  # By a local, since checkov follows no key in quotes and would find the groups attached to nothing (CKV2_AWS_5).
  database_group = "database"
  # The name that IAM has for a user of this instance.
  database_user_arn = "arn:${local.partition}:rds-db:${var.aws_region}:${local.account}:dbuser:${aws_db_instance.main.resource_id}/${local.database_user}"

  # What RDS lets in: memory / 9,531,392, of which the system keeps a tenth; and what of that each process may hold, so
  # that as many as auto scaling ever starts find room. Operators and the migration have the rest.
  database_class       = split(".", var.db_instance_class)
  database_gibibytes   = lookup({ micro = 1, small = 2, medium = 4, large = 8, xlarge = 16 }, local.database_class[2], 16 * try(tonumber(trimsuffix(local.database_class[2], "xlarge")), 1)) * lookup({ r = 2, x = 4 }, substr(local.database_class[1], 0, 1), 1)
  database_connections = min(5000, floor(local.database_gibibytes * 1073741824 / 9531392 * 0.9))
  database_processes   = sum([for service in local.all_services : service.replicas.maximum if service.uses_stores])
  database_pool        = max(3, min(10, floor(local.database_connections * 0.8 / local.database_processes)))

  database_managed_password = data.aws_default_tags.database_password.tags["database-password"] != "given"
  database_secret_arn = (
    local.database_managed_password
    ? aws_db_instance.main.master_user_secret[0].secret_arn
    : aws_secretsmanager_secret.database_password[0].arn
  )
}

# Whether db_password is given: see the provider "secrets" in versions.tf.
data "aws_default_tags" "database_password" {
  provider = aws.secrets
}

resource "aws_db_subnet_group" "main" {
  name        = local.name
  description = "Private subnets of ${local.name}"
  subnet_ids  = local.private_subnet_ids
}

resource "aws_db_parameter_group" "main" {
  name_prefix = "${local.name}-"
  family      = "postgres${local.database_major}"
  description = "PostgreSQL of ${local.name}"

  dynamic "parameter" {
    for_each = {
      # Refuses every connection without TLS.
      "rds.force_ssl" = "1"
      log_statement   = "ddl"
      log_lock_waits  = "1"
      # Milliseconds: a slower statement is logged with its text.
      log_min_duration_statement = "1000"
      # Milliseconds: ends what a lost client left open.
      idle_in_transaction_session_timeout = "60000"
    }

    content {
      name  = parameter.key
      value = parameter.value
    }
  }

  lifecycle {
    create_before_destroy = true
  }
}

# The last snapshot is named by the time at which the database was made: one of that name may be left of an earlier one.
resource "terraform_data" "database_made" {
  input = plantimestamp()

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_db_instance" "main" {
  identifier = local.name

  engine                      = "postgres"
  engine_version              = var.db_engine_version
  instance_class              = var.db_instance_class
  parameter_group_name        = aws_db_parameter_group.main.name
  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = true
  apply_immediately           = var.db_apply_immediately
  maintenance_window          = "sat:18:00-sat:19:00"

  db_name  = local.database_name
  username = local.database_user
  port     = 5432

  # Either RDS makes the password and keeps it in Secrets Manager, or it is sent without being written down.
  manage_master_user_password   = local.database_managed_password ? true : null
  master_user_secret_kms_key_id = local.database_managed_password ? module.key["secrets"].arn : null
  password_wo                   = var.db_password
  password_wo_version           = local.database_managed_password ? null : var.db_password_version

  iam_database_authentication_enabled = true
  ca_cert_identifier                  = "rds-ca-rsa2048-g1"

  storage_type          = "gp3"
  allocated_storage     = var.db_allocated_storage
  max_allocated_storage = var.db_allocated_storage * 4
  storage_encrypted     = true
  kms_key_id            = module.key["data"].arn

  multi_az               = var.db_multi_az
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.main[local.database_group].id]
  publicly_accessible    = false

  # 02:00 in Japan, when no session is near.
  backup_window             = "17:00-17:45"
  backup_retention_period   = var.db_backup_retention_days
  copy_tags_to_snapshot     = true
  delete_automated_backups  = var.environment == "development"
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = var.environment == "development"
  final_snapshot_identifier = "${local.name}-${formatdate("YYYYMMDD-hhmm", terraform_data.database_made.output)}-final"

  performance_insights_enabled          = true
  performance_insights_kms_key_id       = module.key["data"].arn
  performance_insights_retention_period = var.db_insights == "advanced" ? 465 : 7
  database_insights_mode                = var.db_insights
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.service["database-monitoring"].arn
  enabled_cloudwatch_logs_exports       = ["postgresql", "upgrade"]

  # A new database begins with what db_restore names. One that there is does not.
  snapshot_identifier = try(var.db_restore.snapshot, null)

  dynamic "restore_to_point_in_time" {
    for_each = [for restore in [var.db_restore] : restore if try(restore.instance, null) != null || try(restore.backups, null) != null]

    content {
      source_db_instance_identifier            = restore_to_point_in_time.value.instance
      source_db_instance_automated_backups_arn = restore_to_point_in_time.value.backups
      restore_time                             = restore_to_point_in_time.value.time
      use_latest_restorable_time               = restore_to_point_in_time.value.time == null ? true : null
    }
  }

  lifecycle {
    # One that was restored keeps the key of its backup: that of another region, or of an environment before.
    ignore_changes = [kms_key_id, snapshot_identifier, restore_to_point_in_time]
  }

  # RDS would make log groups without a key; these are made first.
  depends_on = [aws_cloudwatch_log_group.main, aws_iam_role_policy_attachment.service]
}

# Without this RDS changes the password that it manages each week, while tasks use it.
resource "aws_secretsmanager_secret_rotation" "database_password" {
  count = local.database_managed_password ? 1 : 0

  secret_id          = aws_db_instance.main.master_user_secret[0].secret_arn
  rotate_immediately = false

  rotation_rules {
    automatically_after_days = var.db_password_rotation_days
  }
}

# A given password, where the tasks find it.
resource "aws_secretsmanager_secret" "database_password" {
  count = local.database_managed_password ? 0 : 1

  name                    = "${local.name}/database-password"
  description             = "Password of the database user ${local.database_user}"
  kms_key_id              = module.key["secrets"].arn
  recovery_window_in_days = local.secret_recovery_days
}

resource "aws_secretsmanager_secret_version" "database_password" {
  count = local.database_managed_password ? 0 : 1

  secret_id                = aws_secretsmanager_secret.database_password[0].id
  secret_string_wo         = jsonencode({ username = local.database_user, password = var.db_password })
  secret_string_wo_version = var.db_password_version
}

resource "aws_db_instance_automated_backups_replication" "main" {
  count    = var.cross_region_replication ? 1 : 0
  provider = aws.replica

  source_db_instance_arn = aws_db_instance.main.arn
  kms_key_id             = module.replica_key[0].arn
  retention_period       = var.db_backup_retention_days
}

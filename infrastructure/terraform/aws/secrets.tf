# Secrets are made by Secrets Manager and go straight back to it: Terraform never writes them down.

locals {
  # Without protection a secret is deleted at once, so that its name can be used again.
  secret_recovery_days = var.deletion_protection ? 30 : 0

  secrets = merge({
    token          = { what = "Bearer token of the services", length = 48, generation = var.token_version }
    redis-password = { what = "Password of the cache's user", length = 64, generation = var.redis_password_version }
    }, local.eks_enabled ? {
    grafana-admin-password = { what = "Password of the administrator of Grafana in the cluster", length = 40, generation = 1 }
  } : {})
}

resource "aws_secretsmanager_secret" "main" {
  for_each = local.secrets

  name                    = "${local.name}/${each.key}"
  description             = each.value.what
  kms_key_id              = module.key["secrets"].arn
  recovery_window_in_days = local.secret_recovery_days
}

ephemeral "aws_secretsmanager_random_password" "main" {
  for_each = local.secrets
  provider = aws.secrets

  # By way of the secret, so that nothing is generated before there is a secret to hold it.
  password_length     = length(aws_secretsmanager_secret.main[each.key].id) > 0 ? each.value.length : null
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret_version" "main" {
  for_each = local.secrets

  secret_id                = aws_secretsmanager_secret.main[each.key].id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.main[each.key].random_password
  secret_string_wo_version = each.value.generation
}

# Where things are: for operators, and for the values of the Helm chart. Nothing secret.
resource "aws_ssm_parameter" "main" {
  for_each = {
    database-host       = aws_db_instance.main.address
    database-name       = local.database_name
    database-user       = local.database_user
    database-secret-arn = local.database_secret_arn
    cache-host          = aws_elasticache_replication_group.main.primary_endpoint_address
    cache-user          = local.cache_user
    cache-secret-arn    = aws_secretsmanager_secret.main["redis-password"].arn
    token-secret-arn    = aws_secretsmanager_secret.main["token"].arn
    objects-bucket      = module.objects.name
    image-repository    = local.repository.url
  }

  name   = "/day-trade/${var.environment}/${each.key}"
  type   = "SecureString"
  key_id = module.key["secrets"].arn
  value  = each.value
}

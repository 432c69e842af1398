# ElastiCache: the queue of runs. The database's record of the runs is the truth, so the cache may lose everything.

locals {
  cache_user = "daytrade"
}

resource "aws_elasticache_subnet_group" "main" {
  name        = local.name
  description = "Private subnets of ${local.name}"
  subnet_ids  = local.private_subnet_ids
}

resource "aws_elasticache_parameter_group" "main" {
  name        = "${local.name}-redis7"
  family      = "redis7"
  description = "Cache of ${local.name}"

  # A queue must refuse new entries when it is full, never forget old ones.
  parameter {
    name  = "maxmemory-policy"
    value = "noeviction"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_elasticache_replication_group" "main" {
  replication_group_id = local.name
  description          = "Queue of ${local.name}"

  engine                     = "redis"
  engine_version             = "7.1"
  node_type                  = var.redis_node_type
  num_cache_clusters         = var.redis_num_cache_nodes
  parameter_group_name       = aws_elasticache_parameter_group.main.name
  port                       = 6379
  auto_minor_version_upgrade = true
  apply_immediately          = false
  maintenance_window         = "sat:19:00-sat:20:00"

  automatic_failover_enabled = var.redis_num_cache_nodes > 1
  multi_az_enabled           = var.redis_num_cache_nodes > 1

  subnet_group_name  = aws_elasticache_subnet_group.main.name
  security_group_ids = [aws_security_group.main["cache"].id]

  at_rest_encryption_enabled = true
  kms_key_id                 = module.key["data"].arn
  transit_encryption_enabled = true
  transit_encryption_mode    = "required"
  user_group_ids             = [aws_elasticache_user_group.main.user_group_id]

  snapshot_retention_limit = var.redis_snapshot_retention_days
  snapshot_window          = "17:00-18:00"

  dynamic "log_delivery_configuration" {
    for_each = { slow-log = "cache-slow-log", engine-log = "cache-engine-log" }

    content {
      log_type         = log_delivery_configuration.key
      destination_type = "cloudwatch-logs"
      destination      = aws_cloudwatch_log_group.main[log_delivery_configuration.value].name
      log_format       = "json"
    }
  }
}

# The user of everybody who names none: switched off.
resource "aws_elasticache_user" "default" {
  user_id       = "${local.name}-default"
  user_name     = "default"
  engine        = "redis"
  access_string = "off -@all"

  authentication_mode {
    type = "no-password-required"
  }
}

# The provider writes passwords of cache users into the state; CloudFormation takes them from Secrets Manager by
# reference, so that the state holds the reference and nothing more.
resource "aws_cloudformation_stack" "cache_user" {
  # checkov:skip=CKV_AWS_124: One resource, whose failure ends the apply with its message (until 2027-11-30)
  name = "${local.name}-cache-user"

  template_body = jsonencode({
    Description = "User of the cache of ${local.name}; its password is in Secrets Manager"
    Resources = { User = {
      Type = "AWS::ElastiCache::User"
      Properties = {
        UserId   = "${local.name}-${local.cache_user}"
        UserName = local.cache_user
        Engine   = "redis"
        # Its own keys only, and of the commands that inspect the server those that the queue needs.
        AccessString = "on ~daytrade* &* +@all -@admin -@dangerous +info +client|list +client|setname"
        AuthenticationMode = {
          Type = "password"
          Passwords = [
            "{{resolve:secretsmanager:${aws_secretsmanager_secret.main["redis-password"].arn}:SecretString:::${aws_secretsmanager_secret_version.main["redis-password"].version_id}}}",
          ]
        }
      }
    } }
    Outputs = { UserId = { Value = { Ref = "User" } } }
  })
}

resource "aws_elasticache_user_group" "main" {
  user_group_id = local.name
  engine        = "redis"
  user_ids      = [aws_elasticache_user.default.user_id, aws_cloudformation_stack.cache_user.outputs["UserId"]]
}

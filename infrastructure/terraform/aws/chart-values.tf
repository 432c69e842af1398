# What the charts of infrastructure/helm need to know of this environment, as files of values:
#   terraform output -raw cluster_values >../../helm/values.cluster.yaml
#   terraform output -raw chart_values   >../../helm/values.aws.yaml

locals {
  cluster_values = {
    namespace           = local.namespace
    region              = var.aws_region
    deployersGroup      = local.deployers_group
    databaseAuthorities = local.authorities
    alarmTopic          = aws_sns_topic.alarms.arn
    certificates        = var.certificate_arn == null ? [] : [var.certificate_arn]
    nodes = {
      role           = try(aws_iam_role.service["node"].name, null)
      subnets        = local.private_subnet_ids
      securityGroup  = try(aws_eks_cluster.main[0].vpc_config[0].cluster_security_group_id, null)
      architecture   = local.architecture.kubernetes
      processorLimit = var.eks_processor_limit
      spot           = var.eks_spot_workers
    }
  }

  # Reloader (README.md) starts pods anew whose Secret has changed.
  reloaded = { "reloader.stakater.com/auto" = "true" }

  chart_values = {
    environment = var.environment
    image       = { repository = local.repository.url, digest = local.has_image ? local.image_digest : "" }
    secrets = {
      external = {
        enabled         = true
        store           = { kind = "ClusterSecretStore", name = "aws" }
        refreshInterval = "5m"
        entries = {
          token                    = { key = aws_secretsmanager_secret.main["token"].arn }
          "database-password"      = { key = local.database_secret_arn, property = "password" }
          "redis-password"         = { key = aws_secretsmanager_secret.main["redis-password"].arn }
          "grafana-admin-password" = { key = try(aws_secretsmanager_secret.main["grafana-admin-password"].arn, null) }
        }
      }
    }
    databasePool = local.database_pool
    postgresql   = { enabled = false }
    externalDatabase = {
      host           = aws_db_instance.main.address
      name           = local.database_name
      user           = local.database_user
      authentication = var.db_authentication
      caSecret       = "database-authorities"
      cidrs          = var.private_subnet_cidrs
    }
    redis = { enabled = false }
    externalRedis = {
      host  = aws_elasticache_replication_group.main.primary_endpoint_address
      user  = local.cache_user
      cidrs = var.private_subnet_cidrs
    }
    objects = { store = "s3", s3 = { bucket = module.objects.name, region = var.aws_region } }
    backup  = { enabled = false }
    monitoring = {
      prometheus   = { enabled = true, kubelet = { clusterRole = false }, image = { repository = "quay.io/prometheus/prometheus" } }
      alertmanager = { enabled = true, existingSecret = "alertmanager-topic", image = { repository = "quay.io/prometheus/alertmanager" } }
    }
    networkPolicy = {
      # The topic, and the address from which a pod gets its role's credentials.
      receivers = { cidrs = ["0.0.0.0/0"], ports = [80, 443] }
      # Load balancers of Ingress objects ask from the public subnets.
      clients = [for cidr in var.public_subnet_cidrs : { ipBlock = { cidr = cidr } }]
    }
    mlService        = { podAnnotations = local.reloaded }
    dataService      = { podAnnotations = local.reloaded }
    schedulerService = { podAnnotations = local.reloaded }
    dashboard        = { podAnnotations = local.reloaded }
    worker = {
      podAnnotations = local.reloaded
      nodeSelector   = { for label, value in { "karpenter.sh/capacity-type" = "spot" } : label => value if var.eks_spot_workers }
      tolerations    = [for toleration in [{ key = "day-trade/spot", operator = "Exists", effect = "NoSchedule" }] : toleration if var.eks_spot_workers]
    }
  }
}

output "cluster_values" {
  description = "Values of the chart day-trade-cluster, which the cluster needs once; null without EKS."
  value       = local.eks_enabled ? yamlencode(local.cluster_values) : null
}

output "chart_values" {
  description = "Values of the chart day-trade-ml for this environment, beside values.<environment>.yaml; null without EKS."
  value       = local.eks_enabled ? yamlencode(local.chart_values) : null
}

# What the chart has to know of this environment, over infrastructure/helm/values.azure.yaml.

locals {
  # What the chart calls the parts.
  chart_parts = {
    ml-service = "mlService", data-service = "dataService", scheduler-service = "schedulerService", worker = "worker",
    dashboard  = "dashboard", migrate = "migration"
  }

  # Redis knows an identity by its object id. That of most parts stands in the chart's settings; of another one here.
  chart_redis_addresses = {
    for part, identity in local.pod_parts : part => [{
      name = "DAYTRADE_REDIS_URL", value = format(local.redis_address, azurerm_user_assigned_identity.main[identity].principal_id)
    }] if identity != "pods" && local.pod_identities[identity].redis
  }

  chart_database = {
    postgresql = {
      externalDatabase = {
        host = local.postgresql_host, name = local.database_name, user = local.database_user, cidrs = [var.database_subnet_cidr]
      }
    }
    sql = {
      externalDatabase = {
        engine = "sqlserver", host = local.sql_host, port = 1433, name = local.sql_database, authentication = "azure-entra",
        cidrs  = [var.subnet_cidrs.endpoint]
      }
      # It copies PostgreSQL; Azure SQL has backups of its own.
      backup = { enabled = false }
    }
  }

  # Reloader (README.md) starts pods anew whose Secret has changed.
  reloaded = { "reloader.stakater.com/auto" = "true" }

  # External Secrets reads Key Vault as the identity of this account.
  secret_store = local.aks_enabled ? yamlencode({
    apiVersion = "v1", kind = "List", items = [
      {
        apiVersion = "v1", kind = "ServiceAccount"
        metadata = { name = "secrets", annotations = {
          "azure.workload.identity/client-id" = azurerm_user_assigned_identity.main["pods-secrets"].client_id
          "azure.workload.identity/tenant-id" = local.tenant
        } }
      },
      {
        apiVersion = "external-secrets.io/v1", kind = "SecretStore", metadata = { name = "key-vault" }
        spec = { provider = { azurekv = {
          authType = "WorkloadIdentity", vaultUrl = azurerm_key_vault.main.vault_uri, serviceAccountRef = { name = "secrets" }
        } } }
      },
    ]
  }) : null

  chart_values = local.aks_enabled ? yamlencode(merge(
    {
      environment = var.environment
      image       = { repository = "${azurerm_container_registry.main.login_server}/day-trade", digest = try(coalesce(local.slots[local.active_slot], ""), "") }
      settings    = local.insights_settings
      externalRedis = {
        host           = local.redis_host, port = local.redis_port, user = azurerm_user_assigned_identity.main["pods"].principal_id,
        authentication = "azure-entra", cidrs = [var.subnet_cidrs.endpoint]
      }
      objects = { store = "azure-blob", blob = { container = local.objects_url, cidrs = [var.subnet_cidrs.endpoint] } }
    },
    local.chart_database[var.database],
    {
      for part, identity in local.pod_parts : local.chart_parts[part] => merge(
        {
          serviceAccount = { annotations = { "azure.workload.identity/client-id" = azurerm_user_assigned_identity.main[identity].client_id } }
          podLabels      = { "azure.workload.identity/use" = "true" }
        },
        part == "migrate" ? {} : { podAnnotations = local.reloaded },
        { for key, users in { env = local.chart_redis_addresses } : key => users[part] if contains(keys(users), part) },
      )
    },
  )) : null
}

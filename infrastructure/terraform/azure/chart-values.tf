# What the chart has to know of this environment, over infrastructure/helm/values.azure.yaml.

locals {
  # Parts whose pods sign in: all of them to Application Insights, all but the page to the stores.
  chart_parts = ["mlService", "dataService", "schedulerService", "worker", "dashboard"]

  chart_database = {
    postgresql = {
      externalDatabase = {
        host = local.postgresql_host, name = local.database_name, user = local.database_user, cidrs = [var.database_subnet_cidr]
      }
    }
    sql = {
      externalDatabase = {
        engine = "sqlserver", host = local.sql_host, port = 1433, name = local.database_name, authentication = "azure-entra",
        cidrs  = [var.endpoint_subnet_cidr]
      }
      # It copies PostgreSQL; Azure SQL has backups of its own.
      backup = { enabled = false }
    }
  }

  chart_values = var.enable_aks ? yamlencode(merge(
    {
      environment = var.environment
      image       = { repository = "${azurerm_container_registry.main.login_server}/day-trade", digest = try(coalesce(var.slots[var.active_slot], ""), "") }
      settings    = local.insights_settings
      externalRedis = {
        host           = local.redis_host, port = local.redis_port, user = azurerm_user_assigned_identity.main["pods"].principal_id,
        authentication = "azure-entra", cidrs = [var.endpoint_subnet_cidr]
      }
      objects = { store = "azure-blob", blob = { container = local.objects_url, cidrs = [var.endpoint_subnet_cidr] } }
    },
    local.chart_database[var.enable_postgresql ? "postgresql" : "sql"],
    {
      for part in local.chart_parts : part => {
        serviceAccount = { annotations = { "azure.workload.identity/client-id" = azurerm_user_assigned_identity.main["pods"].client_id } }
        podLabels      = { "azure.workload.identity/use" = "true" }
      }
    },
  )) : null
}

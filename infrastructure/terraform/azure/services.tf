# The parts of the platform, all from one image: what each listens on and asks for.

locals {
  all_services = {
    ml-service        = { port = 8000, size = var.ml_service_size, replicas = var.service_replicas, uses_stores = true }
    data-service      = { port = 8001, size = var.data_service_size, replicas = var.service_replicas, uses_stores = true }
    scheduler-service = { port = 8002, size = { cpu = 0.5, memory = 1 }, replicas = min(2, var.service_replicas), uses_stores = true }
    worker            = { port = 8003, size = var.worker_size, replicas = var.worker_replicas, uses_stores = true }
    dashboard         = { port = 8080, size = { cpu = 0.5, memory = 1 }, replicas = var.service_replicas, uses_stores = false }
  }

  services = { for name, service in local.all_services : name => service if var.enable_container_instances }

  # Paths of the API that the gateway sends to a service; everything else goes to the page.
  paths = {
    ml-service = [
      "/v1/predictions*", "/v1/models*", "/v1/accuracy*", "/v1/trainings*", "/v1/evaluations*", "/v1/audits*",
      "/v1/backtests*", "/v1/reports*", "/v1/paper*",
    ]
    data-service      = ["/v1/bars*", "/v1/symbols*", "/v1/quarantine*", "/v1/fetches*", "/v1/uploads*", "/v1/indices*"]
    scheduler-service = ["/v1/jobs*", "/v1/runs*", "/v1/sessions*", "/v1/scheduler*", "/v1/notices*"]
  }

  # Each group by slot, service and number; the guard of plans reads these keys (../plan-guard/slots.ts).
  groups = merge([
    for slot in ["blue", "green"] : merge([
      for name, service in local.services : {
        for number in range(service.replicas) : "${slot}/${name}/${number}" => { slot = slot, service = name, number = number }
      } if try(var.slots[slot], null) != null
    ]...)
  ]...)

  filled_slots = { for slot in ["blue", "green"] : slot => var.slots[slot] if var.enable_container_instances && try(var.slots[slot], null) != null }

  common_settings = {
    DAYTRADE_HOST          = "0.0.0.0"
    DAYTRADE_STATE_DIR     = "/var/lib/day-trade"
    DAYTRADE_LOG_LEVEL     = var.log_level
    DAYTRADE_KEY_VAULT_URL = azurerm_key_vault.main.vault_uri
  }

  # Traces, as the identity: the key in it names the Application Insights, and sign-in by it is off.
  insights_settings = {
    DAYTRADE_TRACES_APPLICATION_INSIGHTS = nonsensitive(azurerm_application_insights.main.connection_string)
    DAYTRADE_TRACES_SHARE                = tostring(var.trace_share)
  }

  # Which identity of a group's signs in; a group may have several.
  identity_settings = var.enable_container_instances ? { AZURE_CLIENT_ID = azurerm_user_assigned_identity.main["services"].client_id } : {}

  database_settings = var.enable_postgresql ? tomap({
    DAYTRADE_DATABASE_HOST = local.postgresql_host
    DAYTRADE_DATABASE_PORT = "5432"
    DAYTRADE_DATABASE_NAME = local.database_name
    DAYTRADE_DATABASE_USER = local.database_user
    DAYTRADE_DATABASE_TLS  = "verify"
    }) : tomap({
    DAYTRADE_DATABASE_URL            = "sqlserver://${local.sql_host}:1433/${local.database_name}"
    DAYTRADE_DATABASE_AUTHENTICATION = "azure-entra"
    DAYTRADE_DATABASE_TLS            = "verify"
  })

  objects_url = "${azurerm_storage_account.main.primary_blob_endpoint}${azurerm_storage_container.main["objects"].name}"
  object_settings = {
    DAYTRADE_OBJECTS        = "azure-blob"
    DAYTRADE_BLOB_CONTAINER = local.objects_url
  }

  redis_settings = var.enable_container_instances ? {
    DAYTRADE_REDIS_HOST           = local.redis_host
    DAYTRADE_REDIS_PORT           = tostring(local.redis_port)
    DAYTRADE_REDIS_TLS            = "verify"
    DAYTRADE_REDIS_AUTHENTICATION = "azure-entra"
    DAYTRADE_REDIS_USERNAME       = azurerm_user_assigned_identity.main["services"].principal_id
  } : {}

  # Names of secrets in Key Vault by the setting that each is for; the values are read by the process itself.
  token_secret  = "DAYTRADE_TOKEN=token"
  store_secrets = var.enable_postgresql ? "${local.token_secret},DAYTRADE_DATABASE_PASSWORD=database-password" : local.token_secret
}

# The parts of the platform, all from one image: what each listens on and asks for.

locals {
  all_services = {
    ml-service        = { port = 8000, size = { cpu = 2, memory = 4 }, replicas = var.service_replicas, uses_stores = true }
    data-service      = { port = 8001, size = { cpu = 1, memory = 2 }, replicas = var.service_replicas, uses_stores = true }
    scheduler-service = { port = 8002, size = { cpu = 0.5, memory = 1 }, replicas = min(2, var.service_replicas), uses_stores = true }
    worker            = { port = 8003, size = { cpu = 2, memory = 8 }, replicas = var.worker_replicas, uses_stores = true }
    dashboard         = { port = 8080, size = { cpu = 0.5, memory = 1 }, replicas = var.service_replicas, uses_stores = false }
  }

  services = {
    for name, service in local.all_services : name => merge(service, { size = lookup(var.group_sizes, name, service.size) })
    if local.groups_enabled
  }

  # Paths of the API that the gateway sends to a service; everything else goes to the page.
  paths = {
    ml-service = [
      "/v1/predictions*", "/v1/models*", "/v1/accuracy*", "/v1/trainings*", "/v1/evaluations*", "/v1/audits*",
      "/v1/backtests*", "/v1/reports*", "/v1/paper*",
    ]
    data-service      = ["/v1/bars*", "/v1/symbols*", "/v1/quarantine*", "/v1/fetches*", "/v1/uploads*", "/v1/indices*"]
    scheduler-service = ["/v1/jobs*", "/v1/runs*", "/v1/sessions*", "/v1/scheduler*", "/v1/notices*"]
  }

  # Each group by slot, service and number; the policies read these keys (../policies/loss.rego).
  groups = merge([
    for slot in ["blue", "green"] : merge([
      for name, service in local.services : {
        for number in range(service.replicas) : "${slot}/${name}/${number}" => { slot = slot, service = name, number = number }
      } if contains(keys(local.filled_slots), slot)
    ]...)
  ]...)

  filled_slots = { for slot, digest in local.slots : slot => digest if local.groups_enabled && digest != null }

  common_settings = {
    DAYTRADE_HOST      = "0.0.0.0"
    DAYTRADE_STATE_DIR = "/var/lib/day-trade"
    DAYTRADE_LOG_LEVEL = var.log_level
  }

  # Traces, as the identity: the key in it names the Application Insights, and sign-in by it is off.
  insights_settings = {
    # JSON lines in the log, which alerts read (alerts.tf).
    DAYTRADE_CLOUDWATCH_METRICS          = "true"
    DAYTRADE_TRACES_APPLICATION_INSIGHTS = nonsensitive(azurerm_application_insights.main.connection_string)
    DAYTRADE_TRACES_SHARE                = tostring(var.trace_share)
  }

  # Which identity of a group's signs in, by part; a group may have several.
  identity_settings = {
    for part, identity in local.part_identities : part => { AZURE_CLIENT_ID = azurerm_user_assigned_identity.main[identity].client_id }
    if local.groups_enabled
  }

  database_settings = {
    DAYTRADE_DATABASE_URL = (
      local.postgresql
      ? "postgres://${local.database_user}@${local.postgresql_host}:5432/${local.database_name}?sslmode=verify-full"
      : "sqlserver://${local.sql_host}:1433/${local.sql_database}?sslmode=verify-full&authentication=azure-entra"
    )
  }

  objects_url     = "${azurerm_storage_account.main.primary_blob_endpoint}${azurerm_storage_container.main.name}"
  object_settings = { DAYTRADE_OBJECTS = local.objects_url }

  # By part, since each signs in as its own identity.
  redis_settings = {
    for part, identity in local.part_identities : part => {
      DAYTRADE_REDIS_URL = format(local.redis_address, azurerm_user_assigned_identity.main[identity].principal_id)
    } if local.groups_enabled && local.group_identities[identity].redis
  }
  redis_address = "rediss://%s@${local.redis_host}:${local.redis_port}?authentication=azure-entra"

  # Which setting a secret of Key Vault is for; the values are read by the process itself.
  secret_settings = { token = "DAYTRADE_TOKEN", database-password = "DAYTRADE_DATABASE_PASSWORD" }

  # Where a part's secrets are, by part; nothing for one that has none.
  vault_settings = {
    for part, identity in local.part_identities : part => length(local.group_secrets[identity]) == 0 ? tomap({}) : tomap({
      DAYTRADE_KEY_VAULT_URL     = azurerm_key_vault.main.vault_uri
      DAYTRADE_KEY_VAULT_SECRETS = join(",", [for secret in local.group_secrets[identity] : "${local.secret_settings[secret]}=${secret}"])
    })
  }
}

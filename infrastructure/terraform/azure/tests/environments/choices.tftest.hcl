# The root with staging.tfvars:
#   terraform test -test-directory=tests/environments \
#     -filter=tests/environments/choices.tftest.hcl -var-file=staging.tfvars

variables {
  runtime = "both"
}

mock_provider "azurerm" {
  mock_data "azurerm_client_config" {
    defaults = {
      client_id       = "00000000-0000-4000-8000-00000000000c"
      object_id       = "00000000-0000-4000-8000-00000000000d"
      subscription_id = "00000000-0000-4000-8000-000000000001"
      tenant_id       = "00000000-0000-4000-8000-00000000000a"
    }
  }
}

# An ephemeral resource cannot be mocked. Nothing is read before its secret exists, but the provider signs in: with
# credentials of Azure, or to the simulator (`eval "$(azure-simulator env)"`).
provider "azurerm" {
  alias                           = "secrets"
  resource_provider_registrations = "none"

  features {}
}

run "large_redis" {
  command = plan

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    redis_capacity = 2
    redis_family   = "P"
    redis_sku_name = "Premium"
  }

  assert {
    condition     = azurerm_managed_redis.main.sku_name == "Balanced_B20" && azurerm_managed_redis.main.high_availability_enabled
    error_message = "Azure Managed Redis must have no less memory than the size of the specification: 13 GB."
  }
}

run "aks_alone" {
  command = plan

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    runtime        = "kubernetes"
    slots          = {}
  }

  assert {
    condition     = length(azurerm_application_gateway.main) == 0 && length(azurerm_container_group.service) == 0
    error_message = "Without Container Instances there may be no gateway."
  }

  assert {
    condition     = output.url == null
    error_message = "Without a gateway there is no address."
  }
}

run "sql_alone" {
  command = plan

  variables {
    operator_cidrs   = ["203.0.113.0/24"]
    database         = "sql"
    sql_database_sku = "GP_Gen5_2"
    slots            = { blue = "sha256:0000000000000000000000000000000000000000000000000000000000000000" }
  }

  assert {
    condition     = length(azurerm_postgresql_flexible_server.main) == 0 && length(azurerm_mssql_database.main) == 1
    error_message = "Azure SQL must be possible alone."
  }

  assert {
    condition = alltrue([
      for container in concat(azurerm_container_group.migrate["blue"].container, azurerm_container_group.service["blue/ml-service/0"].container) :
      container.environment_variables["DAYTRADE_DATABASE_URL"] == "sqlserver://${local.sql_host}:1433/daytrade?sslmode=verify-full&authentication=azure-entra" &&
      lookup(container.environment_variables, "DAYTRADE_KEY_VAULT_SECRETS", "DAYTRADE_TOKEN=token") == "DAYTRADE_TOKEN=token"
    ])
    error_message = "Groups must ask Azure SQL as their identity, without a password."
  }

  assert {
    condition     = local.chart_database["sql"].externalDatabase.host == local.sql_host && startswith(local.sql_host, "day-trade-staging-") && endswith(local.sql_host, ".database.windows.net")
    error_message = "The chart's pods must ask Azure SQL by its name."
  }

  assert {
    condition     = azurerm_monitor_metric_alert.main["sql-load"].criteria[0].metric_name == "cpu_percent"
    error_message = "A database with cores of its own has no DTU to watch."
  }

  assert {
    condition     = contains(keys(azurerm_federated_identity_credential.pod), "migrate")
    error_message = "The pod that migrates must have the identity of the others."
  }
}

run "containers_alone" {
  command = plan

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    runtime        = "containers"
  }

  assert {
    condition     = length(azurerm_kubernetes_cluster.main) == 0 && length(azurerm_federated_identity_credential.pod) == 0
    error_message = "Without AKS no pod may have an identity."
  }
}

# Azure names the patch that its channel installed.
run "patched_cluster" {
  command = plan

  override_data {
    target = data.azurerm_resources.running["cluster"]
    values = { resources = [{ id = "", location = "", name = "day-trade-aks", resource_group_name = "day-trade-staging", tags = {}, type = "" }] }
  }

  override_data {
    target = data.azurerm_kubernetes_cluster.running
    values = { kubernetes_version = "1.35.4" }
  }

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    aks_version    = "1.35"
  }

  assert {
    condition     = azurerm_kubernetes_cluster.main[0].kubernetes_version == "1.35.4"
    error_message = "A patch must not be taken back."
  }
}

run "restored_sql" {
  command = plan

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    database       = "sql"
    database_restore = {
      source = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.Sql/servers/one/databases/daytrade"
      time   = "2026-12-01T06:00:00Z"
    }
  }

  assert {
    condition     = azurerm_mssql_database.main[0].name == "daytrade-202612010600" && strcontains(local.database_settings.DAYTRADE_DATABASE_URL, "/daytrade-202612010600?")
    error_message = "A restored database of Azure SQL must be the one that the application asks."
  }
}

run "planned_by_the_identity_that_reads" {
  command = plan

  # Bootstrap has made it.
  override_resource {
    target = azurerm_resource_group.main
    values = { id = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging", name = "day-trade-staging" }
  }

  override_data {
    target = data.azurerm_resources.running["deployer"]
    values = { resources = [
      { id = "", location = "", name = "day-trade-plan-staging", resource_group_name = "day-trade-state", tags = {}, type = "" },
      { id = "", location = "", name = "day-trade-deploy-staging", resource_group_name = "day-trade-state", tags = {}, type = "" },
    ] }
  }

  override_data {
    target = data.azurerm_user_assigned_identity.github["day-trade-plan-staging"]
    values = { client_id = "00000000-0000-4000-8000-00000000000c", principal_id = "00000000-0000-4000-8000-00000000000d" }
  }

  override_data {
    target = data.azurerm_user_assigned_identity.github["day-trade-deploy-staging"]
    values = { client_id = "00000000-0000-4000-8000-0000000000dc", principal_id = "00000000-0000-4000-8000-0000000000dd" }
  }

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    database       = "sql"
  }

  assert {
    condition = (
      azurerm_role_assignment.deployer.principal_id == "00000000-0000-4000-8000-0000000000dd"
      && azurerm_role_assignment.aks_administrator["deployer"].principal_id == "00000000-0000-4000-8000-0000000000dd"
      && azurerm_mssql_server.main["main"].azuread_administrator[0].object_id == "00000000-0000-4000-8000-0000000000dc"
    )
    error_message = "Roles must go to the identity that applies, never to the one that plans."
  }
}

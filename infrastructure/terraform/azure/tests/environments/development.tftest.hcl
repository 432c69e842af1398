# The root with development.tfvars:
#   terraform test -test-directory=tests/environments \
#     -filter=tests/environments/development.tftest.hcl -var-file=development.tfvars

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

run "development" {
  command = plan

  variables {
    operator_cidrs = ["203.0.113.0/24"]
  }

  assert {
    condition     = alltrue([for subnet in azurerm_subnet.main : !subnet.default_outbound_access_enabled])
    error_message = "Nothing may leave a subnet but by what is named."
  }

  assert {
    condition     = length(azurerm_network_security_group.main) == 5 && alltrue([for group in azurerm_network_security_group.main : anytrue([for rule in group.security_rule : rule.access == "Deny" && rule.priority == 4000])])
    error_message = "Every subnet must be closed but for what is named."
  }

  assert {
    condition     = !azurerm_storage_account.main.shared_access_key_enabled && !azurerm_storage_account.main.public_network_access_enabled
    error_message = "Storage must be private and without keys."
  }

  assert {
    condition     = azurerm_key_vault.main.rbac_authorization_enabled && azurerm_key_vault.main.purge_protection_enabled
    error_message = "Key Vault must decide by roles and give nothing up for good."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.main[0].name == "day-trade-aks" && azurerm_kubernetes_cluster.main[0].local_account_disabled
    error_message = "The cluster must be day-trade-aks, and let nobody in but by Entra."
  }

  assert {
    condition     = length(azurerm_container_group.service) == 0 && length(azurerm_application_gateway.main) == 0
    error_message = "There must be one runtime, the cluster."
  }

  assert {
    condition     = length(azurerm_postgresql_flexible_server.main[0].high_availability) == 0 && azurerm_postgresql_flexible_server.main[0].sku_name == "B_Standard_B2s"
    error_message = "PostgreSQL must be small, without a standby."
  }

  assert {
    condition     = !azurerm_managed_redis.main.high_availability_enabled
    error_message = "Redis must have one node."
  }

  assert {
    condition     = azurerm_storage_account.main.account_replication_type == "GRS" && azurerm_postgresql_flexible_server.main[0].geo_redundant_backup_enabled
    error_message = "Storage and backups must survive the region."
  }

  assert {
    condition     = azurerm_kubernetes_cluster_node_pool.work[0].min_count == 1
    error_message = "The cluster must be small."
  }

  assert {
    condition     = length(azurerm_management_lock.main) == 0 && alltrue([for alert in azurerm_monitor_metric_alert.main : length(alert.dynamic_criteria) == 0])
    error_message = "Nothing may be in the way of a destruction."
  }

  assert {
    condition     = local.namespace == "day-trade-dev"
    error_message = "The namespace must be that of development."
  }
}

# What has to be there before the first apply: the storage account that holds the state of all environments of a
# subscription. Its own state is a local file; if that is lost, `terraform import` finds the account (../README.md).

data "azurerm_client_config" "current" {}

locals {
  suffix = substr(sha256(data.azurerm_client_config.current.subscription_id), 0, 8)
  tags   = { project = "day-trade", managed-by = "terraform" }
}

resource "azurerm_resource_group" "state" {
  name     = "day-trade-state"
  location = var.azure_region
  tags     = local.tags
}

resource "azurerm_storage_account" "state" {
  # checkov:skip=CKV2_DAYTRADE_7: State is read and written from desks and runners; Entra alone decides, no key is on (until 2027-06-30)
  name                            = "daytradestate${local.suffix}"
  location                        = azurerm_resource_group.state.location
  resource_group_name             = azurerm_resource_group.state.name
  account_tier                    = "Standard"
  account_kind                    = "StorageV2"
  account_replication_type        = "GRS"
  min_tls_version                 = "TLS1_2"
  https_traffic_only_enabled      = true
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  local_user_enabled              = false
  allow_nested_items_to_be_public = false
  tags                            = local.tags

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = 365
    }

    container_delete_retention_policy {
      days = 365
    }
  }

  sas_policy {
    expiration_period = "01.00:00:00"
    expiration_action = "Block"
  }
}

resource "azurerm_storage_container" "state" {
  for_each = var.environments

  name               = each.key
  storage_account_id = azurerm_storage_account.state.id
}

# The owner of a subscription may make the account and still not read blobs in it.
resource "azurerm_role_assignment" "state" {
  scope                = azurerm_resource_group.state.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = data.azurerm_client_config.current.object_id
}

resource "azurerm_management_lock" "state" {
  name       = "keep"
  scope      = azurerm_storage_account.state.id
  lock_level = "CanNotDelete"

  # It goes first, since it holds whatever lies below the account.
  depends_on = [azurerm_monitor_diagnostic_setting.state, azurerm_storage_container.state]
}

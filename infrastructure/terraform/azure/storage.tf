# Objects of the application (bars, models, evaluations), which it reads and writes as an identity of Entra.

resource "azurerm_storage_account" "main" {
  name                            = "daytrade${local.short}${local.suffix}"
  location                        = local.location
  resource_group_name             = local.group
  account_tier                    = "Standard"
  account_kind                    = "StorageV2"
  account_replication_type        = var.storage_replication
  min_tls_version                 = "TLS1_2"
  https_traffic_only_enabled      = true
  shared_access_key_enabled       = false
  default_to_oauth_authentication = true
  local_user_enabled              = false
  public_network_access_enabled   = false
  allow_nested_items_to_be_public = false
  tags                            = local.tags

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = var.storage_old_versions_days
    }

    container_delete_retention_policy {
      days = var.storage_old_versions_days
    }
  }

  sas_policy {
    expiration_period = "01.00:00:00"
    expiration_action = "Block"
  }
}

resource "azurerm_storage_container" "main" {
  name               = "objects"
  storage_account_id = azurerm_storage_account.main.id
}

resource "azurerm_storage_management_policy" "main" {
  storage_account_id = azurerm_storage_account.main.id

  rule {
    name    = "old-versions"
    enabled = true

    filters {
      blob_types = ["blockBlob"]
    }

    actions {
      version {
        delete_after_days_since_creation = var.storage_old_versions_days
      }
    }
  }
}

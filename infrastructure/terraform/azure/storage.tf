# Files beside the database: bars to import, copies of backups. Objects of the application (bars, models) are rows of
# PostgreSQL as long as it has no store on blobs (README.md).

resource "azurerm_storage_account" "main" {
  # checkov:skip=CKV2_AZURE_1: Microsoft's key encrypts; a key of one's own adds a way to lose everything (until 2027-06-30)
  # checkov:skip=CKV_AZURE_33: There are no queues in it, and nobody can make one without a key (until 2027-06-30)
  # checkov:skip=CKV_AZURE_206: Development may be lost with its place; the other environments have copies (until 2027-06-30)
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
    versioning_enabled  = true
    change_feed_enabled = true

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
  # checkov:skip=CKV2_AZURE_21: The account's own log of reads and writes goes to Log Analytics (until 2027-06-30)
  for_each = toset(["bars", "backups"])

  name               = each.key
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

resource "azurerm_storage_account" "backups" {
  # checkov:skip=CKV2_DAYTRADE_2: One machine writes here, and may not read; the owner reads (until 2027-06-30)
  name                            = local.account
  resource_group_name             = azurerm_resource_group.main.name
  location                        = azurerm_resource_group.main.location
  account_tier                    = "Standard"
  account_replication_type        = "GRS"
  min_tls_version                 = "TLS1_2"
  shared_access_key_enabled       = false
  allow_nested_items_to_be_public = false

  blob_properties {
    versioning_enabled = true
    delete_retention_policy { days = 30 }
  }

  network_rules {
    default_action             = "Deny"
    virtual_network_subnet_ids = [azurerm_subnet.main.id]
    # A network of one address is written as an address here.
    ip_rules = [for cidr in var.ssh_cidrs : trimsuffix(cidr, "/32")]
  }
}

resource "azurerm_storage_container" "backups" {
  name               = "backups"
  storage_account_id = azurerm_storage_account.backups.id
}

resource "azurerm_storage_management_policy" "backups" {
  storage_account_id = azurerm_storage_account.backups.id

  rule {
    name    = "backups"
    enabled = true
    filters { blob_types = ["blockBlob"] }
    actions {
      base_blob { delete_after_days_since_creation_greater_than = 30 }
      version { delete_after_days_since_creation = 37 }
    }
  }
}

# The built-in roles that write also read and delete.
resource "azurerm_role_definition" "writer" {
  name  = "${local.name}-backup-writer"
  scope = azurerm_resource_group.main.id

  permissions {
    data_actions = [
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action",
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
    ]
  }
}

resource "azurerm_role_assignment" "writer" {
  scope              = azurerm_storage_container.backups.id
  role_definition_id = azurerm_role_definition.writer.role_definition_resource_id
  principal_id       = azurerm_linux_virtual_machine.main.identity[0].principal_id
}

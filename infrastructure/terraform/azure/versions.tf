terraform {
  # Write-only arguments, which keep secrets out of state and plan, need 1.11.
  required_version = ">= 1.11.0"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 5.2, < 6.0"
    }
  }
}

provider "azurerm" {
  # Blobs by Entra, since the account's keys are off.
  storage_use_azuread = true

  # azurerm 5 registers nothing by itself: "5.0 Upgrade Guide" of the provider.
  resource_providers_to_register = jsondecode(file("${path.module}/resource-providers.json"))

  features {
    key_vault {
      # What is deleted can be brought back for its retention, and a name that was used before gets its vault back.
      purge_soft_delete_on_destroy    = false
      recover_soft_deleted_key_vaults = true
      recover_soft_deleted_secrets    = true
    }

    resource_group {
      prevent_deletion_if_contains_resources = true
    }
  }
}

# Ephemeral resources have a provider of their own, since Terraform's tests can replace every other one.
provider "azurerm" {
  alias               = "secrets"
  storage_use_azuread = true

  features {}
}

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    azurerm = {
      source  = "hashicorp/azurerm"
      version = ">= 5.2, < 6.0"
    }
  }
}

provider "azurerm" {
  storage_use_azuread = true

  # For environments too, whose identities may not register: "5.0 Upgrade Guide" of azurerm.
  resource_providers_to_register = jsondecode(file("${path.module}/../resource-providers.json"))

  features {}
}

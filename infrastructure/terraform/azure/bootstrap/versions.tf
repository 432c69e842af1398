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
  resource_providers_to_register = [
    "Microsoft.Cache", "Microsoft.Compute", "Microsoft.ContainerInstance", "Microsoft.ContainerRegistry",
    "Microsoft.ContainerService", "Microsoft.DBforPostgreSQL", "Microsoft.Insights", "Microsoft.KeyVault",
    "Microsoft.ManagedIdentity", "Microsoft.Network", "Microsoft.OperationalInsights", "Microsoft.OperationsManagement",
    "Microsoft.PolicyInsights", "Microsoft.Sql", "Microsoft.Storage",
  ]

  features {}
}

# One machine that runs the release, its address, and the account of its backups. It takes SSH by a key, from the
# networks that are named; the page listens on loopback, and a tunnel of SSH leads to it.

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
  storage_use_azuread            = true
  resource_providers_to_register = ["Microsoft.Compute", "Microsoft.ManagedIdentity", "Microsoft.Network", "Microsoft.Storage"]

  features {}
}

data "azurerm_subscription" "current" {}

locals {
  name    = "day-trade-small"
  account = "daytradesmall${substr(sha256(data.azurerm_subscription.current.subscription_id), 0, 10)}"
}

module "machine" {
  source = "../small-machine"

  release_url    = var.release_url
  release_sha256 = var.release_sha256
  put            = replace(file("${path.module}/put.sh"), "@ACCOUNT@", local.account)
}

resource "azurerm_resource_group" "main" {
  name     = local.name
  location = "japaneast"
}

resource "azurerm_linux_virtual_machine" "main" {
  name                       = local.name
  resource_group_name        = azurerm_resource_group.main.name
  location                   = azurerm_resource_group.main.location
  size                       = "Standard_B2pls_v2"
  network_interface_ids      = [azurerm_network_interface.main.id]
  admin_username             = "trader"
  custom_data                = base64encode(module.machine.user_data)
  allow_extension_operations = false

  admin_ssh_key {
    username   = "trader"
    public_key = var.ssh_public_key
  }

  identity { type = "SystemAssigned" }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS"
    disk_size_gb         = 32
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server-arm64"
    version   = "latest"
  }

  lifecycle {
    # A newer release or key never replaces it, since the data are on its disk.
    ignore_changes = [custom_data, admin_ssh_key]
  }
}

resource "azurerm_virtual_network" "main" {
  name                = local.name
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  address_space       = ["10.70.0.0/24"]
}

resource "azurerm_subnet" "main" {
  name                 = "machine"
  resource_group_name  = azurerm_resource_group.main.name
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["10.70.0.0/26"]

  service_endpoint { service = "Microsoft.Storage" }
}

resource "azurerm_network_security_group" "main" {
  name                = local.name
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}

resource "azurerm_network_security_rule" "ssh" {
  count = length(var.ssh_cidrs) > 0 ? 1 : 0

  name                        = "ssh"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.main.name
  priority                    = 100
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_address_prefixes     = var.ssh_cidrs
  source_port_range           = "*"
  destination_address_prefix  = "*"
  destination_port_range      = "22"
}

resource "azurerm_subnet_network_security_group_association" "main" {
  subnet_id                 = azurerm_subnet.main.id
  network_security_group_id = azurerm_network_security_group.main.id
}

resource "azurerm_public_ip" "main" {
  name                = local.name
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  allocation_method   = "Static"
}

resource "azurerm_network_interface" "main" {
  # checkov:skip=CKV_AZURE_119: The machine's way in and out is its own address, since there is no gateway (until 2027-06-30)
  name                = local.name
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location

  ip_configuration {
    name                          = "machine"
    subnet_id                     = azurerm_subnet.main.id
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = azurerm_public_ip.main.id
  }

  depends_on = [azurerm_subnet_network_security_group_association.main]
}

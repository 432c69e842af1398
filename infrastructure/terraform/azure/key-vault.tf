# Passwords and the token: made here once from random bytes, sent to Key Vault as write-only values, and in no plan and
# no state. What needs one reads it from there.

locals {
  open_to_operators = length(var.operator_cidrs) == 0

  # Each with the number that has to rise for a new value.
  secret_versions = merge(
    { token = var.token_version },
    { (local.postgresql ? "database-password" : "sql-admin-password") = var.database_password_version },
    local.aks_enabled ? { grafana-admin-password = 1 } : {},
  )
}

resource "azurerm_key_vault" "main" {
  name                       = "dt-${local.short}-${local.suffix}"
  location                   = local.location
  resource_group_name        = local.group
  tenant_id                  = local.tenant
  sku_name                   = "standard"
  rbac_authorization_enabled = true
  purge_protection_enabled   = true
  soft_delete_retention_days = 90
  tags                       = local.tags

  network_acls {
    bypass         = "AzureServices"
    default_action = local.open_to_operators ? "Allow" : "Deny"
    ip_rules       = var.operator_cidrs
  }
}

check "operators" {
  assert {
    condition     = !local.open_to_operators
    error_message = "operator_cidrs is empty: Key Vault, the image registry and the cluster's API answer every network, and only Entra decides. Name the networks of whoever applies."
  }
}

# Above the vault, so that it can be given first: the vault is made while it gets known.
resource "azurerm_role_assignment" "deployer" {
  scope                = azurerm_resource_group.main.id
  role_definition_name = "Key Vault Administrator"
  principal_id         = local.applier.object_id

  lifecycle {
    # Whoever applied first; another gets the role by hand (README.md).
    ignore_changes = [principal_id]
  }
}

resource "terraform_data" "deployer" {
  triggers_replace = azurerm_role_assignment.deployer.id

  provisioner "local-exec" {
    command = "sleep ${var.role_wait_seconds}"
  }
}

# The moment of each version, so that a later plan changes no date.
resource "terraform_data" "secret_made" {
  for_each = local.secret_versions

  input            = timestamp()
  triggers_replace = each.value

  lifecycle {
    ignore_changes = [input]
  }
}

resource "azurerm_key_vault_secret" "main" {
  for_each = local.secret_versions

  name         = each.key
  key_vault_id = azurerm_key_vault.main.id
  content_type = "text/plain"
  # 64 hexadecimal digits of two random UUIDs, 244 bits; the beginning is for rules of passwords.
  value_wo         = each.key == "sql-admin-password" && var.sql_admin_password != null ? var.sql_admin_password : "Aa1-${replace("${uuid()}${uuid()}", "-", "")}"
  value_wo_version = each.value
  # A date that Key Vault shows and counts down to; it goes on giving the value out, and no service stops by it.
  expiration_date = timeadd(terraform_data.secret_made[each.key].output, "8760h")
  tags            = local.tags

  depends_on = [terraform_data.deployer]
}

# What a server needs is read from Key Vault when the server is made, so that both always have the same. The name comes
# from an attribute that is not there before the secret is.
ephemeral "azurerm_key_vault_secret" "main" {
  for_each = toset([for name in keys(local.secret_versions) : name if !contains(["token", "grafana-admin-password"], name)])
  provider = azurerm.secrets

  key_vault_id = azurerm_key_vault.main.id
  name         = reverse(split("/", azurerm_key_vault_secret.main[each.key].versionless_id))[0]
}

# Who may do what, without a key: container groups, pods and the gateway sign in as these.

locals {
  identities = merge(
    { gateway = true },
    var.enable_container_instances ? { services = true } : {},
    var.enable_aks ? { aks = true, kubelet = true, pods = true } : {},
  )

  # What each identity reads of Key Vault: single secrets, never all.
  secret_readers = merge(
    { "gateway-certificate" = { identity = "gateway", secret = local.certificate_name } },
    var.enable_container_instances ? { "services-token" = { identity = "services", secret = "token" } } : {},
    var.enable_container_instances && var.enable_postgresql ? {
      "services-database-password" = { identity = "services", secret = "database-password" }
    } : {},
  )
}

resource "azurerm_user_assigned_identity" "main" {
  for_each = local.identities

  name                = "${local.name}-${each.key}"
  location            = local.location
  resource_group_name = local.group
  tags                = local.tags
}

resource "azurerm_role_assignment" "secret" {
  for_each = local.secret_readers

  scope                = "${azurerm_key_vault.main.id}/secrets/${each.value.secret}"
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.main[each.value.identity].principal_id

  depends_on = [azurerm_key_vault_secret.main, azurerm_key_vault_certificate.self_signed]
}

# Of one container of the storage account, not of the others.
resource "azurerm_role_assignment" "objects" {
  for_each = toset([for name in ["services", "pods"] : name if contains(keys(local.identities), name)])

  scope                = azurerm_storage_container.main["objects"].id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.main[each.key].principal_id
}

# The role is that for telemetry of every kind.
resource "azurerm_role_assignment" "traces" {
  for_each = toset([for name in ["services", "pods"] : name if contains(keys(local.identities), name)])

  scope                = azurerm_application_insights.main.id
  role_definition_name = "Monitoring Metrics Publisher"
  principal_id         = azurerm_user_assigned_identity.main[each.key].principal_id
}

resource "azurerm_role_assignment" "pull" {
  for_each = merge(
    var.enable_container_instances ? { services = azurerm_user_assigned_identity.main["services"].principal_id } : {},
    var.enable_aks ? { kubelet = azurerm_user_assigned_identity.main["kubelet"].principal_id } : {},
  )

  scope                = azurerm_container_registry.main.id
  role_definition_name = "AcrPull"
  principal_id         = each.value
}

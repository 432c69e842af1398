# Who may do what, without a key: container groups, pods and the gateway sign in as these. Of the application each
# identity is for the parts that touch the same: page asks the other parts alone, scheduler the database and the queue,
# services the objects as well.

locals {
  # What the identities of the application touch beside the database, as groups and as pods.
  group_identities = {
    services  = { redis = true, objects = true }
    scheduler = { redis = true, objects = false }
    migration = { redis = false, objects = false }
    page      = { redis = false, objects = false }
  }
  # A pod that migrates PostgreSQL has a password, and nothing to sign in for.
  pod_identities = {
    for name, touches in local.group_identities : name == "services" ? "pods" : "pods-${name}" => touches
    if name != "migration" || local.azure_sql
  }

  application_identities = merge(
    local.groups_enabled ? local.group_identities : {},
    local.aks_enabled ? local.pod_identities : {},
  )

  identities = merge(
    { gateway = true },
    { for name in keys(local.application_identities) : name => true },
    local.aks_enabled ? { aks = true, kubelet = true, pods-secrets = true } : {},
  )

  # Which identity of the application a part has, by its name in the chart and as a service.
  part_identities = {
    ml-service        = "services"
    data-service      = "services"
    worker            = "services"
    scheduler-service = "scheduler"
    migrate           = "migration"
    dashboard         = "page"
  }

  # The same of pods, by service account.
  pod_parts = {
    for part, identity in local.part_identities : part => identity == "services" ? "pods" : "pods-${identity}"
    if local.aks_enabled && (identity != "migration" || local.azure_sql)
  }

  # What each identity reads of Key Vault: single secrets, never all. Pods get theirs by a Secret of the cluster, which
  # External Secrets writes.
  database_secrets = local.postgresql ? ["database-password"] : []
  pod_secrets      = local.aks_enabled ? concat(["token", "grafana-admin-password"], local.database_secrets) : []
  group_secrets = {
    services  = concat(["token"], local.database_secrets)
    scheduler = concat(["token"], local.database_secrets)
    migration = local.database_secrets
    page      = ["token"]
  }

  secret_readers = merge(
    { "gateway-certificate" = { identity = "gateway", secret = local.certificate_name } },
    { for secret in local.pod_secrets : "pods-${secret}" => { identity = "pods-secrets", secret = secret } },
    merge([
      for identity, secrets in local.group_secrets : {
        for secret in secrets : "${identity}-${secret}" => { identity = identity, secret = secret }
      } if local.groups_enabled
    ]...),
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

# Of one container of the storage account, not of the others. The lock of the account would hold a role below it.
resource "azurerm_role_assignment" "objects" {
  for_each = toset([for name, touches in local.application_identities : name if touches.objects])

  scope                = azurerm_resource_group.main.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.main[each.key].principal_id
  condition_version    = "2.0"
  condition            = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'objects'"
}

# The role is that for telemetry of every kind. The migration sends none.
resource "azurerm_role_assignment" "traces" {
  for_each = toset([for name in keys(local.application_identities) : name if !endswith(name, "migration")])

  scope                = azurerm_application_insights.main.id
  role_definition_name = "Monitoring Metrics Publisher"
  principal_id         = azurerm_user_assigned_identity.main[each.key].principal_id
}

resource "azurerm_role_assignment" "pull" {
  for_each = merge(
    { for name in keys(local.group_identities) : name => azurerm_user_assigned_identity.main[name].principal_id if local.groups_enabled },
    local.aks_enabled ? { kubelet = azurerm_user_assigned_identity.main["kubelet"].principal_id } : {},
  )

  scope                = azurerm_container_registry.main.id
  role_definition_name = "AcrPull"
  principal_id         = each.value
}

# Azure knows of a new role after minutes: "Troubleshoot Azure RBAC" names up to ten. A gateway, a group or a cluster
# that is made before then fails.
resource "terraform_data" "roles" {
  triggers_replace = concat(
    values(azurerm_role_assignment.secret)[*].id,
    values(azurerm_role_assignment.objects)[*].id,
    values(azurerm_role_assignment.pull)[*].id,
    values(azurerm_role_assignment.aks)[*].id,
  )

  provisioner "local-exec" {
    command = "sleep ${var.role_wait_seconds}"
  }
}

# Deployments by GitHub Actions sign in by OpenID Connect: no secret of Entra is kept anywhere.

locals {
  github_environments = var.github_repository == null ? [] : var.environments
  # What a deployment needs: to make resources, to give roles to what it made, to write secrets, to keep its state.
  roles = {
    contributor = { role = "Contributor", scope = "/subscriptions/${data.azurerm_client_config.current.subscription_id}" }
    access      = { role = "User Access Administrator", scope = "/subscriptions/${data.azurerm_client_config.current.subscription_id}" }
    state       = { role = "Storage Blob Data Contributor", scope = azurerm_storage_account.state.id }
  }
  # Since July 2026 GitHub has the numbers of owner and repository in the subject, which nobody else ever gets; before,
  # the names alone (https://docs.github.com/actions/concepts/security/openid-connect).
  github_names = var.github_repository == null ? [] : split("/", var.github_repository)
  github_ids   = var.github_repository_ids == null ? [] : split("/", var.github_repository_ids)
  github_by_id = length(local.github_ids) == 0 ? null : "repo:${local.github_names[0]}@${local.github_ids[0]}/${local.github_names[1]}@${local.github_ids[1]}"
  grants       = { for pair in setproduct(local.github_environments, keys(local.roles)) : "${pair[0]}-${pair[1]}" => { environment = pair[0], role = pair[1] } }
}

resource "azurerm_user_assigned_identity" "deploy" {
  for_each = local.github_environments

  name                = "day-trade-deploy-${each.key}"
  location            = azurerm_resource_group.state.location
  resource_group_name = azurerm_resource_group.state.name
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "deploy" {
  for_each = local.github_by_id == null || var.trust_repository_name ? local.github_environments : []

  name                      = "github-${each.key}"
  user_assigned_identity_id = azurerm_user_assigned_identity.deploy[each.key].id
  audience                  = ["api://AzureADTokenExchange"]
  issuer                    = "https://token.actions.githubusercontent.com"
  # Only jobs of this environment, whose rules of approval GitHub enforces.
  subject = "repo:${var.github_repository}:environment:${each.key}"
}

resource "azurerm_federated_identity_credential" "deploy_by_id" {
  for_each = local.github_by_id == null ? [] : local.github_environments

  name                      = "github-${each.key}-by-id"
  user_assigned_identity_id = azurerm_user_assigned_identity.deploy[each.key].id
  audience                  = ["api://AzureADTokenExchange"]
  issuer                    = "https://token.actions.githubusercontent.com"
  subject                   = "${local.github_by_id}:environment:${each.key}"
}

resource "azurerm_role_assignment" "deploy" {
  for_each = local.grants

  scope                = local.roles[each.value.role].scope
  role_definition_name = local.roles[each.value.role].role
  principal_id         = azurerm_user_assigned_identity.deploy[each.value.environment].principal_id
}

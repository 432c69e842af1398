# Deployments by GitHub Actions sign in by OpenID Connect: no secret of Entra is kept anywhere.

locals {
  github_environments = var.github_repository == null ? [] : var.environments
  # By the environment of GitHub that gets it: NAME changes an environment, NAME-plan reads it.
  github_identities = merge([
    for name in local.github_environments : { (name) = "day-trade-deploy-${name}", "${name}-plan" = "day-trade-plan-${name}" }
  ]...)
  subscription = "/subscriptions/${data.azurerm_client_config.current.subscription_id}"
  # Roles that an environment gives, and no other: a deployment cannot make itself an owner.
  given = [
    "AcrPull", "Azure Kubernetes Service RBAC Cluster Admin", "Key Vault Administrator", "Key Vault Secrets User",
    "Managed Identity Operator", "Monitoring Metrics Publisher", "Network Contributor", "Storage Blob Data Contributor",
  ]
  given_rule = "ForAnyOfAnyValues:GuidEquals {${join(", ", [for role in data.azurerm_role_definition.given : role.role_definition_id])}}"
  # "Examples to delegate Azure role assignment management with conditions": the template Constrain roles.
  only_given = join(" AND ", [
    for action, source in { write = "@Request", delete = "@Resource" } :
    "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${action}'})) OR (${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ${local.given_rule}))"
  ])

  grants = merge([
    for name in local.github_environments : {
      # Resource providers, deleted vaults: what Terraform reads of the subscription.
      "${name}-read"        = { name = name, role = "Reader", scope = local.subscription, condition = null }
      "${name}-contributor" = { name = name, role = "Contributor", scope = azurerm_resource_group.environment[name].id, condition = null }
      "${name}-access" = {
        name = name, role = "Role Based Access Control Administrator", scope = azurerm_resource_group.environment[name].id, condition = local.only_given
      }
      # Above the lock of the account, which would hold a role below it.
      "${name}-state" = {
        name      = name, role = "Storage Blob Data Contributor", scope = azurerm_resource_group.state.id
        condition = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals '${name}'"
      }
      "${name}-plan-read" = { name = "${name}-plan", role = "Reader", scope = local.subscription, condition = null }
      # The state, without its lock, which no plan takes.
      "${name}-plan-state" = {
        name      = "${name}-plan", role = "Storage Blob Data Reader", scope = azurerm_resource_group.state.id
        condition = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals '${name}'"
      }
    }
  ]...)
  # Since July 2026 GitHub has the numbers of owner and repository in the subject, which nobody else ever gets; before,
  # the names alone (https://docs.github.com/actions/concepts/security/openid-connect).
  github_names = var.github_repository == null ? [] : split("/", var.github_repository)
  github_ids   = var.github_repository_ids == null ? [] : split("/", var.github_repository_ids)
  github_subjects = merge(
    length(local.github_ids) == 0 || var.trust_repository_name ? { "" = "repo:${join("/", local.github_names)}" } : {},
    length(local.github_ids) == 0 ? {} : { "-by-id" = "repo:${local.github_names[0]}@${local.github_ids[0]}/${local.github_names[1]}@${local.github_ids[1]}" },
  )
  github_credentials = merge([
    for name in keys(local.github_identities) : {
      for suffix, repository in local.github_subjects : "${name}${suffix}" => { environment = name, repository = repository }
    }
  ]...)
}

data "azurerm_role_definition" "given" {
  for_each = toset(local.given)

  name  = each.key
  scope = local.subscription
}

# The environment's Terraform takes it over, with its tags; a deployment may do nothing outside of it.
resource "azurerm_resource_group" "environment" {
  for_each = local.github_environments

  name     = "day-trade-${each.key}"
  location = var.azure_region

  lifecycle {
    ignore_changes = [tags]
  }
}

resource "azurerm_user_assigned_identity" "deploy" {
  for_each = local.github_identities

  name                = each.value
  location            = azurerm_resource_group.state.location
  resource_group_name = azurerm_resource_group.state.name
  tags                = local.tags
}

resource "azurerm_federated_identity_credential" "deploy" {
  for_each = local.github_credentials

  name                      = "github-${each.key}"
  user_assigned_identity_id = azurerm_user_assigned_identity.deploy[each.value.environment].id
  audience                  = ["api://AzureADTokenExchange"]
  issuer                    = "https://token.actions.githubusercontent.com"
  # Only jobs of this environment, whose rules of approval GitHub enforces.
  subject = "${each.value.repository}:environment:${each.value.environment}"
}

resource "azurerm_role_assignment" "deploy" {
  for_each = local.grants

  scope                = each.value.scope
  role_definition_name = each.value.role
  principal_id         = azurerm_user_assigned_identity.deploy[each.value.name].principal_id
  condition            = each.value.condition
  condition_version    = each.value.condition == null ? null : "2.0"
}

# Allows what a plan reads beside Reader, in the group of its environment alone: what azurerm asks with each object.
resource "azurerm_role_definition" "plan" {
  for_each = local.github_environments

  name  = "day-trade-plan-${each.key}"
  scope = azurerm_resource_group.environment[each.key].id

  permissions {
    actions = [
      # The address of the cluster. Entra decides who may do what there.
      "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
      # Keys, which open nothing: sign-in by them is off.
      "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
      "Microsoft.Storage/storageAccounts/listKeys/action",
    ]
    data_actions = [
      # Certificates, and who is told of their end.
      "Microsoft.KeyVault/vaults/*/read",
      # Versions of secrets, which come with their values. A plan opens those that a database is made with.
      "Microsoft.KeyVault/vaults/secrets/getSecret/action",
      "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    ]
  }
}

resource "azurerm_role_assignment" "plan" {
  for_each = local.github_environments

  scope              = azurerm_resource_group.environment[each.key].id
  role_definition_id = azurerm_role_definition.plan[each.key].role_definition_resource_id
  principal_id       = azurerm_user_assigned_identity.deploy["${each.key}-plan"].principal_id
}

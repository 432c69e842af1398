# The root with staging.tfvars:
#   terraform test -test-directory=tests/environments \
#     -filter=tests/environments/identities.tftest.hcl -var-file=staging.tfvars

variables {
  runtime = "both"
}

mock_provider "azurerm" {
  mock_data "azurerm_client_config" {
    defaults = {
      client_id       = "00000000-0000-4000-8000-00000000000c"
      object_id       = "00000000-0000-4000-8000-00000000000d"
      subscription_id = "00000000-0000-4000-8000-000000000001"
      tenant_id       = "00000000-0000-4000-8000-00000000000a"
    }
  }
}

# Each identity told from the others by what a plan alone would not know yet.
override_resource {
  target          = azurerm_managed_redis.main
  override_during = plan

  values = {
    id       = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.Cache/redisEnterprise/one"
    hostname = "redis.example"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["services"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/services"
    client_id    = "00000000-0000-4000-8000-000000000100"
    principal_id = "00000000-0000-4000-8000-000000000200"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["scheduler"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scheduler"
    client_id    = "00000000-0000-4000-8000-000000000101"
    principal_id = "00000000-0000-4000-8000-000000000201"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["migration"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/migration"
    client_id    = "00000000-0000-4000-8000-000000000102"
    principal_id = "00000000-0000-4000-8000-000000000202"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["page"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/page"
    client_id    = "00000000-0000-4000-8000-000000000103"
    principal_id = "00000000-0000-4000-8000-000000000203"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["pods"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pods"
    client_id    = "00000000-0000-4000-8000-000000000104"
    principal_id = "00000000-0000-4000-8000-000000000204"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["pods-scheduler"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pods-scheduler"
    client_id    = "00000000-0000-4000-8000-000000000105"
    principal_id = "00000000-0000-4000-8000-000000000205"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["pods-page"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pods-page"
    client_id    = "00000000-0000-4000-8000-000000000106"
    principal_id = "00000000-0000-4000-8000-000000000206"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["pods-secrets"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pods-secrets"
    client_id    = "00000000-0000-4000-8000-000000000109"
    principal_id = "00000000-0000-4000-8000-000000000209"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["gateway"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gateway"
    client_id    = "00000000-0000-4000-8000-000000000107"
    principal_id = "00000000-0000-4000-8000-000000000207"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["aks"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/aks"
    client_id    = "00000000-0000-4000-8000-000000000108"
    principal_id = "00000000-0000-4000-8000-000000000208"
  }
}

override_resource {
  target          = azurerm_user_assigned_identity.main["kubelet"]
  override_during = plan

  values = {
    id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/kubelet"
    client_id    = "00000000-0000-4000-8000-000000000109"
    principal_id = "00000000-0000-4000-8000-000000000209"
  }
}

# An ephemeral resource cannot be mocked. Nothing is read before its secret exists, but the provider signs in: with
# credentials of Azure, or to the simulator (`eval "$(azure-simulator env)"`).
provider "azurerm" {
  alias                           = "secrets"
  resource_provider_registrations = "none"

  features {}
}

run "postgresql" {
  command = plan

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    slots          = { blue = "sha256:0000000000000000000000000000000000000000000000000000000000000000" }
  }

  assert {
    condition = alltrue([
      for key, group in azurerm_container_group.service : group.identity[0].identity_ids == toset([azurerm_user_assigned_identity.main[
        { ml-service = "services", data-service = "services", worker = "services", scheduler-service = "scheduler", dashboard = "page" }[split("/", key)[1]]
      ].id])
    ])
    error_message = "The page and the scheduler must have identities of their own, and no group those of others."
  }

  assert {
    condition = alltrue([
      for group in values(azurerm_container_group.service) : group.container[0].environment_variables["AZURE_CLIENT_ID"] == one([
        for identity in azurerm_user_assigned_identity.main : identity.client_id if toset([identity.id]) == group.identity[0].identity_ids
      ])
    ])
    error_message = "A group must sign in as the identity that it has."
  }

  assert {
    condition     = alltrue([for group in values(azurerm_container_group.service) : group.image_registry_credential[0].user_assigned_identity_id == one(group.identity[0].identity_ids)])
    error_message = "A group must pull its image as itself."
  }

  assert {
    condition     = azurerm_container_group.migrate["blue"].identity[0].identity_ids == toset([azurerm_user_assigned_identity.main["migration"].id])
    error_message = "The migration must have an identity of its own."
  }

  assert {
    condition     = [for name, role in azurerm_role_assignment.secret : name if role.principal_id == azurerm_user_assigned_identity.main["page"].principal_id] == ["page-token"]
    error_message = "Of all secrets the page may read the token."
  }

  assert {
    condition     = [for name, role in azurerm_role_assignment.secret : name if role.principal_id == azurerm_user_assigned_identity.main["migration"].principal_id] == ["migration-database-password"]
    error_message = "Of all secrets the migration may read the password of the database."
  }

  assert {
    condition     = [for name, role in azurerm_role_assignment.secret : name if contains([for pod in ["pods", "pods-scheduler", "pods-page"] : azurerm_user_assigned_identity.main[pod].principal_id], role.principal_id)] == []
    error_message = "No pod may read Key Vault: a Secret of the cluster has what it needs."
  }

  assert {
    condition = [
      for role in concat(values(azurerm_role_assignment.objects), values(azurerm_role_assignment.pull), values(azurerm_role_assignment.traces)) :
      role.role_definition_name if role.principal_id == azurerm_user_assigned_identity.main["page"].principal_id
    ] == ["AcrPull", "Monitoring Metrics Publisher"]
    error_message = "The page may pull its image and send traces, and touch no object."
  }

  assert {
    condition     = toset(keys(azurerm_role_assignment.objects)) == toset(["services", "pods"])
    error_message = "Only parts that read and write objects may touch them."
  }

  assert {
    condition     = toset([for user in azurerm_managed_redis_access_policy_assignment.main : user.object_id]) == toset([for name in ["services", "scheduler", "pods", "pods-scheduler"] : azurerm_user_assigned_identity.main[name].principal_id])
    error_message = "Only parts that have to do with the queue may sign in to Redis."
  }

  assert {
    condition = !contains(keys(local.redis_settings), "dashboard") && alltrue([
      for part, settings in local.redis_settings :
      strcontains(settings.DAYTRADE_REDIS_URL, "//${azurerm_user_assigned_identity.main[part == "scheduler-service" ? "scheduler" : "services"].principal_id}@")
    ])
    error_message = "A part must sign in to Redis as its own identity."
  }

  assert {
    condition = alltrue([
      for key, group in azurerm_container_group.service : group.container[0].environment_variables["DAYTRADE_KEY_VAULT_SECRETS"] == (
        split("/", key)[1] == "dashboard" ? "DAYTRADE_TOKEN=token" : "DAYTRADE_TOKEN=token,DAYTRADE_DATABASE_PASSWORD=database-password"
      )
    ])
    error_message = "A part must ask Key Vault for what it may read."
  }

  assert {
    condition = [
      for name in keys(azurerm_container_group.service["blue/dashboard/0"].container[0].environment_variables) :
      name if can(regex("DATABASE|REDIS|OBJECTS|BLOB", name))
    ] == []
    error_message = "The page may know no store."
  }

  assert {
    condition     = azurerm_container_group.migrate["blue"].container[0].environment_variables["DAYTRADE_KEY_VAULT_SECRETS"] == "DAYTRADE_DATABASE_PASSWORD=database-password"
    error_message = "The migration must ask for the password of the database alone."
  }

  assert {
    condition = alltrue([
      for part, pod in azurerm_federated_identity_credential.pod : pod.user_assigned_identity_id == azurerm_user_assigned_identity.main[
        { dashboard = "pods-page", scheduler-service = "pods-scheduler", data-service = "pods", ml-service = "pods", worker = "pods", secrets = "pods-secrets" }[part]
      ].id
    ])
    error_message = "A pod must sign in as the identity of its part."
  }
}

run "sql" {
  command = plan

  override_resource {
    target          = azurerm_user_assigned_identity.main["pods-migration"]
    override_during = plan

    values = {
      id           = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/day-trade-staging/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pods-migration"
      client_id    = "00000000-0000-4000-8000-000000000107"
      principal_id = "00000000-0000-4000-8000-000000000207"
    }
  }

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    database       = "sql"
    slots          = { blue = "sha256:0000000000000000000000000000000000000000000000000000000000000000" }
  }

  assert {
    condition     = toset([for part, pod in azurerm_federated_identity_credential.pod : part if pod.user_assigned_identity_id == azurerm_user_assigned_identity.main["pods-migration"].id]) == toset(["migrate"])
    error_message = "The pod that migrates must sign in to Azure SQL as an identity of its own."
  }

  assert {
    condition     = length([for name in keys(azurerm_container_group.migrate["blue"].container[0].environment_variables) : name if startswith(name, "DAYTRADE_KEY_VAULT")]) == 0
    error_message = "Without a password the migration has nothing to ask Key Vault for."
  }

  assert {
    condition     = [for name, role in azurerm_role_assignment.secret : name if role.principal_id == azurerm_user_assigned_identity.main["migration"].principal_id] == []
    error_message = "Without a password the migration may read no secret."
  }
}

run "chart" {
  command = plan

  variables {
    operator_cidrs = ["203.0.113.0/24"]
  }

  assert {
    condition = { for part, pod in local.pod_parts : local.chart_parts[part] => pod } == {
      mlService = "pods", dataService = "pods", worker = "pods", schedulerService = "pods-scheduler", dashboard = "pods-page"
    }
    error_message = "The chart's parts must have the identities of the pods."
  }

  assert {
    condition     = keys(local.chart_redis_addresses) == ["scheduler-service"] && strcontains(local.chart_redis_addresses["scheduler-service"][0].value, "//${azurerm_user_assigned_identity.main["pods-scheduler"].principal_id}@")
    error_message = "The scheduler's pods must sign in to Redis as their own identity."
  }
}

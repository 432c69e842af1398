# The root with production.tfvars:
#   terraform test -test-directory=tests/environments \
#     -filter=tests/environments/production.tftest.hcl -var-file=production.tfvars

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

# An ephemeral resource cannot be mocked. Nothing is read before its secret exists, but the provider signs in: with
# credentials of Azure, or to the simulator (`eval "$(azure-simulator env)"`).
provider "azurerm" {
  alias                           = "secrets"
  resource_provider_registrations = "none"

  features {}
}

run "production" {
  command = plan

  variables {
    slots          = { blue = "sha256:3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f" }
    operator_cidrs = ["203.0.113.0/24"]
  }

  assert {
    condition     = alltrue([for subnet in azurerm_subnet.main : !subnet.default_outbound_access_enabled])
    error_message = "Nothing may leave a subnet but by what is named."
  }

  assert {
    condition     = length(azurerm_network_security_group.main) == 5 && alltrue([for group in azurerm_network_security_group.main : anytrue([for rule in group.security_rule : rule.access == "Deny" && rule.priority == 4000])])
    error_message = "Every subnet must be closed but for what is named."
  }

  assert {
    condition     = !azurerm_storage_account.main.shared_access_key_enabled && !azurerm_storage_account.main.public_network_access_enabled
    error_message = "Storage must be private and without keys."
  }

  assert {
    condition     = azurerm_key_vault.main.rbac_authorization_enabled && azurerm_key_vault.main.purge_protection_enabled
    error_message = "Key Vault must decide by roles and give nothing up for good."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.main[0].name == "day-trade-aks" && azurerm_kubernetes_cluster.main[0].local_account_disabled
    error_message = "The cluster must be day-trade-aks, and let nobody in but by Entra."
  }

  assert {
    condition     = azurerm_virtual_network.main.address_space == toset(["10.1.0.0/16"])
    error_message = "The network must have the specification's addresses."
  }

  assert {
    condition     = azurerm_subnet.main["container"].address_prefixes == tolist(["10.1.1.0/24"]) && azurerm_subnet.main["database"].address_prefixes == tolist(["10.1.2.0/24"])
    error_message = "The subnets must have the specification's addresses."
  }

  assert {
    condition     = azurerm_subnet.main["container"].delegation[0].service_delegation[0].name == "Microsoft.ContainerInstance/containerGroups"
    error_message = "The container subnet must be for container groups."
  }

  assert {
    condition     = toset(keys(azurerm_private_endpoint.main)) == toset(["vault", "blob", "registry", "redis"])
    error_message = "Azure services must be reached by addresses of ours."
  }

  assert {
    condition     = anytrue([for rule in azurerm_network_security_group.main["aks"].security_rule : toset(rule.source_address_prefixes) == toset(["10.1.16.0/20", "10.244.0.0/16"]) && rule.access == "Allow"])
    error_message = "Pods and nodes must reach each other."
  }

  assert {
    condition     = alltrue([for rule in azurerm_network_security_group.main["aks"].security_rule : rule.protocol == "*"])
    error_message = "Pods and nodes must reach each other by every protocol: names are asked for over UDP."
  }

  assert {
    condition     = anytrue([for rule in azurerm_network_security_group.main["endpoint"].security_rule : rule.access == "Allow" && rule.source_address_prefix == "10.1.3.0/24" && rule.destination_port_range == "443"])
    error_message = "The gateway must reach Key Vault, where its certificate is."
  }

  assert {
    condition     = toset(keys(azurerm_role_assignment.objects)) == toset(["services", "pods"]) && alltrue([for role in azurerm_role_assignment.objects : role.role_definition_name == "Storage Blob Data Contributor"])
    error_message = "Groups and pods that read and write objects must do so by a role."
  }

  assert {
    condition     = toset(keys(azurerm_role_assignment.traces)) == toset(["services", "scheduler", "page", "pods", "pods-scheduler", "pods-page"]) && alltrue([for role in azurerm_role_assignment.traces : role.role_definition_name == "Monitoring Metrics Publisher"])
    error_message = "Groups and pods must send traces by a role."
  }

  assert {
    condition     = local.insights_settings.DAYTRADE_TRACES_SHARE == "0.1" && !azurerm_application_insights.main.local_authentication_enabled
    error_message = "A share of the requests must be traced, and the key of Application Insights open nothing."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.main[0].default_node_pool[0].os_disk_type == "Ephemeral" && azurerm_kubernetes_cluster.main[0].default_node_pool[0].os_disk_size_gb <= 75
    error_message = "The system's nodes must have their disk on the machine, whose own one has 75 GiB."
  }

  assert {
    condition     = toset(keys(azurerm_monitor_diagnostic_setting.storage)) == toset(["blobServices", "queueServices"])
    error_message = "What is read and written in the storage account must be logged."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.main[0].high_availability[0].mode == "ZoneRedundant" && azurerm_postgresql_flexible_server.main[0].geo_redundant_backup_enabled
    error_message = "PostgreSQL must survive its zone, and its backups the region."
  }

  assert {
    condition     = azurerm_postgresql_flexible_server.main[0].backup_retention_days == 35 && !azurerm_postgresql_flexible_server.main[0].public_network_access_enabled
    error_message = "PostgreSQL must be private, with backups of 35 days."
  }

  assert {
    condition     = azurerm_managed_redis.main.sku_name == "Balanced_B1" && azurerm_managed_redis.main.high_availability_enabled
    error_message = "Redis must be the managed one, with a second node."
  }

  assert {
    condition     = !azurerm_managed_redis.main.default_database[0].access_keys_authentication_enabled && azurerm_managed_redis.main.default_database[0].client_protocol == "Encrypted"
    error_message = "Redis must take identities alone, over TLS."
  }

  assert {
    condition     = azurerm_managed_redis.main.default_database[0].eviction_policy == "NoEviction"
    error_message = "Redis may not throw a job away."
  }

  assert {
    condition     = azurerm_storage_account.main.account_replication_type == "GRS" && azurerm_storage_account.main.blob_properties[0].versioning_enabled
    error_message = "Blobs must have versions, and copies in a second region."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.main[0].oidc_issuer_enabled && azurerm_kubernetes_cluster.main[0].workload_identity_enabled
    error_message = "Pods must sign in by their service accounts."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.main[0].network_profile[0].network_data_plane == "cilium" && azurerm_kubernetes_cluster.main[0].network_profile[0].outbound_type == "userAssignedNATGateway"
    error_message = "Pods must be on Cilium and leave by the NAT gateway."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.main[0].azure_active_directory_role_based_access_control[0].azure_rbac_enabled
    error_message = "The cluster must decide by roles of Azure."
  }

  assert {
    condition     = azurerm_kubernetes_cluster_node_pool.work[0].min_count == 3 && azurerm_kubernetes_cluster_node_pool.work[0].max_count == 12 && length(azurerm_kubernetes_cluster_node_pool.work[0].zones) == 3
    error_message = "Nodes must scale from 3 to 12 over three zones."
  }

  assert {
    condition     = azurerm_kubernetes_cluster.main[0].maintenance_window_auto_upgrade[0].day_of_week == "Saturday" && azurerm_kubernetes_cluster.main[0].maintenance_window_auto_upgrade[0].utc_offset == "+09:00"
    error_message = "Upgrades must wait until the exchange is closed."
  }

  assert {
    condition     = toset(keys(azurerm_federated_identity_credential.pod)) == toset(["dashboard", "data-service", "ml-service", "scheduler-service", "secrets", "worker"])
    error_message = "Only pods of the services and External Secrets may have an identity."
  }

  assert {
    condition     = toset([for reader in local.secret_readers : reader.secret if reader.identity == "pods-secrets"]) == toset(["token", "database-password", "grafana-admin-password"])
    error_message = "External Secrets must read what the pods need, and nothing else."
  }

  assert {
    condition     = azurerm_federated_identity_credential.pod["worker"].subject == "system:serviceaccount:day-trade:worker"
    error_message = "The identity must be for the namespace of production."
  }

  assert {
    condition     = length(azurerm_container_group.service) == 13 && length([for key in keys(azurerm_container_group.service) : key if startswith(key, "green/")]) == 0
    error_message = "Only the slot with an image may have groups."
  }

  assert {
    condition     = alltrue([for group in azurerm_container_group.service : group.ip_address_type == "Private" && length(group.container[0].readiness_probe) == 1 && length(group.container[0].liveness_probe) == 1])
    error_message = "Groups must be private and probed."
  }

  assert {
    condition     = alltrue([for group in azurerm_container_group.service : group.container[0].secure_environment_variables == null])
    error_message = "A group may not carry a secret."
  }

  assert {
    condition     = alltrue([for group in azurerm_container_group.service : !contains(keys(group.container[0].environment_variables), "DAYTRADE_TOKEN")])
    error_message = "A group may not carry the token."
  }

  assert {
    condition     = azurerm_container_group.service["blue/worker/0"].container[0].commands == tolist(["/usr/local/bin/node", "/app/bundle/main.mjs", "serve", "worker"])
    error_message = "A group must run its part."
  }

  assert {
    condition     = length(azurerm_container_group.migrate) == 1 && azurerm_container_group.migrate["blue"].restart_policy == "OnFailure"
    error_message = "The image of a slot must bring the schema up to date."
  }

  assert {
    condition     = azurerm_application_gateway.main[0].sku[0].name == "WAF_v2" && azurerm_web_application_firewall_policy.main[0].policy_settings[0].mode == "Prevention"
    error_message = "The gateway must refuse what its firewall finds."
  }

  assert {
    condition     = azurerm_application_gateway.main[0].autoscale_configuration[0].min_capacity == 2 && azurerm_application_gateway.main[0].autoscale_configuration[0].max_capacity == 10
    error_message = "The gateway must scale from 2 to 10."
  }

  assert {
    condition     = azurerm_application_gateway.main[0].ssl_policy[0].policy_name == "AppGwSslPolicy20220101S"
    error_message = "The gateway must speak TLS 1.2 with forward secrecy at least."
  }

  assert {
    condition     = !azurerm_log_analytics_workspace.main.local_authentication_enabled && !azurerm_application_insights.main.local_authentication_enabled
    error_message = "Logs may not be written or read with a key."
  }

  assert {
    condition     = length(azurerm_monitor_metric_alert.main) == 12 && length([for alert in azurerm_monitor_metric_alert.main : alert if length(alert.dynamic_criteria) == 1]) == 3
    error_message = "There must be alerts, some of which learn what is usual."
  }

  assert {
    condition     = azurerm_monitor_scheduled_query_rules_alert_v2.main["coverage"].criteria[0].threshold == 0.93 && strcontains(local.logs, "ContainerLogV2") && length(azurerm_monitor_data_collection_rule_association.pods) == 1
    error_message = "The objective of 93 % must have an alert, whose query reads the log of groups and of pods."
  }

  assert {
    condition     = length(azurerm_monitor_diagnostic_setting.main["redis"].enabled_log) == 0 && length(azurerm_monitor_diagnostic_setting.main["redis-database"].enabled_metric) == 0
    error_message = "Managed Redis has metrics of the cluster and logs of the database."
  }

  assert {
    condition     = toset(keys(azurerm_management_lock.main)) == toset(["storage", "postgresql"]) && length(azurerm_mssql_server.main) == 0
    error_message = "What holds data must be locked, and there must be one database."
  }

  assert {
    condition     = azurerm_key_vault.main.network_acls[0].default_action == "Deny"
    error_message = "Key Vault must answer those who are named."
  }
}

run "azure_sql" {
  command = plan

  variables {
    operator_cidrs = ["203.0.113.0/24"]
    database       = "sql"
  }

  assert {
    condition     = azurerm_mssql_database.main[0].sku_name == "S2" && azurerm_mssql_database.main[0].max_size_gb == 100
    error_message = "Azure SQL must have the specification's size."
  }

  assert {
    condition     = azurerm_mssql_server.main["main"].administrator_login == "sqladmin" && azurerm_mssql_server.main["main"].minimum_tls_version == "1.2"
    error_message = "Azure SQL must have the administrator of the specification, and TLS."
  }

  assert {
    condition     = !azurerm_mssql_server.main["main"].public_network_access_enabled && azurerm_mssql_database.main[0].transparent_data_encryption_enabled
    error_message = "Azure SQL must be private and encrypted."
  }

  assert {
    condition     = azurerm_mssql_database.main[0].short_term_retention_policy[0].retention_days == 35 && azurerm_mssql_database.main[0].long_term_retention_policy[0].monthly_retention == "P12M"
    error_message = "Azure SQL must be kept for 35 days, and monthly for a year."
  }

  assert {
    condition     = length(azurerm_mssql_failover_group.main) == 1 && azurerm_mssql_server.main["standby"].location == "Japan West"
    error_message = "A standby must wait in the second region."
  }

  assert {
    condition     = local.sql_host == "${azurerm_mssql_failover_group.main[0].name}.database.windows.net" && local.sql_host != "${azurerm_mssql_server.main["main"].name}.database.windows.net"
    error_message = "The name of Azure SQL must lead to whichever of the two serves."
  }

  assert {
    condition     = azurerm_mssql_server_extended_auditing_policy.main["main"].log_monitoring_enabled && azurerm_mssql_server_security_alert_policy.main["main"].email_account_admins_enabled
    error_message = "Azure SQL must be audited and watched."
  }

  assert {
    condition     = azurerm_private_endpoint.main["sql"].private_dns_zone_group[0].name == azurerm_private_endpoint.main["sql-standby"].private_dns_zone_group[0].name && !contains(keys(azurerm_private_dns_zone.main), "sql-standby")
    error_message = "Both servers of Azure SQL must be found in the one zone of their names."
  }

  assert {
    condition     = length(setintersection(toset(keys(azurerm_monitor_diagnostic_setting.main)), toset(["sql-audit", "sql-standby-audit"]))) == 2
    error_message = "The audit of both servers must be kept: it comes out of their database master."
  }

  assert {
    condition     = alltrue([for server in azurerm_mssql_server.main : server.azuread_administrator[0].object_id == "00000000-0000-4000-8000-00000000000c"])
    error_message = "Azure SQL must know an application by its client id."
  }

  assert {
    condition     = azurerm_monitor_metric_alert.main["sql-load"].criteria[0].metric_name == "dtu_consumption_percent"
    error_message = "The load of a database in DTU must be watched."
  }

  assert {
    condition     = toset(keys(azurerm_management_lock.main)) == toset(["storage", "sql"]) && length(azurerm_postgresql_flexible_server.main) == 0
    error_message = "Azure SQL must be locked, in place of PostgreSQL."
  }
}

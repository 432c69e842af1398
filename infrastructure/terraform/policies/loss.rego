# Refuses a plan that replaces or destroys an object whose loss cannot be applied away again:
#   terraform show -json plan.bin >plan.json
#   conftest test --policy ../policies --data allowed-losses.json plan.json
# allowed-losses.json names each loss that is wanted: { "allowed": [{ "address", "action", "reason", "until" }] }.
package main

import rego.v1

guarded := {
	"aws_db_instance": "database",
	"azurerm_mssql_server": "database",
	"azurerm_mssql_database": "database",
	"azurerm_mssql_failover_group": "database",
	"azurerm_postgresql_flexible_server": "database",
	"azurerm_postgresql_flexible_server_database": "database",
	"aws_elasticache_replication_group": "cache",
	"azurerm_managed_redis": "cache",
	"aws_s3_bucket": "bucket",
	"azurerm_storage_account": "bucket",
	"azurerm_storage_container": "bucket",
	"aws_kms_key": "key",
	"azurerm_key_vault": "key",
	"aws_ecs_cluster": "cluster",
	"aws_eks_cluster": "cluster",
	"azurerm_kubernetes_cluster": "cluster",
	"aws_backup_vault": "backup",
	"aws_backup_vault_lock_configuration": "backup",
	"aws_db_instance_automated_backups_replication": "backup",
	# A deleted secret keeps its name for weeks, in which no new one can take it.
	"aws_secretsmanager_secret": "secret",
	"azurerm_key_vault_secret": "secret",
	"azurerm_key_vault_certificate": "secret",
	"aws_ecr_repository": "repository",
	"azurerm_container_registry": "repository",
	# Objects inside a network cannot move: the apply breaks half-way.
	"aws_vpc": "network",
	"aws_subnet": "network",
	"azurerm_virtual_network": "network",
	"azurerm_subnet": "network",
	"aws_lb": "gateway",
	"azurerm_application_gateway": "gateway",
}

deny contains message if {
	some change in input.resource_changes
	change.mode != "data"
	"delete" in change.change.actions
	kind := kind_of(change)
	action := action_of(change)
	not allowed(change.address, action)
	message := sprintf("%s: %s of a %s%s; no entry of allowed-losses.json allows it today", [
		change.address,
		action,
		kind,
		forced_by(change),
	])
}

deny contains "the plan cannot be judged: expected the output of `terraform show -json PLAN_FILE`" if {
	not is_plan
}

deny contains "the plan is of a run that failed: it cannot be applied" if input.errored

# Another format, or the plan of no resources, could hide a loss.
is_plan if {
	startswith(input.format_version, "1.")
	is_array(input.resource_changes)
}

kind_of(change) := guarded[change.type]

kind_of(change) := "slot" if {
	some group in groups
	group.address == change.address
	not serves_on
}

action_of(change) := "replace" if "create" in change.change.actions

action_of(change) := "destroy" if not "create" in change.change.actions

forced_by(change) := sprintf(" (forced by %s)", [concat(", ", paths)]) if {
	paths := [concat(".", [sprintf("%v", [part]) | some part in path]) | some path in change.change.replace_paths]
	count(paths) > 0
} else := ""

allowed(address, action) if {
	some entry in data.allowed
	entry.address == address
	entry.action == action
	count(trim_space(entry.reason)) >= 10
	time.parse_rfc3339_ns(sprintf("%sT23:59:59Z", [entry.until])) >= time.now_ns()
}

# Container groups of Azure, keyed by slot, service and number. One that is only created serves nothing yet.
groups contains group if {
	some change in input.resource_changes
	change.change.actions != ["create"]
	pattern := `^azurerm_container_group\.\w+\["(blue|green)/([\w-]+)/\d+"\]$`
	some found in regex.find_all_string_submatch_n(pattern, change.address, 1)
	group := {
		"address": change.address,
		"slot": found[1],
		"service": found[2],
		"stays": {true | not "delete" in change.change.actions},
	}
}

# A slot that people may reach after the plan keeps a group of each of its services.
serves_on if {
	some slot in {group.slot | some group in groups}
	object.get(input, ["output_changes", "active_slot", "after"], slot) == slot
	every service in {group.service | some group in groups; group.slot == slot} {
		some group in groups
		group.slot == slot
		group.service == service
		count(group.stays) == 1
	}
}

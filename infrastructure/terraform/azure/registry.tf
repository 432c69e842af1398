resource "azurerm_container_registry" "main" {
  # checkov:skip=CKV_AZURE_164: Azure has withdrawn signing by content trust; every image is named by its digest (until 2027-06-30)
  # checkov:skip=CKV_AZURE_165: One region runs the services; an image is pushed again where another one has to (until 2027-06-30)
  # checkov:skip=CKV_AZURE_166: Images are named by digest, which a quarantine would not change (until 2027-06-30)
  name                          = "daytrade${local.short}${local.suffix}"
  location                      = local.location
  resource_group_name           = local.group
  sku                           = "Premium"
  admin_enabled                 = false
  anonymous_pull_enabled        = false
  data_endpoint_enabled         = true
  zone_redundancy_enabled       = true
  public_network_access_enabled = true
  retention_policy_in_days      = 30
  tags                          = merge(local.tags, local.slot_tags)

  network_rule_set = [{
    default_action = local.open_to_operators ? "Allow" : "Deny"
    ip_rule        = [for cidr in var.operator_cidrs : { action = "Allow", ip_range = cidr }]
  }]

  lifecycle {
    precondition {
      condition     = length(local.filled_slots) == 0 || contains(keys(local.filled_slots), local.active_slot)
      error_message = "active_slot (${local.active_slot}) must be a slot that has an image in slots: no group would answer."
    }
  }
}

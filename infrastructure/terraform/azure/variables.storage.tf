variable "storage_replication" {
  type        = string
  description = "Copies of the storage account: LRS (one place), ZRS (zones), GRS or GZRS (a second region as well)."
  default     = "GRS"
  nullable    = false

  validation {
    condition     = contains(["LRS", "ZRS", "GRS", "GZRS"], var.storage_replication)
    error_message = "storage_replication must be one of: LRS, ZRS, GRS, GZRS."
  }
}

variable "storage_old_versions_days" {
  type        = number
  description = "Days for which a replaced or deleted blob can be brought back."
  default     = 90
  nullable    = false

  validation {
    condition     = var.storage_old_versions_days >= 1 && var.storage_old_versions_days <= 365 && floor(var.storage_old_versions_days) == var.storage_old_versions_days
    error_message = "storage_old_versions_days must be a whole number from 1 to 365."
  }
}

variable "objects_old_versions_days" {
  type        = number
  description = "Days for which a replaced or deleted object of the bucket can be brought back."
  default     = 90
  nullable    = false

  validation {
    condition     = var.objects_old_versions_days >= 1 && var.objects_old_versions_days <= 3650 && floor(var.objects_old_versions_days) == var.objects_old_versions_days
    error_message = "objects_old_versions_days must be a whole number from 1 to 3650."
  }
}

variable "backup_lock_days" {
  type        = number
  description = "Days after which the locks of the backup vaults become final, so that nobody can take them away. Not set: whoever has the right may."
  default     = null

  validation {
    condition     = var.backup_lock_days == null || try(var.backup_lock_days >= 3 && floor(var.backup_lock_days) == var.backup_lock_days, false)
    error_message = "backup_lock_days must be a whole number of at least 3, or left out."
  }
}

variable "backup_retention_days" {
  type        = number
  description = "Days for which the daily recovery points of AWS Backup are kept; monthly ones are kept twelve times as long."
  default     = 35
  nullable    = false

  validation {
    condition     = var.backup_retention_days >= 7 && var.backup_retention_days <= 365 && floor(var.backup_retention_days) == var.backup_retention_days
    error_message = "backup_retention_days must be a whole number from 7 to 365."
  }
}

variable "log_retention_days" {
  type        = number
  description = "Days for which logs are kept, the audit of Azure SQL among them."
  default     = 365
  nullable    = false

  validation {
    condition     = var.log_retention_days >= 91 && var.log_retention_days <= 730 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "log_retention_days must be a whole number from 91 to 730."
  }
}

variable "alarm_emails" {
  type        = set(string)
  description = "Addresses that alerts are sent to. Empty: whoever has the role Monitoring Contributor of the subscription."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.alarm_emails : can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", address))])
    error_message = "alarm_emails must be e-mail addresses, for example \"on-call@example.com\"."
  }
}

variable "detailed_monitoring" {
  type        = bool
  description = "Whether alerts that learn what is usual stand beside the basic ones."
  default     = true
  nullable    = false
}

variable "trace_share" {
  type        = number
  description = "Share of the requests and runs that are traced in Application Insights."
  default     = 0.1
  nullable    = false

  validation {
    condition     = var.trace_share >= 0 && var.trace_share <= 1
    error_message = "trace_share must be a share from 0 to 1."
  }
}

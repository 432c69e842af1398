variable "log_retention_days" {
  type        = number
  description = "Days for which logs are kept."
  default     = 365
  nullable    = false

  validation {
    condition     = contains([7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a number of days that CloudWatch has: 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "alarm_emails" {
  type        = set(string)
  description = "Addresses that alarms are sent to; each has to confirm the first message."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.alarm_emails : can(regex("^[^@ ]+@[^@ ]+\\.[a-z]{2,}$", address))])
    error_message = "alarm_emails must be e-mail addresses, for example \"on-call@example.com\"."
  }
}

variable "coverage_objective" {
  type        = number
  description = "Share of closes that must lie inside of the published interval; below it an alarm is raised."
  default     = 0.93
  nullable    = false

  validation {
    condition     = var.coverage_objective > 0.5 && var.coverage_objective < 1
    error_message = "coverage_objective must be a share between 0.5 and 1, for example 0.93."
  }
}

variable "detailed_monitoring" {
  type        = bool
  description = "Whether there are anomaly detection, a dashboard and Container Insights with enhanced observability beside the basic alarms."
  default     = true
  nullable    = false
}

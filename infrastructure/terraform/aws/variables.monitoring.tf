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

variable "budget" {
  type        = number
  description = "US dollars a month: alarm_emails are told when four fifths of it are spent, or more than it is forecast. It counts what bears the tag environment, once that is a cost allocation tag."
  default     = null

  validation {
    condition     = var.budget == null || try(var.budget > 0 && length(var.alarm_emails) > 0, false)
    error_message = "budget must be more than 0, and alarm_emails must say who is told."
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

variable "trace_collector_image" {
  type        = string
  description = "Image of an OpenTelemetry collector that knows X-Ray, run beside each service to send traces there: public.ecr.aws/aws-observability/aws-otel-collector with a tag or digest; not set: no traces."
  default     = null

  validation {
    condition     = var.trace_collector_image == null || can(regex("^[a-z0-9.-]+/[a-z0-9._/-]+(:[A-Za-z0-9_][A-Za-z0-9._-]*|@sha256:[0-9a-f]{64})$", var.trace_collector_image)) && !endswith(coalesce(var.trace_collector_image, "none"), ":latest")
    error_message = "trace_collector_image must name a registry, a repository, and a tag other than latest or a digest, for example \"public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3\"."
  }
}

variable "trace_share" {
  type        = number
  description = "Share of the requests and runs that are traced, where trace_collector_image is set."
  default     = 0.1
  nullable    = false

  validation {
    condition     = var.trace_share >= 0 && var.trace_share <= 1
    error_message = "trace_share must be a share from 0 to 1, for example 0.1."
  }
}

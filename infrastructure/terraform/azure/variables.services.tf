variable "slots" {
  type        = object({ blue = optional(string), green = optional(string) })
  description = "Digest of the image that the groups of each slot run, sha256:<64 hex digits>; a slot without one has no groups. Not set: those of the last apply that set it, which the registry's tags keep."
  default     = null

  validation {
    condition     = alltrue([for digest in values(coalesce(var.slots, {})) : digest == null ? true : can(regex("^sha256:[0-9a-f]{64}$", digest))])
    error_message = "slots must name images by sha256: and 64 hexadecimal digits, for example { blue = \"sha256:…\" }."
  }
}

variable "active_slot" {
  type        = string
  description = "Slot that the gateway sends requests to: blue or green. Not set: that of the last apply that set it, at first blue."
  default     = null

  validation {
    condition     = var.active_slot == null ? true : contains(["blue", "green"], var.active_slot)
    error_message = "active_slot must be one of: blue, green."
  }
}

variable "group_sizes" {
  type        = map(object({ cpu = number, memory = number }))
  description = "Processors and GB of memory of a group, by service, over those in services.tf: { worker = { cpu = 4, memory = 8 } }."
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.group_sizes), ["ml-service", "data-service", "scheduler-service", "worker", "dashboard"])) == 0
    error_message = "group_sizes must be of ml-service, data-service, scheduler-service, worker or dashboard."
  }

  validation {
    condition     = alltrue([for size in values(var.group_sizes) : size.cpu >= 0.1 && size.cpu <= 4 && size.memory >= 0.5 && size.memory <= 16])
    error_message = "group_sizes must have 0.1 to 4 cpu and 0.5 to 16 GB of memory."
  }
}

variable "service_replicas" {
  type        = number
  description = "Groups of ml-service, data-service and dashboard in each slot; the scheduler has two at most. Container Instances do not scale by themselves; AKS does."
  default     = 2
  nullable    = false

  validation {
    condition     = var.service_replicas >= 1 && var.service_replicas <= 10 && floor(var.service_replicas) == var.service_replicas
    error_message = "service_replicas must be a whole number from 1 to 10."
  }
}

variable "worker_replicas" {
  type        = number
  description = "Groups of worker in each slot."
  default     = 1
  nullable    = false

  validation {
    condition     = var.worker_replicas >= 1 && var.worker_replicas <= 10 && floor(var.worker_replicas) == var.worker_replicas
    error_message = "worker_replicas must be a whole number from 1 to 10."
  }
}

variable "log_level" {
  type        = string
  description = "Least severe log line that the services write. A change replaces the groups: empty the idle slot first (README.md)."
  default     = "info"
  nullable    = false

  validation {
    condition     = contains(["trace", "debug", "info", "warn", "error"], var.log_level)
    error_message = "log_level must be one of: trace, debug, info, warn, error."
  }
}

variable "token_version" {
  type        = number
  description = "Raise it by one to have a new bearer token made; switch the slot after it (README.md)."
  default     = 1
  nullable    = false

  validation {
    condition     = var.token_version >= 1 && floor(var.token_version) == var.token_version
    error_message = "token_version must be a whole number, 1 or more."
  }
}

# The specification names the classic Azure Cache for Redis (redis_*), which takes no new customers since April 2026.

variable "redis_service" {
  type        = string
  description = "Which Redis: managed (Azure Managed Redis) or classic (Azure Cache for Redis, by redis_capacity, redis_family and redis_sku_name; closed to new tenants since April 2026)."
  default     = "managed"
  nullable    = false

  validation {
    condition     = contains(["managed", "classic"], var.redis_service)
    error_message = "redis_service must be one of: managed, classic."
  }
}

variable "redis_capacity" {
  type        = number
  description = "Size of the classic Redis within its family; unused with redis_service = managed."
  default     = 1
  nullable    = false

  validation {
    condition     = floor(var.redis_capacity) == var.redis_capacity && var.redis_capacity >= (var.redis_family == "P" ? 1 : 0) && var.redis_capacity <= (var.redis_family == "P" ? 5 : 6)
    error_message = "redis_capacity must be a whole number from 0 to 6 in the family C, or from 1 to 5 in the family P."
  }
}

variable "redis_family" {
  type        = string
  description = "Family of the classic Redis: C (Basic and Standard) or P (Premium)."
  default     = "C"
  nullable    = false

  validation {
    condition     = contains(["C", "P"], var.redis_family)
    error_message = "redis_family must be one of: C, P."
  }
}

variable "redis_sku_name" {
  type        = string
  description = "Tier of the classic Redis."
  default     = "Standard"
  nullable    = false

  validation {
    condition     = contains(["Basic", "Standard", "Premium"], var.redis_sku_name)
    error_message = "redis_sku_name must be one of: Basic, Standard, Premium."
  }

  validation {
    condition     = (var.redis_sku_name == "Premium") == (var.redis_family == "P")
    error_message = "redis_sku_name must fit redis_family: Premium with P, Basic or Standard with C."
  }
}

variable "redis_managed_sku" {
  type        = string
  description = "Size of Azure Managed Redis."
  default     = "Balanced_B0"
  nullable    = false

  validation {
    condition     = can(regex("^(Balanced_B(0|1|3|5|10|20|50|100)|MemoryOptimized_M(10|20|50|100)|ComputeOptimized_X(3|5|10|20|50|100))$", var.redis_managed_sku))
    error_message = "redis_managed_sku must be a size of Azure Managed Redis: Balanced_B0 to B100, MemoryOptimized_M10 to M100 or ComputeOptimized_X3 to X100, for example \"Balanced_B0\"."
  }
}

variable "redis_high_availability" {
  type        = bool
  description = "Whether Azure Managed Redis has a second node in another zone."
  default     = true
  nullable    = false
}

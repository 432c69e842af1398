# Sizes as the specification names them; cache.tf has those of Azure Managed Redis.

variable "redis_capacity" {
  type        = number
  description = "Size of Redis within its family: C0 has 250 MB, C1 1 GB, C6 53 GB; P1 6 GB, P5 120 GB. Azure Managed Redis gets the next size up."
  default     = 1
  nullable    = false

  validation {
    condition     = floor(var.redis_capacity) == var.redis_capacity && var.redis_capacity >= (var.redis_family == "P" ? 1 : 0) && var.redis_capacity <= (var.redis_family == "P" ? 5 : 6)
    error_message = "redis_capacity must be a whole number from 0 to 6 in the family C, or from 1 to 5 in the family P."
  }
}

variable "redis_family" {
  type        = string
  description = "Family of redis_capacity: C (Basic and Standard) or P (Premium)."
  default     = "C"
  nullable    = false

  validation {
    condition     = contains(["C", "P"], var.redis_family)
    error_message = "redis_family must be one of: C, P."
  }
}

variable "redis_sku_name" {
  type        = string
  description = "Tier of Redis: Basic has one node, the others a second one in another zone."
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

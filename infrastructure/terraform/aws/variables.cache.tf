variable "redis_node_type" {
  type        = string
  description = "Type of the cache's nodes."
  default     = "cache.t3.micro"
  nullable    = false

  validation {
    condition     = can(regex("^cache\\.(t3|t4g)\\.(micro|small|medium)$|^cache\\.(m[5-7]g?|r[5-7]g?|c7gn)\\.(large|[0-9]*xlarge)$", var.redis_node_type))
    error_message = "redis_node_type must be a node type of ElastiCache: t3 or t4g (micro to medium), m5 to m7g, r5 to r7g or c7gn (large and more), for example \"cache.t3.micro\"."
  }
}

variable "redis_num_cache_nodes" {
  type        = number
  description = "Nodes of the cache: one primary and replicas. With more than one a replica in another zone takes over."
  default     = 1
  nullable    = false

  validation {
    condition     = var.redis_num_cache_nodes >= 1 && var.redis_num_cache_nodes <= 6 && floor(var.redis_num_cache_nodes) == var.redis_num_cache_nodes
    error_message = "redis_num_cache_nodes must be a whole number from 1 to 6: one primary and up to five replicas."
  }
}

variable "redis_password_version" {
  type        = number
  description = "Raise it by one to make a new password of the cache's user; new tasks then take the place of the old (README.md)."
  default     = 1
  nullable    = false

  validation {
    condition     = var.redis_password_version >= 1 && floor(var.redis_password_version) == var.redis_password_version
    error_message = "redis_password_version must be a whole number, 1 or more."
  }
}

variable "redis_snapshot_retention_days" {
  type        = number
  description = "Days for which daily snapshots of the cache are kept; the queue is rebuilt from the database, so 0 loses nothing."
  default     = 1
  nullable    = false

  validation {
    condition     = var.redis_snapshot_retention_days >= 0 && var.redis_snapshot_retention_days <= 35 && floor(var.redis_snapshot_retention_days) == var.redis_snapshot_retention_days
    error_message = "redis_snapshot_retention_days must be a whole number from 0 to 35."
  }
}

locals {
  # Memory in MiB that Fargate gives for each number of CPU units.
  fargate_memory = {
    "256"   = [512, 1024, 2048]
    "512"   = range(1024, 4097, 1024)
    "1024"  = range(2048, 8193, 1024)
    "2048"  = range(4096, 16385, 1024)
    "4096"  = range(8192, 30721, 1024)
    "8192"  = range(16384, 61441, 4096)
    "16384" = range(32768, 122881, 8192)
  }
  default_sizes = {
    scheduler-service = { cpu = 512, memory = 1024 }
    worker            = { cpu = 2048, memory = 8192 }
    dashboard         = { cpu = 256, memory = 512 }
  }
  sizes           = merge(local.default_sizes, var.task_sizes)
  fargate_message = "must be a pair that Fargate has: 256 with 512, 1024 or 2048; 512 with 1024 to 4096; 1024 with 2048 to 8192; 2048 with 4096 to 16384; 4096 with 8192 to 30720, each in steps of 1024; 8192 with 16384 to 61440 in steps of 4096; 16384 with 32768 to 122880 in steps of 8192"
}

variable "ml_service_cpu" {
  type        = number
  description = "CPU units of a task of ml-service; 1024 are one processor."
  default     = 2048
  nullable    = false

  validation {
    condition     = contains(keys(local.fargate_memory), tostring(var.ml_service_cpu))
    error_message = "ml_service_cpu must be one of: 256, 512, 1024, 2048, 4096, 8192, 16384."
  }
}

variable "ml_service_memory" {
  type        = number
  description = "Memory of a task of ml-service in MiB."
  default     = 4096
  nullable    = false

  validation {
    condition     = contains(lookup(local.fargate_memory, tostring(var.ml_service_cpu), []), var.ml_service_memory)
    error_message = "ml_service_cpu with ml_service_memory ${local.fargate_message}."
  }
}

variable "data_service_cpu" {
  type        = number
  description = "CPU units of a task of data-service; 1024 are one processor."
  default     = 1024
  nullable    = false

  validation {
    condition     = contains(keys(local.fargate_memory), tostring(var.data_service_cpu))
    error_message = "data_service_cpu must be one of: 256, 512, 1024, 2048, 4096, 8192, 16384."
  }
}

variable "data_service_memory" {
  type        = number
  description = "Memory of a task of data-service in MiB."
  default     = 2048
  nullable    = false

  validation {
    condition     = contains(lookup(local.fargate_memory, tostring(var.data_service_cpu), []), var.data_service_memory)
    error_message = "data_service_cpu with data_service_memory ${local.fargate_message}."
  }
}

variable "task_sizes" {
  type        = map(object({ cpu = number, memory = number }))
  description = "CPU units and MiB of memory of a task of scheduler-service, worker and dashboard; those left out have sizes of a small environment."
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.task_sizes), keys(local.default_sizes))) == 0
    error_message = "task_sizes must be of some of: ${join(", ", keys(local.default_sizes))}."
  }

  validation {
    condition     = alltrue([for size in values(var.task_sizes) : contains(lookup(local.fargate_memory, tostring(size.cpu), []), size.memory)])
    error_message = "task_sizes ${local.fargate_message}."
  }
}

variable "service_replicas" {
  type        = object({ minimum = number, maximum = number })
  description = "Fewest and most tasks of each service; auto scaling stays between. The scheduler always has one or two."
  default     = { minimum = 2, maximum = 20 }
  nullable    = false

  validation {
    condition     = var.service_replicas.minimum >= 1 && var.service_replicas.maximum >= var.service_replicas.minimum && var.service_replicas.maximum <= 100 && floor(var.service_replicas.minimum) == var.service_replicas.minimum && floor(var.service_replicas.maximum) == var.service_replicas.maximum
    error_message = "service_replicas must have 1 <= minimum <= maximum <= 100, in whole numbers."
  }
}

variable "worker_replicas" {
  type        = object({ minimum = number, maximum = number })
  description = "Fewest and most worker tasks; auto scaling follows the number of queued runs."
  default     = { minimum = 1, maximum = 10 }
  nullable    = false

  validation {
    condition     = var.worker_replicas.minimum >= 1 && var.worker_replicas.maximum >= var.worker_replicas.minimum && var.worker_replicas.maximum <= 100 && floor(var.worker_replicas.minimum) == var.worker_replicas.minimum && floor(var.worker_replicas.maximum) == var.worker_replicas.maximum
    error_message = "worker_replicas must have 1 <= minimum <= maximum <= 100, in whole numbers."
  }
}

variable "image_repository" {
  type        = string
  description = "Repository of ECR that the image is pulled from, such as the one that bootstrap makes for all environments. Not set: the environment has one of its own."
  default     = null

  validation {
    condition     = var.image_repository == null ? true : can(regex("^[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/[a-z0-9][a-z0-9._/-]*$", var.image_repository))
    error_message = "image_repository must be a repository of ECR without a tag: <account>.dkr.ecr.<region>.amazonaws.com/<name>."
  }
}

variable "image_digest" {
  type        = string
  description = "Digest of the image in the repository that the tasks run, sha256:<64 hex digits>. Not set: the one that was applied last; none before the first image is pushed."
  default     = null

  validation {
    condition     = var.image_digest == null ? true : can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))
    error_message = "image_digest must be sha256: and 64 hexadecimal digits, as `docker push` and ECR print it."
  }
}

variable "processor_architecture" {
  type        = string
  description = "Processors of tasks and nodes: x86-64, or arm64 (Graviton, a fifth cheaper), for which the image must be built (README.md)."
  default     = "x86-64"
  nullable    = false

  validation {
    condition     = contains(["x86-64", "arm64"], var.processor_architecture)
    error_message = "processor_architecture must be one of: x86-64, arm64."
  }
}

variable "log_level" {
  type        = string
  description = "Least severe log line that the services write."
  default     = "info"
  nullable    = false

  validation {
    condition     = contains(["trace", "debug", "info", "warn", "error"], var.log_level)
    error_message = "log_level must be one of: trace, debug, info, warn, error."
  }
}

variable "token_version" {
  type        = number
  description = "Raise it by one to make a new bearer token; new tasks then take the place of the old (README.md)."
  default     = 1
  nullable    = false

  validation {
    condition     = var.token_version >= 1 && floor(var.token_version) == var.token_version
    error_message = "token_version must be a whole number, 1 or more."
  }
}

variable "fargate_spot_weight" {
  type        = number
  description = "How many of 100 worker tasks run on Fargate Spot, which AWS may end with two minutes' notice; a run that ends this way is started again."
  default     = 0
  nullable    = false

  validation {
    condition     = var.fargate_spot_weight >= 0 && var.fargate_spot_weight <= 100 && floor(var.fargate_spot_weight) == var.fargate_spot_weight
    error_message = "fargate_spot_weight must be a whole number from 0 to 100."
  }
}

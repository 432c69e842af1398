variable "name" {
  type        = string
  description = "Name of the part, as the image's command `serve` knows it."
}

variable "part" {
  type = object({
    port         = number
    cpu          = number # units, of which 1024 are one processor
    memory       = number # MiB
    replicas     = object({ minimum = number, maximum = number })
    uses_stores  = bool
    discoverable = bool # other services call it by its name
    # Seconds that the part serves on after SIGTERM, and that open requests have then: together at most 100.
    drain_pause = number
    drain       = number
    # How many of 100 tasks run on Fargate Spot.
    spot_weight = optional(number, 0)
    # Waiting work by the metric of a service, and how much of it one task should have.
    queue = optional(object({ metric = string, service = string, per_task = number }))
  })
  description = "What the part asks for. One that uses the stores brings the database's schema up to date before it starts."
}

variable "platform" {
  type = object({
    name                 = string
    region               = string
    account              = string
    permissions_boundary = string # ARN of the policy that no role may go beyond; null: none
    state_folder         = string
    certificates         = object({ pem = string, file = string }) # authorities of the database, and their path
    metric_namespace     = string
    topic_arn            = string # where alarms go
    secrets_key_arn      = string
  })
  description = "What all parts of the environment share."
}

variable "cluster" {
  type = object({
    arn           = string
    name          = string
    namespace_arn = string # in which services find each other
    subnet_ids    = list(string)
    architecture  = string # X86_64 or ARM64
  })
  description = "The ECS cluster, and where its tasks run."
}

variable "image" {
  type        = object({ name = string, repository_arn = string, trace_collector = string })
  description = "Image with its digest, its repository, and the image of the OpenTelemetry collector beside the part; null: none."
}

variable "environment" {
  type        = map(string)
  description = "Environment variables."
}

variable "secrets" {
  type        = map(object({ arn = string, field = string, version = string }))
  description = "Environment variables that ECS fills from Secrets Manager: from a field of JSON or, when it is empty, the whole value; of a version or, when it is empty, the current one."
}

variable "task_role_arn" {
  type        = string
  description = "ARN of the role that the part acts with."
}

variable "log_group" {
  type        = object({ name = string, arn = string })
  description = "Where the part's log goes."
}

variable "security_group_id" {
  type        = string
  description = "Group of the tasks."
}

variable "load_balancer" {
  type        = object({ target_group_arn = string, dimensions = map(string) })
  description = "The load balancer that the part is behind: its target group, and the dimensions of their metrics; null: none."
}

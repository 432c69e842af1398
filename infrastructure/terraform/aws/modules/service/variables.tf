variable "name" {
  type        = string
  description = "Name of the part, as the image's command `serve` knows it."
}

variable "full_name" {
  type        = string
  description = "Name of the part with its environment."
}

variable "region" {
  type        = string
  description = "Region of the service."
}

variable "account" {
  type        = string
  description = "Account of the service."
}

variable "cluster_arn" {
  type        = string
  description = "ARN of the ECS cluster."
}

variable "cluster_name" {
  type        = string
  description = "Name of the ECS cluster."
}

variable "namespace_arn" {
  type        = string
  description = "ARN of the namespace in which services find each other."
}

variable "discoverable" {
  type        = bool
  description = "Whether other services call this one by its name."
}

variable "image" {
  type        = string
  description = "Image with its digest."
}

variable "port" {
  type        = number
  description = "Port that the part listens on."
}

variable "cpu" {
  type        = number
  description = "CPU units of a task."
}

variable "memory" {
  type        = number
  description = "Memory of a task in MiB."
}

variable "architecture" {
  type        = string
  description = "Processors as ECS calls them: X86_64 or ARM64."
}

variable "replicas" {
  type        = object({ minimum = number, maximum = number })
  description = "Fewest and most tasks."
}

variable "spot_weight" {
  type        = number
  description = "How many of 100 tasks run on Fargate Spot."
  default     = 0
}

variable "state_folder" {
  type        = string
  description = "Folder for scratch files."
}

variable "environment" {
  type        = map(string)
  description = "Environment variables."
}

variable "secrets" {
  type        = map(string)
  description = "Environment variables that ECS fills from Secrets Manager, by reference."
}

variable "secret_arns" {
  type        = list(string)
  description = "ARNs of the secrets that secrets refers to."
}

variable "secrets_key_arn" {
  type        = string
  description = "ARN of the key of the secrets."
}

variable "migrates" {
  type        = bool
  description = "Whether the task brings the database's schema up to date before the part starts."
}

variable "certificates" {
  type        = string
  description = "Authorities of the database's certificate, in PEM."
}

variable "certificates_file" {
  type        = string
  description = "Path of the file of the authorities inside of the containers."
}

variable "trace_collector_image" {
  type        = string
  description = "Image of the OpenTelemetry collector beside the part; not set: none."
  default     = null
}

variable "stop_timeout" {
  type        = number
  description = "Seconds from SIGTERM to SIGKILL; more than the part's drain, at most 120."
}

variable "task_role_arn" {
  type        = string
  description = "ARN of the role that the part acts with."
}

variable "repository_arn" {
  type        = string
  description = "ARN of the image's repository."
}

variable "log_group" {
  type        = string
  description = "Name of the log group."
}

variable "log_group_arn" {
  type        = string
  description = "ARN of the log group."
}

variable "subnet_ids" {
  type        = list(string)
  description = "Private subnets of the tasks."
}

variable "security_group_ids" {
  type        = list(string)
  description = "Groups of the tasks."
}

variable "public" {
  type        = bool
  description = "Whether the part is behind the load balancer."
}

variable "target_group_arn" {
  type        = string
  description = "Target group of the load balancer, where the part is behind it."
  default     = null
}

variable "target_group_suffix" {
  type        = string
  description = "The end of the target group's ARN by which metrics name it."
  default     = null
}

variable "load_balancer_suffix" {
  type        = string
  description = "The end of the load balancer's ARN by which metrics name it."
  default     = null
}

variable "requests_per_task" {
  type        = number
  description = "Requests a minute that one task should get."
  default     = 1500
}

variable "queue_metric" {
  type        = object({ name = string, dimensions = map(string), per_task = number })
  description = "Metric of waiting work, and how much of it one task should have; not set: no scaling by it."
  default     = null
}

variable "metric_namespace" {
  type        = string
  description = "Namespace of the platform's own metrics."
}

variable "topic_arn" {
  type        = string
  description = "ARN of the topic that alarms go to."
}

variable "permissions_boundary" {
  type        = string
  description = "ARN of the policy that no permission of the role may go beyond; not set: none."
  default     = null
}

variable "name" {
  type        = string
  description = "Name of the role."
}

variable "description" {
  type        = string
  description = "Who acts with the role."
}

variable "trusted_service" {
  type        = string
  description = "AWS service that hands the role out: ecs-tasks.amazonaws.com or pods.eks.amazonaws.com."
}

variable "account" {
  type        = string
  description = "Account in which the service must act."
}

variable "source_arn" {
  type        = string
  description = "Pattern of the ARN of the cluster or task on whose behalf the service must act."
}

variable "objects" {
  type        = string
  description = "What is done with the objects of the bucket: none, read or write."
  default     = "none"
}

variable "bucket_arn" {
  type        = string
  description = "ARN of the bucket of objects."
}

variable "bucket_key_arn" {
  type        = string
  description = "ARN of the key of the bucket."
}

variable "database_users" {
  type        = list(string)
  description = "ARNs of the database users as whom the role may connect by a token."
  default     = []
}

variable "secret_arns" {
  type        = list(string)
  description = "ARNs of the secrets that the role may read."
  default     = []
}

variable "secrets_key_arn" {
  type        = string
  description = "ARN of the key of the secrets."
}

variable "topics" {
  type        = list(object({ arn = string, key_arn = string }))
  description = "Topics that the role may publish to, each with the key that protects it."
  default     = []
}

variable "traces" {
  type        = bool
  description = "Whether the role may write traces to X-Ray."
  default     = false
}

variable "permissions_boundary" {
  type        = string
  description = "ARN of the policy that no permission of the role may go beyond; not set: none."
  default     = null
}

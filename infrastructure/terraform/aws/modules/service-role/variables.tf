variable "name" {
  type        = string
  description = "Name of the role."
}

variable "description" {
  type        = string
  description = "Who acts with the role."
}

variable "trust" {
  type        = object({ service = string, account = string, source_arn = string })
  description = "AWS service that hands the role out (ecs-tasks.amazonaws.com or pods.eks.amazonaws.com), the account in which it must act, and the pattern of the ARN of the cluster or task for which it must act."
}

variable "permissions_boundary" {
  type        = string
  description = "ARN of the policy that no permission of the role may go beyond; null: none."
}

variable "objects" {
  type        = object({ bucket_arn = string, key_arn = string })
  description = "Bucket whose objects the role may read and write, and its key; not set: none."
  default     = null
}

variable "database_users" {
  type        = list(string)
  description = "ARNs of the database users as whom the role may connect by a token."
  default     = []
}

variable "secrets" {
  type        = object({ arns = list(string), key_arn = string })
  description = "Secrets that the role may read, and their key; not set: none."
  default     = null
}

variable "topic" {
  type        = object({ arn = string, key_arn = string })
  description = "Topic that the role may publish to, and its key; not set: none."
  default     = null
}

variable "traces" {
  type        = bool
  description = "Whether the role may write traces to X-Ray."
  default     = false
}

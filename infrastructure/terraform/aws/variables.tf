# What is decided for the environment as a whole. Topics have files of their own: variables.<topic>.tf.

variable "aws_region" {
  type        = string
  description = "Region that everything runs in."
  default     = "ap-northeast-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region must be the name of a region, for example \"ap-northeast-1\"."
  }

  validation {
    condition     = fileexists("${path.module}/certificates/${var.aws_region}.pem")
    error_message = "aws_region must have its RDS certificate authorities in certificates/<region>.pem; those of ap-northeast-1 and ap-northeast-3 are there, README.md says how to add others."
  }
}

variable "replica_region" {
  type        = string
  description = "Second region, for copies of backups and of the bucket where cross_region_replication is on."
  default     = "ap-northeast-3"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.replica_region))
    error_message = "replica_region must be the name of a region, for example \"ap-northeast-3\"."
  }

  validation {
    condition     = var.replica_region != var.aws_region
    error_message = "replica_region must be another region than aws_region; a copy beside the original is lost with it."
  }
}

variable "environment" {
  type        = string
  description = "Environment; part of every name."
  nullable    = false

  validation {
    condition     = contains(["development", "staging", "production"], var.environment)
    error_message = "environment must be one of: development, staging, production."
  }
}

variable "permissions_boundary" {
  type        = string
  description = "ARN of the policy that no role of the environment may go beyond; bootstrap makes one for each environment, and its deployer makes no role without it."
  default     = null

  validation {
    condition     = var.permissions_boundary == null ? true : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:policy/.+$", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of a policy of IAM: arn:aws:iam::<account>:policy/<name>."
  }
}

variable "runtime" {
  type        = string
  description = "Where the services run: containers (tasks of ECS Fargate), kubernetes (an EKS cluster for the Helm chart), or both."
  default     = "both"
  nullable    = false

  validation {
    condition     = contains(["containers", "kubernetes", "both"], var.runtime)
    error_message = "runtime must be one of: containers, kubernetes, both."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Whether database and load balancer refuse to be deleted, buckets with objects stay, and the database leaves a last snapshot."
  default     = true
  nullable    = false
}

variable "cross_region_replication" {
  type        = bool
  description = "Whether backups of the database, recovery points and the objects of the bucket are copied to replica_region."
  default     = false
  nullable    = false
}

variable "kms_deletion_window_days" {
  type        = number
  description = "Days between the order to delete a key and its end, in which the order can be taken back."
  default     = 30
  nullable    = false

  validation {
    condition     = var.kms_deletion_window_days >= 7 && var.kms_deletion_window_days <= 30 && floor(var.kms_deletion_window_days) == var.kms_deletion_window_days
    error_message = "kms_deletion_window_days must be a whole number from 7 to 30."
  }
}

variable "tags" {
  type        = map(string)
  description = "Further tags of every resource, for example a cost centre."
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name, value in var.tags : !startswith(lower(name), "aws:") && !contains(["project", "environment", "managed-by"], name) && length(name) <= 128 && length(value) <= 256])
    error_message = "tags must have names of at most 128 characters that do not begin with aws: and are none of project, environment and managed-by, which are set already, and values of at most 256 characters."
  }
}

variable "s3_use_path_style" {
  type        = bool
  description = "Whether buckets are addressed as a path rather than a host name; only for a simulator behind AWS_ENDPOINT_URL, set by TF_VAR_s3_use_path_style and never in a tfvars file."
  default     = false
  nullable    = false
}

locals {
  database_versions = keys(jsondecode(file("${path.module}/../support-dates.json"))["postgresql"].versions)
}

variable "db_instance_class" {
  type        = string
  description = "Class of the RDS instance."
  default     = "db.t3.medium"
  nullable    = false

  validation {
    condition     = can(regex("^db\\.(t3|t4g)\\.(micro|small|medium|large|[0-9]*xlarge)$|^db\\.(m[5-8]g?d?|m[5-8]i|r[5-8]g?d?|r[5-8]i|x2g)\\.(large|[0-9]*xlarge)$", var.db_instance_class))
    error_message = "db_instance_class must be a class of RDS for PostgreSQL of the families t3 and t4g, or m5 to m8, r5 to r8 and x2g of size large or larger, for example \"db.t3.medium\"."
  }
}

variable "db_allocated_storage" {
  type        = number
  description = "Storage of the database in GiB at first; it grows to four times as much by itself."
  default     = 100
  nullable    = false

  validation {
    condition     = var.db_allocated_storage >= 20 && var.db_allocated_storage <= 16384 && floor(var.db_allocated_storage) == var.db_allocated_storage
    error_message = "db_allocated_storage must be a whole number of GiB from 20 to 16384."
  }
}

variable "db_password" {
  type        = string
  description = "Password of the database's master user. Not set: RDS makes one and keeps it in Secrets Manager. Give it by TF_VAR_db_password, to plan and apply alike; it is written to no plan and no state."
  default     = null
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = var.db_password == null ? true : length(var.db_password) >= 16 && length(var.db_password) <= 128
    error_message = "db_password must have 16 to 128 characters."
  }

  validation {
    condition     = var.db_password == null ? true : can(regex("^[!#-.0-?A-~]+$", var.db_password))
    error_message = "db_password must be of printable ASCII characters other than space and / @ \", which RDS refuses."
  }
}

variable "db_password_version" {
  type        = number
  description = "Raise it by one to send a new db_password; a write-only value is not compared."
  default     = 1
  nullable    = false

  validation {
    condition     = var.db_password_version >= 1 && floor(var.db_password_version) == var.db_password_version
    error_message = "db_password_version must be a whole number, 1 or more."
  }
}

variable "db_password_rotation_days" {
  type        = number
  description = "Days after which RDS replaces a password that it manages; new tasks then take the place of the old (README.md)."
  default     = 90
  nullable    = false

  validation {
    condition     = var.db_password_rotation_days >= 1 && var.db_password_rotation_days <= 1000 && floor(var.db_password_rotation_days) == var.db_password_rotation_days
    error_message = "db_password_rotation_days must be a whole number from 1 to 1000."
  }
}

variable "db_authentication" {
  type        = string
  description = "How the services prove themselves to the database: by the password, or by tokens of AWS IAM (the user needs the role rds_iam first, README.md)."
  default     = "password"
  nullable    = false

  validation {
    condition     = contains(["password", "aws-iam"], var.db_authentication)
    error_message = "db_authentication must be one of: password, aws-iam."
  }
}

variable "db_restore" {
  type        = object({ snapshot = optional(string), instance = optional(string), backups = optional(string), time = optional(string) })
  description = "A new database begins with this: a snapshot (name or ARN), or an instance (name) or its automated backups (ARN) at a time, without which it is the latest (README.md)."
  default     = null

  validation {
    condition     = var.db_restore == null ? true : length([for source in [var.db_restore.snapshot, var.db_restore.instance, var.db_restore.backups] : source if source != null]) == 1
    error_message = "db_restore must name one of: snapshot, instance, backups."
  }

  validation {
    condition     = try(var.db_restore.time, null) == null ? true : var.db_restore.snapshot == null && can(formatdate("YYYY", var.db_restore.time))
    error_message = "db_restore.time must be a time as 2026-12-01T06:00:00Z, beside instance or backups."
  }
}

variable "db_engine_version" {
  type        = string
  description = "Version of PostgreSQL: the major one, or major.minor to pin it."
  default     = "17"
  nullable    = false

  validation {
    condition     = can(regex("^(${join("|", local.database_versions)})(\\.[0-9]+)?$", var.db_engine_version))
    error_message = "db_engine_version must be one of ${join(", ", local.database_versions)}, alone or with its minor version: ../support-dates.json has them."
  }
}

variable "db_apply_immediately" {
  type        = bool
  description = "Whether changes that interrupt the database are made by the apply, in place of the next maintenance window. A higher major version needs it (README.md)."
  default     = false
  nullable    = false
}

variable "db_multi_az" {
  type        = bool
  description = "Whether a standby in a second zone takes over when the database's zone fails."
  default     = false
  nullable    = false
}

variable "db_backup_retention_days" {
  type        = number
  description = "Days for which the database can be restored to any second."
  default     = 7
  nullable    = false

  validation {
    condition     = var.db_backup_retention_days >= 7 && var.db_backup_retention_days <= 35 && floor(var.db_backup_retention_days) == var.db_backup_retention_days
    error_message = "db_backup_retention_days must be a whole number from 7 to 35."
  }
}

variable "db_insights" {
  type        = string
  description = "CloudWatch Database Insights: standard (7 days of Performance Insights, free) or advanced (465 days)."
  default     = "standard"
  nullable    = false

  validation {
    condition     = contains(["standard", "advanced"], var.db_insights)
    error_message = "db_insights must be one of: standard, advanced."
  }
}

# The application has one database: PostgreSQL, or the specification's Azure SQL (README.md).

variable "database" {
  type        = string
  description = "Database of the application: postgresql (a flexible server) or sql (Azure SQL)."
  default     = "postgresql"
  nullable    = false

  validation {
    condition     = contains(["postgresql", "sql"], var.database)
    error_message = "database must be one of: postgresql, sql."
  }
}

variable "database_standby" {
  type        = bool
  description = "Whether a standby takes over: of PostgreSQL in a second zone, of Azure SQL in the paired region."
  default     = false
  nullable    = false

  validation {
    condition     = !var.database_standby || var.database == "sql" || !startswith(var.postgresql_sku, "B_")
    error_message = "database_standby must be false with a burstable postgresql_sku (B_…), which has no standby."
  }
}

variable "database_backup_days" {
  type        = number
  description = "Days for which the database can be restored to any moment. Azure SQL has weekly and monthly copies too."
  default     = 7
  nullable    = false

  validation {
    condition     = var.database_backup_days >= 7 && var.database_backup_days <= 35 && floor(var.database_backup_days) == var.database_backup_days
    error_message = "database_backup_days must be a whole number from 7 to 35."
  }
}

variable "database_password_version" {
  type        = number
  description = "Raise it by one to have a new password of the database made, or to send a new sql_admin_password. A release takes it over (README.md)."
  default     = 1
  nullable    = false

  validation {
    condition     = var.database_password_version >= 1 && floor(var.database_password_version) == var.database_password_version
    error_message = "database_password_version must be a whole number, 1 or more."
  }
}

variable "database_restore" {
  type        = object({ source = string, time = string, mode = optional(string, "PointInTimeRestore") })
  description = "The database begins as another one was at a time: the id of that server of PostgreSQL, or of that database of Azure SQL. PostgreSQL's mode may be GeoRestore, into the paired region, or ReviveDropped too (README.md)."
  default     = null

  validation {
    condition     = var.database_restore == null ? true : can(formatdate("YYYY", var.database_restore.time))
    error_message = "database_restore.time must be a time as 2026-12-01T06:00:00Z."
  }

  validation {
    condition     = var.database_restore == null ? true : contains(var.database == "sql" ? ["PointInTimeRestore"] : ["PointInTimeRestore", "GeoRestore", "ReviveDropped"], var.database_restore.mode)
    error_message = "database_restore.mode must be PointInTimeRestore; of PostgreSQL also GeoRestore or ReviveDropped."
  }
}

variable "sql_database_sku" {
  type        = string
  description = "Size of the Azure SQL database."
  default     = "S2"
  nullable    = false

  validation {
    condition     = can(regex("^(S[0-4]|S6|S7|S9|S12|P1|P2|P4|P6|P11|P15|(GP|BC)_Gen5_(2|4|6|8|10|12|14|16|18|20|24|32|40|80))$", var.sql_database_sku))
    error_message = "sql_database_sku must be a size of Azure SQL: S0 to S12, P1 to P15, GP_Gen5_<cores> or BC_Gen5_<cores>, for example \"S2\"."
  }
}

variable "sql_database_max_size_gb" {
  type        = number
  description = "Most that the Azure SQL database may hold, in GB."
  default     = 100
  nullable    = false

  validation {
    condition     = contains([1, 2, 5, 10, 20, 30, 40, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1024], var.sql_database_max_size_gb)
    error_message = "sql_database_max_size_gb must be one of: 1, 2, 5, 10, 20, 30, 40, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1024."
  }

  validation {
    condition     = !can(regex("^S[0-2]$", var.sql_database_sku)) || var.sql_database_max_size_gb <= 250
    error_message = "sql_database_max_size_gb must be at most 250 with the sizes S0 to S2."
  }
}

variable "sql_admin_username" {
  type        = string
  description = "Administrator of the Azure SQL server by a password; people use their Entra account."
  default     = "sqladmin"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{2,63}$", var.sql_admin_username)) && !contains(["admin", "administrator", "sa", "root", "dbmanager", "loginmanager", "dbo", "guest", "public"], var.sql_admin_username)
    error_message = "sql_admin_username must be 3 to 64 small letters, digits or _, beginning with a letter, and no name that Azure SQL keeps for itself, for example \"sqladmin\"."
  }
}

variable "sql_admin_password" {
  type        = string
  description = "Password of sql_admin_username. Not set: one is made and kept in Key Vault. Give it by TF_VAR_sql_admin_password, to plan and apply alike; it is written to no plan and no state."
  default     = null
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = var.sql_admin_password == null ? true : length(var.sql_admin_password) >= 16 && length(var.sql_admin_password) <= 128
    error_message = "sql_admin_password must have 16 to 128 characters."
  }

  validation {
    condition = var.sql_admin_password == null ? true : length([
      for class in ["[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]"] : class if can(regex(class, var.sql_admin_password))
    ]) >= 3
    error_message = "sql_admin_password must have three of: small letters, capital letters, digits, other characters."
  }
}

variable "postgresql_version" {
  type        = string
  description = "Major version of PostgreSQL. A higher one upgrades the server in place, while it does not answer (README.md)."
  default     = "17"
  nullable    = false

  validation {
    condition     = contains(["16", "17", "18"], var.postgresql_version)
    error_message = "postgresql_version must be one of: 16, 17, 18."
  }
}

variable "postgresql_sku" {
  type        = string
  description = "Size of the PostgreSQL server."
  default     = "GP_Standard_D2ds_v5"
  nullable    = false

  validation {
    condition     = can(regex("^(B_Standard_B(1ms|2s|2ms|4ms)|GP_Standard_D(2|4|8|16|32|48|64)ds_v5|MO_Standard_E(2|4|8|16|20|32)ds_v5)$", var.postgresql_sku))
    error_message = "postgresql_sku must be a size of the flexible server: B_Standard_B1ms to B4ms, GP_Standard_D<cores>ds_v5 or MO_Standard_E<cores>ds_v5, for example \"GP_Standard_D2ds_v5\"."
  }
}

variable "postgresql_storage_mb" {
  type        = number
  description = "Storage of the PostgreSQL server in MiB at first; it grows by itself."
  default     = 131072
  nullable    = false

  validation {
    condition     = contains([32768, 65536, 131072, 262144, 524288, 1048576, 2097152, 4193280], var.postgresql_storage_mb)
    error_message = "postgresql_storage_mb must be one of: 32768, 65536, 131072, 262144, 524288, 1048576, 2097152, 4193280."
  }
}

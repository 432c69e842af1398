terraform {
  # Write-only arguments, which keep secrets out of state and plan, need 1.11.
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region            = var.aws_region
  s3_use_path_style = var.s3_use_path_style

  default_tags {
    tags = local.tags
  }
}

# For copies that must survive the loss of the region.
provider "aws" {
  alias             = "replica"
  region            = var.replica_region
  s3_use_path_style = var.s3_use_path_style

  default_tags {
    tags = local.tags
  }
}

# Ephemeral resources have a provider of their own, since Terraform's tests can replace every other one. It also carries
# one bit: whether db_password is given. The password is in no plan and no state, so nothing may depend on it. Default
# tags may hold ephemeral values, and a data source reads them without a request:
# data.aws_default_tags.database_password.
provider "aws" {
  alias             = "secrets"
  region            = var.aws_region
  s3_use_path_style = var.s3_use_path_style

  default_tags {
    tags = { database-password = var.db_password == null ? "managed" : "given" }
  }
}

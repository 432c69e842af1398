variable "vpc_cidr" {
  type        = string
  description = "Addresses of the VPC."
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && try(cidrhost(var.vpc_cidr, 0) == split("/", var.vpc_cidr)[0], false)
    error_message = "vpc_cidr must be an IPv4 network in CIDR form that begins at its own first address, for example \"10.0.0.0/16\"."
  }

  validation {
    condition     = try(tonumber(split("/", var.vpc_cidr)[1]) >= 16 && tonumber(split("/", var.vpc_cidr)[1]) <= 24, false)
    error_message = "vpc_cidr must have a prefix from /16 to /24: AWS allows no larger VPC, and the subnets need the room."
  }
}

variable "public_subnet_cidrs" {
  type        = list(string)
  description = "Addresses of the public subnets (load balancer, NAT), one per zone."
  default     = ["10.0.1.0/24", "10.0.2.0/24"]
  nullable    = false

  validation {
    condition     = length(var.public_subnet_cidrs) >= 2 && length(var.public_subnet_cidrs) <= 4
    error_message = "public_subnet_cidrs must name 2 to 4 subnets, one per zone: a load balancer needs two zones."
  }

  validation {
    condition     = alltrue([for cidr in var.public_subnet_cidrs : can(cidrnetmask(cidr)) && try(cidrhost(cidr, 0) == split("/", cidr)[0], false)])
    error_message = "public_subnet_cidrs must be IPv4 networks in CIDR form, each beginning at its own first address, for example \"10.0.1.0/24\"."
  }

  validation {
    condition = alltrue([for cidr in var.public_subnet_cidrs : try(
      tonumber(split("/", cidr)[1]) >= tonumber(split("/", var.vpc_cidr)[1]) && tonumber(split("/", cidr)[1]) <= 28 &&
      cidrhost("${split("/", cidr)[0]}/${split("/", var.vpc_cidr)[1]}", 0) == cidrhost(var.vpc_cidr, 0),
    false)])
    error_message = "public_subnet_cidrs must lie inside vpc_cidr and be no smaller than /28."
  }
}

variable "private_subnet_cidrs" {
  type        = list(string)
  description = "Addresses of the private subnets (tasks, nodes, database, cache), one per zone, in the order of the public ones."
  default     = ["10.0.10.0/24", "10.0.20.0/24"]
  nullable    = false

  validation {
    condition     = length(var.private_subnet_cidrs) == length(var.public_subnet_cidrs)
    error_message = "private_subnet_cidrs must name as many subnets as public_subnet_cidrs, one per zone."
  }

  validation {
    condition     = alltrue([for cidr in var.private_subnet_cidrs : can(cidrnetmask(cidr)) && try(cidrhost(cidr, 0) == split("/", cidr)[0], false)])
    error_message = "private_subnet_cidrs must be IPv4 networks in CIDR form, each beginning at its own first address, for example \"10.0.10.0/24\"."
  }

  validation {
    condition = alltrue([for cidr in var.private_subnet_cidrs : try(
      tonumber(split("/", cidr)[1]) >= tonumber(split("/", var.vpc_cidr)[1]) && tonumber(split("/", cidr)[1]) <= 28 &&
      cidrhost("${split("/", cidr)[0]}/${split("/", var.vpc_cidr)[1]}", 0) == cidrhost(var.vpc_cidr, 0),
    false)])
    error_message = "private_subnet_cidrs must lie inside vpc_cidr and be no smaller than /28."
  }

  validation {
    condition = alltrue(flatten([for i, one in concat(var.public_subnet_cidrs, var.private_subnet_cidrs) : [
      for j, other in concat(var.public_subnet_cidrs, var.private_subnet_cidrs) : i >= j || try(
        cidrhost("${split("/", one)[0]}/${min(split("/", one)[1], split("/", other)[1])}", 0) !=
        cidrhost("${split("/", other)[0]}/${min(split("/", one)[1], split("/", other)[1])}", 0),
      true)
    ]]))
    error_message = "public_subnet_cidrs and private_subnet_cidrs must not overlap each other."
  }
}

variable "availability_zones" {
  type        = list(string)
  description = "Zones of the subnets, in their order; empty takes the first zones of the region."
  default     = []
  nullable    = false

  validation {
    condition = length(var.availability_zones) == 0 || (
      length(var.availability_zones) == length(var.private_subnet_cidrs) && length(distinct(var.availability_zones)) == length(var.availability_zones)
    )
    error_message = "availability_zones must be empty or name as many different zones as there are private_subnet_cidrs."
  }

  validation {
    condition     = alltrue([for zone in var.availability_zones : startswith(zone, var.aws_region)])
    error_message = "availability_zones must be zones of aws_region, for example \"ap-northeast-1a\"."
  }
}

variable "nat_gateways" {
  type        = string
  description = "NAT gateways: \"single\" (cheaper; the way out ends with its zone) or \"zone\" (one per zone). Interface endpoints follow: in one zone, or in each."
  default     = "zone"
  nullable    = false

  validation {
    condition     = contains(["single", "zone"], var.nat_gateways)
    error_message = "nat_gateways must be one of: single, zone."
  }
}

variable "interface_endpoints" {
  type        = set(string)
  description = "AWS services that are reached without leaving the VPC, by the last part of the endpoint service's name."
  default     = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"]
  nullable    = false

  validation {
    condition = alltrue([for service in var.interface_endpoints : contains([
      "autoscaling", "ec2", "ecr.api", "ecr.dkr", "ecs", "ecs-agent", "ecs-telemetry", "eks", "eks-auth", "elasticloadbalancing", "kms", "logs", "monitoring", "rds", "secretsmanager", "sns", "ssm", "ssmmessages", "sts", "xray",
    ], service)])
    error_message = "interface_endpoints must be names of services as in com.amazonaws.<region>.<name> that something here asks: autoscaling, ec2, ecr.api, ecr.dkr, ecs, ecs-agent, ecs-telemetry, eks, eks-auth, elasticloadbalancing, kms, logs, monitoring, rds, secretsmanager, sns, ssm, ssmmessages, sts, xray. S3 has an endpoint of its own."
  }
}

variable "load_balancer_allowed_cidrs" {
  type        = list(string)
  description = "Networks that may reach the load balancer; every request needs the bearer token as well."
  default     = ["0.0.0.0/0"]
  nullable    = false

  validation {
    condition     = length(var.load_balancer_allowed_cidrs) > 0 && alltrue([for cidr in var.load_balancer_allowed_cidrs : try(cidrhost(cidr, 0) == split("/", cidr)[0], false)])
    error_message = "load_balancer_allowed_cidrs must be at least one IPv4 network in CIDR form, each beginning at its own first address, for example \"203.0.113.0/24\"."
  }
}

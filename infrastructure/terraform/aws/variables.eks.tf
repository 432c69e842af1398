locals {
  # Last day of standard support by version of EKS.
  eks_versions = jsondecode(file("${path.module}/../support-dates.json"))["amazon-eks"].versions
}

variable "eks_version" {
  type        = string
  description = "Version of Kubernetes; ../support-dates.json says until when AWS supports which."
  default     = "1.35"
  nullable    = false

  validation {
    condition     = contains(keys(local.eks_versions), var.eks_version)
    error_message = "eks_version must be one of: ${join(", ", keys(local.eks_versions))}. ../support-dates.json has those that AWS supports; older ones EKS would upgrade by itself."
  }
}

variable "eks_public_access_cidrs" {
  type        = list(string)
  description = "Networks that may reach the cluster's API from the internet. Empty: it is reached through a small machine in the VPC, by Session Manager (README.md)."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for cidr in var.eks_public_access_cidrs : try(cidrhost(cidr, 0) == split("/", cidr)[0], false) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "eks_public_access_cidrs must be IPv4 networks in CIDR form of at least /8, each beginning at its own first address, for example \"203.0.113.0/24\"; the whole internet is not allowed."
  }
}

variable "eks_administrators" {
  type        = set(string)
  description = "ARNs of IAM roles or users that administer the cluster. Empty: whoever applies it first."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.eks_administrators : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/.+$", arn))])
    error_message = "eks_administrators must be ARNs of IAM roles or users: arn:aws:iam::<account>:role/<name>."
  }
}

variable "eks_deployers" {
  type        = set(string)
  description = "ARNs of IAM roles that may change the application's namespace and nothing else, for example that of CI."
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.eks_deployers : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", arn))])
    error_message = "eks_deployers must be ARNs of IAM roles: arn:aws:iam::<account>:role/<name>."
  }
}

variable "eks_processor_limit" {
  type        = number
  description = "Processors that the nodes for the application may have together; pods beyond them wait."
  default     = 64
  nullable    = false

  validation {
    condition     = var.eks_processor_limit >= 4 && var.eks_processor_limit <= 5000 && floor(var.eks_processor_limit) == var.eks_processor_limit
    error_message = "eks_processor_limit must be a whole number of processors from 4 to 5000."
  }
}

variable "eks_spot_workers" {
  type        = bool
  description = "Whether the workers' pods run on Spot machines, which AWS may end with two minutes' notice; a run that ends this way is started again."
  default     = false
  nullable    = false
}

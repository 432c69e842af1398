# One machine that runs the release, its address, and the bucket of its backups. It takes no connection: Session Manager
# leads to it.

terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  s3_use_path_style = var.s3_use_path_style

  default_tags {
    tags = local.tags
  }
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

data "aws_ssm_parameter" "image" {
  name = "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id"
}

locals {
  name   = "day-trade-small"
  region = data.aws_region.current.id
  bucket = "${local.name}-${data.aws_caller_identity.current.account_id}-${local.region}"
  tags   = { Name = local.name, project = "day-trade", environment = "small", managed-by = "terraform" }
}

module "machine" {
  source = "../small-machine"

  release_url    = var.release_url
  release_sha256 = var.release_sha256
  put            = replace(replace(file("${path.module}/put.sh"), "@BUCKET@", local.bucket), "@REGION@", local.region)
}

resource "aws_instance" "main" {
  # checkov:skip=CKV_AWS_126: Metrics each minute cost 2 dollars, and nothing here reads them (until 2027-06-30)
  ami                    = nonsensitive(data.aws_ssm_parameter.image.value)
  instance_type          = "t4g.medium"
  subnet_id              = aws_subnet.main.id
  vpc_security_group_ids = [aws_security_group.main.id]
  iam_instance_profile   = aws_iam_instance_profile.main.name
  user_data              = module.machine.user_data
  ebs_optimized          = true

  metadata_options {
    http_tokens = "required"
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = var.disk_gigabytes
    encrypted   = true
  }
  volume_tags = local.tags

  lifecycle {
    # The data are on its disk. A newer image or release never replaces it: the README says how it is upgraded.
    ignore_changes = [ami, user_data]
  }

  # It downloads the release when it starts.
  depends_on = [aws_default_route_table.main]
}

resource "aws_eip" "main" {
  domain   = "vpc"
  instance = aws_instance.main.id
}

# Network

resource "aws_vpc" "main" {
  # checkov:skip=CKV2_AWS_11: One machine that takes no connection, whose flow logs would cost more than they say (until 2027-06-30)
  cidr_block           = "10.70.0.0/24"
  enable_dns_hostnames = true
}

resource "aws_default_security_group" "none" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.70.0.0/26"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.main.default_route_table_id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_security_group" "main" {
  name        = local.name
  description = "Lets nothing in"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_egress_rule" "main" {
  for_each = { https = 443, packages = 80 }

  security_group_id = aws_security_group.main.id
  description       = each.key
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_ipv4         = "0.0.0.0/0"
}

# Identity: Session Manager, and new objects of the bucket

resource "aws_iam_role" "main" {
  name = local.name

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "session_manager" {
  role       = aws_iam_role.main.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_role_policy" "backups" {
  name = "backups"
  role = aws_iam_role.main.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "${aws_s3_bucket.backups.arn}/*" }]
  })
}

resource "aws_iam_instance_profile" "main" {
  name = local.name
  role = aws_iam_role.main.name
}

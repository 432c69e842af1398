# A way to the cluster's API that opens nothing to the internet, where eks_public_access_cidrs names no network: Session
# Manager forwards a port by this machine inside the VPC. It has no user of its own and takes no connection.

locals {
  jump_host = local.eks_enabled && length(var.eks_public_access_cidrs) == 0 ? 1 : 0

  # The port of this machine that leads to the API, and the commands that point kubectl and helm there.
  eks_port     = 8443
  eks_endpoint = try(trimprefix(aws_eks_cluster.main[0].endpoint, "https://"), "")
  eks_forward = [for host in aws_instance.jump_host[*].id : join("\n", [
    join(" ", [
      "aws ssm start-session --region ${var.aws_region} --target ${host}",
      "--document-name AWS-StartPortForwardingSessionToRemoteHost",
      "--parameters host=${local.eks_endpoint},portNumber=443,localPortNumber=${local.eks_port} >/dev/null &",
    ]),
    join(" ", [
      "kubectl config set-cluster ${aws_eks_cluster.main[0].arn}",
      "--server=https://127.0.0.1:${local.eks_port} --tls-server-name=${local.eks_endpoint}",
    ]),
    join(" ", [
      "curl --silent --show-error --insecure --output /dev/null --retry 30 --retry-delay 1 --retry-connrefused",
      "https://127.0.0.1:${local.eks_port}/livez",
    ]),
  ])]
}

data "aws_ssm_parameter" "jump_host_image" {
  count = local.jump_host

  name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"
}

resource "aws_instance" "jump_host" {
  count = local.jump_host

  ami                    = nonsensitive(data.aws_ssm_parameter.jump_host_image[0].value)
  instance_type          = "t4g.nano"
  subnet_id              = local.private_subnet_ids[0]
  vpc_security_group_ids = [aws_security_group.main["jump-host"].id]
  iam_instance_profile   = aws_iam_instance_profile.jump_host[0].name
  monitoring             = true
  ebs_optimized          = true

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }

  root_block_device {
    volume_type = "gp3"
    volume_size = 8
    encrypted   = true
    kms_key_id  = module.key["data"].arn
  }

  tags        = { Name = "${local.name}-jump-host" }
  volume_tags = merge(local.tags, { Name = "${local.name}-jump-host" })

  lifecycle {
    # A newer image does not replace it; taint it to get one.
    ignore_changes = [ami]
  }

  depends_on = [aws_route.private_internet]
}

resource "aws_iam_instance_profile" "jump_host" {
  count = local.jump_host

  name = "${local.name}-jump-host"
  role = aws_iam_role.service["jump-host"].name
}

resource "aws_vpc_security_group_egress_rule" "jump_host" {
  count = local.jump_host

  security_group_id = aws_security_group.main["jump-host"].id
  description       = "Session Manager, and the API of the cluster"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "cluster_from_jump_host" {
  count = local.jump_host

  security_group_id            = aws_eks_cluster.main[0].vpc_config[0].cluster_security_group_id
  description                  = "From the jump host"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = aws_security_group.main["jump-host"].id
}

# AWS services that are reached without leaving the VPC.

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.${var.aws_region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for zone in local.zones : aws_route_table.private[zone].id]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "BucketsOfThisAccount"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:*"
        Resource  = "*"
        Condition = { StringEquals = { "aws:ResourceAccount" = local.account } }
      },
      {
        # Layers of images and packages of the nodes' system lie in buckets of AWS.
        Sid       = "ImagesAndPackages"
        Effect    = "Allow"
        Principal = "*"
        Action    = "s3:GetObject"
        Resource = [
          "arn:${local.partition}:s3:::prod-${var.aws_region}-starport-layer-bucket/*",
          "arn:${local.partition}:s3:::al2023-repos-${var.aws_region}-*/*",
          "arn:${local.partition}:s3:::aws-ssm-${var.aws_region}/*",
        ]
      },
    ]
  })

  tags = { Name = "${local.name}-s3" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = var.interface_endpoints

  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.${var.aws_region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for zone in local.egress_zones : aws_subnet.private[zone].id]
  security_group_ids  = [aws_security_group.main["endpoints"].id]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "PrincipalsOfThisAccount"
      Effect    = "Allow"
      Principal = "*"
      Action    = "*"
      Resource  = "*"
      Condition = { StringEquals = { "aws:PrincipalAccount" = local.account } }
    }]
  })

  tags = { Name = "${local.name}-${each.key}" }
}

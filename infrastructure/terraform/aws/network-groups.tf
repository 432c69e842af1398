# Who may open a connection to whom. Groups name groups, never addresses inside of the VPC.

locals {
  groups = merge(
    {
      load-balancer = "Load balancer of ${local.name}"
      database      = "PostgreSQL of ${local.name}"
      cache         = "Cache of ${local.name}"
      endpoints     = "Interface endpoints of ${local.name}"
    },
    { for name in keys(local.services) : name => "Tasks of ${name}" },
    local.jump_host == 1 ? { jump-host = "Jump host of ${local.name}" } : {},
  )

  store_ports = { database = 5432, cache = 6379 }

  # From one group to another.
  connections = { for connection in concat(
    [for name, service in local.public_services : { from = "load-balancer", to = name, port = service.port }],
    [for name in local.called_services : { from = "dashboard", to = name, port = local.services[name].port }],
    flatten([for name, service in local.services : [
      for store, port in local.store_ports : { from = name, to = store, port = port } if service.uses_stores
    ]]),
    [for name in keys(local.services) : { from = name, to = "endpoints", port = 443 }],
  ) : "${connection.from}-${connection.to}" => connection }

  # What descriptions of rules call each group.
  called = merge(
    { for name in keys(local.groups) : name => name },
    { load-balancer = "the load balancer", database = "the database", cache = "the cache" },
  )
}

resource "aws_security_group" "main" {
  for_each = local.groups

  name        = "${local.name}-${each.key}"
  description = each.value
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "group" {
  for_each = local.connections

  security_group_id            = aws_security_group.main[each.value.to].id
  description                  = "${each.value.to == "endpoints" ? "HTTPS from" : "From"} ${local.called[each.value.from]}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = aws_security_group.main[each.value.from].id
}

resource "aws_vpc_security_group_egress_rule" "group" {
  # The endpoints are reached by service_https.
  for_each = { for name, connection in local.connections : name => connection if connection.to != "endpoints" }

  security_group_id            = aws_security_group.main[each.value.from].id
  description                  = "To ${local.called[each.value.to]}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = aws_security_group.main[each.value.to].id
}

# The cluster's own group lets everything out already.
resource "aws_vpc_security_group_ingress_rule" "nodes" {
  for_each = { for name, port in merge(local.store_ports, { endpoints = 443 }) : name => port if local.eks_enabled }

  security_group_id            = aws_security_group.main[each.key].id
  description                  = each.key == "endpoints" ? "HTTPS from nodes" : "From nodes"
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
  referenced_security_group_id = aws_eks_cluster.main[0].vpc_config[0].cluster_security_group_id
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = { for pair in setproduct([80, 443], var.load_balancer_allowed_cidrs) : "${pair[0]}-${pair[1]}" => pair }

  security_group_id = aws_security_group.main["load-balancer"].id
  description       = each.value[0] == 80 ? "HTTP, only to be sent on to HTTPS" : "HTTPS"
  ip_protocol       = "tcp"
  from_port         = each.value[0]
  to_port           = each.value[0]
  cidr_ipv4         = each.value[1]
}

# AWS itself and, for the services that fetch bars, providers of market data: both speak HTTPS only.
resource "aws_vpc_security_group_egress_rule" "service_https" {
  for_each = local.services

  security_group_id = aws_security_group.main[each.key].id
  description       = "HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

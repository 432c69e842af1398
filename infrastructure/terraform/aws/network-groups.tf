# Who may open a connection to whom. Groups name groups, never addresses inside of the VPC.

resource "aws_security_group" "load_balancer" {
  name        = "${local.name}-load-balancer"
  description = "Load balancer of ${local.name}"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.name}-load-balancer" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer" {
  for_each = { for pair in setproduct([80, 443], var.load_balancer_allowed_cidrs) : "${pair[0]}-${pair[1]}" => pair }

  security_group_id = aws_security_group.load_balancer.id
  description       = each.value[0] == 80 ? "HTTP, only to be sent on to HTTPS" : "HTTPS"
  ip_protocol       = "tcp"
  from_port         = each.value[0]
  to_port           = each.value[0]
  cidr_ipv4         = each.value[1]
}

resource "aws_vpc_security_group_egress_rule" "load_balancer" {
  for_each = local.public_services

  security_group_id            = aws_security_group.load_balancer.id
  description                  = "To ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = aws_security_group.service[each.key].id
}

resource "aws_security_group" "service" {
  for_each = local.services

  name        = "${local.name}-${each.key}"
  description = "Tasks of ${each.key}"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "service_from_load_balancer" {
  for_each = local.public_services

  security_group_id            = aws_security_group.service[each.key].id
  description                  = "From the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port
  referenced_security_group_id = aws_security_group.load_balancer.id
}

resource "aws_vpc_security_group_ingress_rule" "service_from_service" {
  for_each = local.calls

  security_group_id            = aws_security_group.service[each.value.to].id
  description                  = "From ${each.value.from}"
  ip_protocol                  = "tcp"
  from_port                    = local.services[each.value.to].port
  to_port                      = local.services[each.value.to].port
  referenced_security_group_id = aws_security_group.service[each.value.from].id
}

resource "aws_vpc_security_group_egress_rule" "service_to_service" {
  for_each = local.calls

  security_group_id            = aws_security_group.service[each.value.from].id
  description                  = "To ${each.value.to}"
  ip_protocol                  = "tcp"
  from_port                    = local.services[each.value.to].port
  to_port                      = local.services[each.value.to].port
  referenced_security_group_id = aws_security_group.service[each.value.to].id
}

# AWS itself and, for the services that fetch bars, providers of market data: both speak HTTPS only.
resource "aws_vpc_security_group_egress_rule" "service_https" {
  for_each = local.services

  security_group_id = aws_security_group.service[each.key].id
  description       = "HTTPS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

# The database and the cache: what speaks to them, from tasks and from nodes of the cluster.
locals {
  stores = {
    database = { port = 5432, group = aws_security_group.database.id }
    cache    = { port = 6379, group = aws_security_group.cache.id }
  }
  store_clients = merge(
    { for name, service in local.services : name => aws_security_group.service[name].id if service.uses_stores },
    local.eks_enabled ? { nodes = aws_eks_cluster.main[0].vpc_config[0].cluster_security_group_id } : {},
  )
  store_client_names = concat([for name, service in local.services : name if service.uses_stores], local.eks_enabled ? ["nodes"] : [])
  store_connections = {
    for pair in setproduct(local.store_client_names, ["database", "cache"]) : "${pair[0]}-${pair[1]}" => { client = pair[0], store = pair[1] }
  }
}

resource "aws_security_group" "database" {
  name        = "${local.name}-database"
  description = "PostgreSQL of ${local.name}"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.name}-database" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "cache" {
  name        = "${local.name}-cache"
  description = "Cache of ${local.name}"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.name}-cache" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "store" {
  for_each = local.store_connections

  security_group_id            = local.stores[each.value.store].group
  description                  = "From ${each.value.client}"
  ip_protocol                  = "tcp"
  from_port                    = local.stores[each.value.store].port
  to_port                      = local.stores[each.value.store].port
  referenced_security_group_id = local.store_clients[each.value.client]
}

# The cluster's own group lets everything out already.
resource "aws_vpc_security_group_egress_rule" "store" {
  for_each = { for name, connection in local.store_connections : name => connection if connection.client != "nodes" }

  security_group_id            = local.store_clients[each.value.client]
  description                  = "To the ${each.value.store}"
  ip_protocol                  = "tcp"
  from_port                    = local.stores[each.value.store].port
  to_port                      = local.stores[each.value.store].port
  referenced_security_group_id = local.stores[each.value.store].group
}

resource "aws_security_group" "endpoints" {
  name        = "${local.name}-endpoints"
  description = "Interface endpoints of ${local.name}"
  vpc_id      = aws_vpc.main.id

  tags = { Name = "${local.name}-endpoints" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  for_each = toset(concat(keys(local.services), local.eks_enabled ? ["nodes"] : []))

  security_group_id            = aws_security_group.endpoints.id
  description                  = "HTTPS from ${each.key}"
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
  referenced_security_group_id = each.key == "nodes" ? aws_eks_cluster.main[0].vpc_config[0].cluster_security_group_id : aws_security_group.service[each.key].id
}

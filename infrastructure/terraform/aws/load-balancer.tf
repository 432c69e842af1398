# The one way in from outside: HTTPS only. Without a certificate it answers nothing, never in clear.

locals {
  edge        = local.ecs_enabled ? 1 : 0
  https       = local.ecs_enabled && (var.certificate_arn != null || var.domain_name != null)
  issue       = local.ecs_enabled && var.certificate_arn == null && var.domain_name != null
  certificate = local.issue ? one(aws_acm_certificate_validation.main[*].certificate_arn) : var.certificate_arn
}

resource "aws_lb" "main" {
  # checkov:skip=CKV_AWS_150: Off in development alone; a test holds it on in staging and production (until 2027-11-30)
  # checkov:skip=CKV2_AWS_76: The rules against Log4j are there; those against anonymous addresses would refuse callers in data centres (until 2027-11-30)
  count = local.edge

  name               = local.name
  load_balancer_type = "application"
  internal           = false
  ip_address_type    = "ipv4"
  subnets            = local.public_subnet_ids
  security_groups    = [aws_security_group.main["load-balancer"].id]

  enable_deletion_protection = var.deletion_protection
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "defensive"
  preserve_host_header       = true
  idle_timeout               = 65

  access_logs {
    enabled = true
    bucket  = module.logs.name
    prefix  = "load-balancer"
  }

  connection_logs {
    enabled = true
    bucket  = module.logs.name
    prefix  = "load-balancer-connections"
  }

  # The bucket's policy has to let the first test entry in.
  depends_on = [module.logs]
}

resource "aws_lb_listener" "http" {
  count = local.edge

  load_balancer_arn = aws_lb.main[0].arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "https" {
  count = local.https ? 1 : 0

  load_balancer_arn = aws_lb.main[0].arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
  certificate_arn   = local.certificate

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
      message_body = "Nothing here."
    }
  }
}

resource "aws_lb_target_group" "service" {
  # checkov:skip=CKV_AWS_378: TLS ends at the load balancer; the way to the task is inside of the VPC, from group to group (until 2027-11-30)
  for_each = { for name, service in local.public_services : name => service if local.https }

  # A name of at most 32 characters: dt-production-scheduler-service.
  name                 = "dt-${var.environment}-${each.key}"
  port                 = each.value.port
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = aws_vpc.main.id
  deregistration_delay = each.value.drain_pause + each.value.drain
  slow_start           = 30

  load_balancing_algorithm_type = "round_robin"

  health_check {
    path                = "/readyz"
    protocol            = "HTTP"
    matcher             = "200"
    interval            = 10
    timeout             = 5
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  # A rule may have five paths at most; a service with more gets several rules.
  routes = merge([
    for name, service in local.public_services : {
      for index, paths in chunklist(service.paths, 5) : "${name}-${index}" => {
        service = name
        paths   = paths
        # Room for ten rules each; the page takes what is left over.
        priority = name == "dashboard" ? 1000 : 10 * (service.port - 7990) + index
      }
    } if local.https
  ]...)
}

resource "aws_lb_listener_rule" "service" {
  for_each = local.routes

  listener_arn = aws_lb_listener.https[0].arn
  priority     = each.value.priority

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service[each.value.service].arn
  }

  condition {
    path_pattern {
      values = each.value.paths
    }
  }
}

resource "aws_acm_certificate" "main" {
  count = local.issue ? 1 : 0

  domain_name       = var.domain_name
  validation_method = "DNS"
  key_algorithm     = "EC_prime256v1"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = local.issue ? toset([var.domain_name]) : []

  zone_id         = var.route53_zone_id
  name            = one([for option in aws_acm_certificate.main[0].domain_validation_options : option.resource_record_name if option.domain_name == each.key])
  type            = one([for option in aws_acm_certificate.main[0].domain_validation_options : option.resource_record_type if option.domain_name == each.key])
  records         = [for option in aws_acm_certificate.main[0].domain_validation_options : option.resource_record_value if option.domain_name == each.key]
  ttl             = 60
  allow_overwrite = true
}

resource "aws_acm_certificate_validation" "main" {
  count = local.issue ? 1 : 0

  certificate_arn         = aws_acm_certificate.main[0].arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_route53_record" "main" {
  count = local.https && var.route53_zone_id != null ? 1 : 0

  zone_id = var.route53_zone_id
  name    = var.domain_name
  type    = "A"

  alias {
    name                   = aws_lb.main[0].dns_name
    zone_id                = aws_lb.main[0].zone_id
    evaluate_target_health = true
  }
}

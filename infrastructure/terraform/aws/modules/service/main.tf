# One part of the platform as an ECS service on Fargate.

locals {
  full_name = "${var.platform.name}-${var.name}"

  volumes = {
    state     = var.platform.state_folder
    temporary = "/tmp"
  }
  mounts = [for name, path in local.volumes : { sourceVolume = name, containerPath = path, readOnly = false }]

  # What every container of the task has in common.
  container = {
    image                  = var.image.name
    user                   = "10001:10001"
    readonlyRootFilesystem = true
    privileged             = false
    mountPoints            = local.mounts
    linuxParameters        = { capabilities = { drop = ["ALL"] } }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.log_group.name
        awslogs-region        = var.platform.region
        awslogs-stream-prefix = var.name
        # A log that cannot be delivered must not stop the service.
        mode            = "non-blocking"
        max-buffer-size = "16m"
      }
    }
  }

  environment = [for name, value in var.environment : { name = name, value = value }]
  secrets = [
    for name, secret in var.secrets : { name = name, valueFrom = "${secret.arn}:${secret.field}::${secret.version}" }
  ]

  # The authorities of RDS, written to where DAYTRADE_DATABASE_URL points.
  certificates = merge(local.container, {
    name       = "certificates"
    essential  = false
    entryPoint = ["node", "-e"]
    command = [
      "const fs = require('node:fs'), path = require('node:path'), file = process.env.CERTIFICATES_FILE; fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, process.env.CERTIFICATES)",
    ]
    environment = [
      { name = "CERTIFICATES", value = var.platform.certificates.pem },
      { name = "CERTIFICATES_FILE", value = var.platform.certificates.file },
    ]
  })

  # Brings the schema to what this image needs before anything of this image starts. Of many tasks only the first does
  # any work: migrations hold a lock, and old tasks keep working on the new schema.
  migrate = merge(local.container, {
    name        = "migrate"
    essential   = false
    command     = ["database", "migrate", "--wait-seconds", "120"]
    environment = local.environment
    # It asks the database alone.
    secrets   = [for secret in local.secrets : secret if startswith(secret.name, "DAYTRADE_DATABASE_")]
    dependsOn = [{ containerName = "certificates", condition = "SUCCESS" }]
  })

  service = merge(local.container, {
    name        = var.name
    essential   = true
    command     = ["serve", var.name]
    environment = local.environment
    secrets     = local.secrets
    stopTimeout = var.part.drain_pause + var.part.drain + 20
    portMappings = [{
      name = var.name, containerPort = var.part.port, hostPort = var.part.port, protocol = "tcp", appProtocol = "http"
    }]
    ulimits   = [{ name = "nofile", softLimit = 65536, hardLimit = 65536 }]
    dependsOn = var.part.uses_stores ? [{ containerName = "migrate", condition = "SUCCESS" }] : []
    healthCheck = {
      command = [
        "CMD", "node", "-e",
        "fetch('http://127.0.0.1:${var.part.port}/healthz', { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))",
      ]
      interval    = 15
      timeout     = 5
      retries     = 3
      startPeriod = 120
    }
  })

  # Takes the part's traces at DAYTRADE_TRACES_ENDPOINT and sends them to X-Ray. The part keeps serving without it.
  trace_collector = merge(local.container, {
    name        = "trace-collector"
    image       = var.image.trace_collector
    essential   = false
    command     = ["--config=env:COLLECTOR_CONFIGURATION"]
    mountPoints = []
    memory      = 128
    environment = [{
      name = "COLLECTOR_CONFIGURATION"
      value = yamlencode({
        receivers  = { otlp = { protocols = { http = { endpoint = "127.0.0.1:4318" } } } }
        processors = { batch = {} }
        exporters  = { awsxray = { region = var.platform.region } }
        service    = { pipelines = { traces = { receivers = ["otlp"], processors = ["batch"], exporters = ["awsxray"] } } }
      })
    }]
  })

  containers = concat(
    [local.service],
    [for container in [local.certificates, local.migrate] : container if var.part.uses_stores],
    [for container in [local.trace_collector] : container if var.image.trace_collector != null],
  )
}

resource "aws_ecs_task_definition" "this" {
  family                   = local.full_name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = var.part.cpu
  memory                   = var.part.memory
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = var.task_role_arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cluster.architecture
  }

  dynamic "volume" {
    for_each = local.volumes

    content {
      name = volume.key
    }
  }

  container_definitions = jsonencode(local.containers)
}

resource "terraform_data" "has_tasks" {
  input = var.part.replicas.maximum > 0
}

resource "aws_ecs_service" "this" {
  name             = var.name
  cluster          = var.cluster.arn
  task_definition  = aws_ecs_task_definition.this.arn
  desired_count    = var.part.replicas.minimum
  platform_version = "LATEST"

  enable_execute_command             = false
  enable_ecs_managed_tags            = true
  propagate_tags                     = "SERVICE"
  availability_zone_rebalancing      = "ENABLED"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = var.load_balancer == null ? null : 180

  dynamic "capacity_provider_strategy" {
    for_each = {
      for provider, weight in { FARGATE = 100 - var.part.spot_weight, FARGATE_SPOT = var.part.spot_weight } :
      provider => weight if weight > 0
    }

    content {
      capacity_provider = capacity_provider_strategy.key
      weight            = capacity_provider_strategy.value
    }
  }

  network_configuration {
    subnets          = var.cluster.subnet_ids
    security_groups  = [var.security_group_id]
    assign_public_ip = false
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  alarms {
    enable      = true
    rollback    = true
    alarm_names = [for alarm in aws_cloudwatch_metric_alarm.rollback : alarm.alarm_name]
  }

  dynamic "load_balancer" {
    for_each = var.load_balancer[*].target_group_arn

    content {
      target_group_arn = load_balancer.value
      container_name   = var.name
      container_port   = var.part.port
    }
  }

  service_connect_configuration {
    enabled   = true
    namespace = var.cluster.namespace_arn

    log_configuration {
      log_driver = "awslogs"
      options = {
        awslogs-group         = var.log_group.name
        awslogs-region        = var.platform.region
        awslogs-stream-prefix = "service-connect"
      }
    }

    dynamic "service" {
      for_each = var.part.discoverable ? [var.name] : []

      content {
        port_name      = service.value
        discovery_name = service.value

        client_alias {
          dns_name = service.value
          port     = var.part.port
        }

        timeout {
          idle_timeout_seconds        = 300
          per_request_timeout_seconds = 60
        }
      }
    }
  }

  lifecycle {
    # Auto scaling sets it.
    ignore_changes = [desired_count]
    # But it starts nothing where there is nothing: from the first image on the service is another one, with tasks.
    replace_triggered_by = [terraform_data.has_tasks]
  }

  depends_on = [aws_iam_role_policy.execution]
}

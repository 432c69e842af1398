# The parts of the platform, all from one image: what each listens on, asks for and may touch.

locals {
  all_services = {
    ml-service = {
      port        = 8000, cpu = var.ml_service_cpu, memory = var.ml_service_memory
      replicas    = var.service_replicas
      uses_stores = true, uses_objects = true
      # Paths of the API that the load balancer sends here; what no service claims goes to the page.
      paths = [
        "/v1/predictions*", "/v1/models*", "/v1/accuracy*", "/v1/trainings*", "/v1/evaluations*", "/v1/audits*",
        "/v1/backtests*", "/v1/reports*", "/v1/paper*",
      ]
      # Where a request may wait for this many seconds, and no training runs.
      drain_pause = 10, drain = 60
    }
    data-service = {
      port        = 8001, cpu = var.data_service_cpu, memory = var.data_service_memory
      replicas    = var.service_replicas
      uses_stores = true, uses_objects = true
      paths       = ["/v1/bars*", "/v1/symbols*", "/v1/quarantine*", "/v1/fetches*", "/v1/uploads*", "/v1/indices*"]
      drain_pause = 10, drain = 60
    }
    scheduler-service = {
      port        = 8002, cpu = local.sizes["scheduler-service"].cpu, memory = local.sizes["scheduler-service"].memory
      replicas    = { minimum = min(2, var.service_replicas.minimum), maximum = 2 }
      uses_stores = true, uses_objects = false
      paths       = ["/v1/jobs*", "/v1/runs*", "/v1/sessions*", "/v1/scheduler*", "/v1/notices*"]
      drain_pause = 10, drain = 60
    }
    worker = {
      port        = 8003, cpu = local.sizes["worker"].cpu, memory = local.sizes["worker"].memory
      replicas    = var.worker_replicas
      uses_stores = true, uses_objects = true
      paths       = null
      # It takes no requests; a run that outlasts the drain goes back into the queue.
      drain_pause = 0, drain = 100
      spot_weight = var.fargate_spot_weight
      queue       = { metric = "RunsQueued", service = "scheduler-service", per_task = 2 }
    }
    dashboard = {
      port        = 8080, cpu = local.sizes["dashboard"].cpu, memory = local.sizes["dashboard"].memory
      replicas    = var.service_replicas
      uses_stores = false, uses_objects = false
      paths       = ["/*"]
      drain_pause = 10, drain = 60
    }
  }

  services = { for name, service in local.all_services : name => service if local.ecs_enabled }

  # Behind the load balancer.
  public_services = { for name, service in local.services : name => service if service.paths != null }

  # What the page calls.
  called_services = local.ecs_enabled ? ["ml-service", "data-service", "scheduler-service"] : []

  metric_namespace = "DayTrade/${var.environment}"
  state_folder     = "/var/lib/day-trade"
  certificates     = "${local.state_folder}/certificates/rds.pem"
  authorities      = file("${path.module}/certificates/${var.aws_region}.pem")

  common_settings = merge(
    {
      AWS_REGION                    = var.aws_region
      DAYTRADE_HOST                 = "0.0.0.0"
      DAYTRADE_STATE_DIR            = local.state_folder
      DAYTRADE_LOG_LEVEL            = var.log_level
      DAYTRADE_CLOUDWATCH_METRICS   = "true"
      DAYTRADE_CLOUDWATCH_NAMESPACE = local.metric_namespace
    },
    local.traces ? {
      DAYTRADE_TRACES_ENDPOINT = "http://127.0.0.1:4318"
      DAYTRADE_TRACES_SHARE    = tostring(var.trace_share)
    } : {},
  )

  traces = var.trace_collector_image != null

  # Node does not know the authorities that sign the certificates of RDS.
  database_parameters = join("", [
    "?sslmode=verify-full&sslrootcert=${local.certificates}",
    "&authentication=${var.db_authentication}&pool=${local.database_pool}",
  ])

  store_settings = {
    DAYTRADE_DATABASE_URL = join("", [
      "postgres://${local.database_user}@${aws_db_instance.main.address}:5432/${local.database_name}",
      local.database_parameters,
    ])
    DAYTRADE_REDIS_URL = "rediss://${local.cache_user}@${aws_elasticache_replication_group.main.primary_endpoint_address}:6379"
    DAYTRADE_OBJECTS   = "s3://${module.objects.name}?region=${var.aws_region}"
  }

  addresses = {
    DAYTRADE_SERVICES = "ml=http://ml-service:8000,data=http://data-service:8001,scheduler=http://scheduler-service:8002"
  }

  # With its version, a new value is a new task definition: new tasks, once both sides have it. RDS gives no version of
  # the password that it keeps (rotation.tf).
  pinned = { for name, version in aws_secretsmanager_secret_version.main :
    name => { arn = aws_secretsmanager_secret.main[name].arn, field = "", version = version.version_id }
  }
  database_secret = {
    arn     = local.database_secret_arn
    field   = "password"
    version = local.database_managed_password ? "" : aws_secretsmanager_secret_version.database_password[0].version_id
  }

  token_secret = { DAYTRADE_TOKEN = local.pinned["token"] }
  store_secrets = merge(
    { DAYTRADE_REDIS_PASSWORD = local.pinned["redis-password"] },
    var.db_authentication == "password" ? { DAYTRADE_DATABASE_PASSWORD = local.database_secret } : {},
  )
}

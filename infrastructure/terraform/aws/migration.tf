# The migration as a task of its own, for the deployment to run and to wait for before it changes the services:
#   aws ecs run-task --cluster day-trade-production --task-definition day-trade-production-migrate ...   (README.md)
# The services' tasks run it too before they start, so that nothing depends on somebody remembering it.

locals {
  migration = local.ecs_enabled ? 1 : 0
  # The containers that a task of worker runs first are the migration; here nothing follows them.
  migration_containers = [
    for container in jsondecode(local.ecs_enabled ? module.service["worker"].preparation : "[]") :
    merge(container, { essential = container.name == "migrate" })
  ]
}

resource "aws_ecs_task_definition" "migrate" {
  count = local.migration

  family                   = "${local.name}-migrate"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = module.service["worker"].execution_role_arn
  task_role_arn            = module.task_role["migrate"].arn

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = local.architecture.ecs
  }

  volume {
    name = "state"
  }

  volume {
    name = "temporary"
  }

  container_definitions = jsonencode(local.migration_containers)
}

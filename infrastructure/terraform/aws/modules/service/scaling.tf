# How many tasks there are: enough to keep processors, memory and, behind the load balancer, requests at their targets.

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  resource_id        = "service/${var.cluster.name}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.part.replicas.minimum
  max_capacity       = var.part.replicas.maximum
}

locals {
  predefined_metrics = merge(
    {
      cpu    = { metric = "ECSServiceAverageCPUUtilization", target = 70, label = null }
      memory = { metric = "ECSServiceAverageMemoryUtilization", target = 80, label = null }
    },
    var.load_balancer == null ? {} : {
      requests = {
        metric = "ALBRequestCountPerTarget"
        # A minute, for each task.
        target = 1500
        label  = "${var.load_balancer.dimensions.LoadBalancer}/${var.load_balancer.dimensions.TargetGroup}"
      }
    },
  )
}

resource "aws_appautoscaling_policy" "predefined" {
  for_each = local.predefined_metrics

  name               = "${local.full_name}-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  resource_id        = aws_appautoscaling_target.this.resource_id
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = each.value.target
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = each.value.metric
      resource_label         = each.value.label
    }
  }
}

# Queued runs for each running task.
resource "aws_appautoscaling_policy" "queue" {
  count = var.part.queue == null ? 0 : 1

  name               = "${local.full_name}-queue"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  resource_id        = aws_appautoscaling_target.this.resource_id
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = var.part.queue.per_task
    scale_out_cooldown = 60
    # Longer than most runs, so that few are sent back into the queue.
    scale_in_cooldown = 900

    customized_metric_specification {
      metrics {
        id          = "queued"
        label       = "Runs that wait"
        return_data = false

        metric_stat {
          stat = "Maximum"

          metric {
            namespace   = var.platform.metric_namespace
            metric_name = var.part.queue.metric

            dimensions {
              name  = "Service"
              value = var.part.queue.service
            }
          }
        }
      }

      metrics {
        id          = "tasks"
        label       = "Tasks that run"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = "ECS/ContainerInsights"
            metric_name = "RunningTaskCount"

            dimensions {
              name  = "ClusterName"
              value = var.cluster.name
            }

            dimensions {
              name  = "ServiceName"
              value = var.name
            }
          }
        }
      }

      metrics {
        id          = "waiting"
        label       = "Runs that wait for each task"
        expression  = "queued / IF(tasks > 0, tasks, 1)"
        return_data = true
      }
    }
  }
}

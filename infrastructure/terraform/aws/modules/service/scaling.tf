# How many tasks there are: enough to keep processors, memory and, behind the load balancer, requests at their targets.

resource "aws_appautoscaling_target" "this" {
  service_namespace  = "ecs"
  resource_id        = "service/${var.cluster_name}/${aws_ecs_service.this.name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = var.replicas.minimum
  max_capacity       = var.replicas.maximum
}

locals {
  predefined_metrics = merge(
    {
      cpu    = { metric = "ECSServiceAverageCPUUtilization", target = 70, label = null }
      memory = { metric = "ECSServiceAverageMemoryUtilization", target = 80, label = null }
    },
    !var.public ? {} : {
      requests = {
        metric = "ALBRequestCountPerTarget"
        target = var.requests_per_task
        label  = "${var.load_balancer_suffix}/${var.target_group_suffix}"
      }
    },
  )
}

resource "aws_appautoscaling_policy" "predefined" {
  for_each = local.predefined_metrics

  name               = "${var.full_name}-${each.key}"
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
  count = var.queue_metric == null ? 0 : 1

  name               = "${var.full_name}-queue"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  resource_id        = aws_appautoscaling_target.this.resource_id
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value       = var.queue_metric.per_task
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
            namespace   = var.metric_namespace
            metric_name = var.queue_metric.name

            dynamic "dimensions" {
              for_each = var.queue_metric.dimensions

              content {
                name  = dimensions.key
                value = dimensions.value
              }
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
              value = var.cluster_name
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

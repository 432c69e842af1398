output "region" {
  description = "Region that everything runs in."
  value       = var.aws_region
}

output "runtime" {
  description = "Where the services run: containers, kubernetes or both."
  value       = var.runtime
}

output "private_subnet_ids" {
  description = "Ids of the private subnets, for one-off tasks."
  value       = local.private_subnet_ids
}

output "load_balancer_dns_name" {
  description = "Name of the load balancer; null without ECS."
  value       = one(aws_lb.main[*].dns_name)
}

output "url" {
  description = "Where the page and the API answer; null until there is a certificate."
  value       = local.https ? "https://${coalesce(var.domain_name, one(aws_lb.main[*].dns_name))}" : null
}

output "ecs_cluster_name" {
  description = "Name of the ECS cluster; null without ECS."
  value       = one(aws_ecs_cluster.main[*].name)
}

output "ecs_services" {
  description = "Names of the ECS services."
  value       = [for service in module.service : service.name]
}

output "migration_task_definition" {
  description = "ARN of the task definition that migrates the database; null without ECS."
  value       = one(aws_ecs_task_definition.migrate[*].arn)
}

output "migration_security_group_id" {
  description = "Group of the migration's task; null without ECS."
  value       = try(aws_security_group.main["worker"].id, null)
}

output "eks_cluster_name" {
  description = "Name of the EKS cluster, for `aws eks update-kubeconfig`; null without EKS."
  value       = one(aws_eks_cluster.main[*].name)
}

output "eks_connect" {
  description = "Commands of a shell that point kubectl and helm to the cluster; empty without EKS."
  value = join("\n", [for cluster in aws_eks_cluster.main[*].name :
    join("\n", concat(["set -e", "aws eks update-kubeconfig --region ${var.aws_region} --name ${cluster}"], local.eks_forward, [""]))
  ])
}

output "image_repository_url" {
  description = "Where the image is pushed to."
  value       = local.repository.url
}

output "database_address" {
  description = "Host name of PostgreSQL."
  value       = aws_db_instance.main.address
}

output "cache_address" {
  description = "Host name of the cache's primary node."
  value       = aws_elasticache_replication_group.main.primary_endpoint_address
}

output "objects_bucket" {
  description = "Bucket of bars, models and judged predictions."
  value       = module.objects.name
}

output "image_digest" {
  description = "Digest of the image that tasks run; none before the first."
  value       = local.image_digest
}

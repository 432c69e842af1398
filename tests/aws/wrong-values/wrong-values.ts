import { type WrongValue, wrong } from '../../support/terraform/wrong-values.ts';

const pair = 'must be a pair that Fargate has: 256 with 512, 1024 or 2048';
const units = 'must be one of: 256, 512, 1024, 2048, 4096, 8192, 16384';
const zone = 'Z0123456789ABCDEFGHIJ';

/** Wrong values by the file that refuses them; together they break every rule of the root once. */
export const wrongValues: Readonly<Record<string, readonly WrongValue[]>> = {
  'variables.tf': [
    wrong('aws_region', 'Tokyo', 'must be the name of a region, for example "ap-northeast-1"'),
    wrong('aws_region', 'eu-central-1', 'those of ap-northeast-1 and ap-northeast-3 are there'),
    wrong('replica_region', 'osaka', 'must be the name of a region, for example "ap-northeast-3"'),
    wrong('replica_region', 'ap-northeast-1', 'must be another region than aws_region'),
    wrong('environment', 'prod', 'must be one of: development, staging, production'),
    wrong('runtime', 'ecs', 'must be one of: containers, kubernetes, both'),
    wrong('kms_deletion_window_days', 3, 'must be a whole number from 7 to 30'),
    wrong('permissions_boundary', 'day-trade-boundary', 'must be the ARN of a policy of IAM'),
    wrong('tags', { 'aws:owner': 'me' }, 'that do not begin with aws:'),
    wrong('tags', { project: 'mine' }, 'are none of project, environment and managed-by'),
  ],
  'variables.network.tf': [
    wrong('vpc_cidr', '10.0.0.7/16', 'that begins at its own first address, for example "10.0.0.0/16"'),
    wrong('vpc_cidr', '10.0.0.0/8', 'must have a prefix from /16 to /24'),
    wrong('public_subnet_cidrs', ['10.0.1.0/24'], 'must name 2 to 4 subnets, one per zone'),
    wrong('public_subnet_cidrs', ['10.0.1.0/24', '10.0.2.0'], 'must be IPv4 networks in CIDR form'),
    wrong('public_subnet_cidrs', ['10.0.1.0/24', '10.1.2.0/24'], 'must lie inside vpc_cidr and be no smaller than /28'),
    wrong('private_subnet_cidrs', ['10.0.10.0/24'], 'must name as many subnets as public_subnet_cidrs'),
    wrong('private_subnet_cidrs', ['10.0.10.0/24', '10.0.20.9/24'], 'each beginning at its own first address'),
    wrong('private_subnet_cidrs', ['10.0.10.0/24', '10.0.20.0/29'], 'must lie inside vpc_cidr and be no smaller'),
    wrong('private_subnet_cidrs', ['10.0.10.0/24', '10.0.2.128/25'], 'must not overlap each other'),
    wrong(
      'availability_zones',
      ['ap-northeast-1a', 'ap-northeast-1a'],
      'must be empty or name as many different zones',
    ),
    wrong('availability_zones', ['us-east-1a', 'us-east-1b'], 'must be zones of aws_region'),
    wrong('nat_gateways', 'none', 'must be one of: single, zone'),
    wrong('interface_endpoints', ['Secrets Manager'], 'must be names of services as in com.amazonaws.<region>.<name>'),
    wrong('interface_endpoints', ['s4'], 'that something here asks: autoscaling, ec2, ecr.api'),
    wrong('load_balancer_allowed_cidrs', [], 'must be at least one IPv4 network in CIDR form'),
    wrong('load_balancer_allowed_cidrs', ['203.0.113.7/24'], 'each beginning at its own first address'),
  ],
  'variables.services.tf': [
    wrong('ml_service_cpu', 1000, units),
    wrong('ml_service_memory', 32768, pair),
    wrong('data_service_cpu', 0, units),
    wrong('data_service_memory', 2049, pair),
    wrong('task_sizes', { 'data-service': { cpu: 256, memory: 512 } }, 'must be of some of: dashboard, scheduler'),
    wrong('task_sizes', { worker: { cpu: 2048, memory: 2048 } }, pair),
    wrong('service_replicas', { minimum: 3, maximum: 2 }, 'must have 1 <= minimum <= maximum <= 100'),
    wrong('service_replicas', { minimum: 2, maximum: 3.5 }, 'in whole numbers'),
    wrong('worker_replicas', { minimum: 0, maximum: 2 }, 'must have 1 <= minimum <= maximum <= 100'),
    wrong('image_repository', 'registry.example.com/day-trade:1', 'must be a repository of ECR without a tag'),
    wrong('image_digest', 'latest', 'must be sha256: and 64 hexadecimal digits'),
    wrong('processor_architecture', 'arm', 'must be one of: x86-64, arm64'),
    wrong('log_level', 'verbose', 'must be one of: trace, debug, info, warn, error'),
    wrong('token_version', 0, 'must be a whole number, 1 or more'),
    wrong('fargate_spot_weight', 101, 'must be a whole number from 0 to 100'),
  ],
  'variables.database.tf': [
    wrong('db_instance_class', 't3.medium', 'for example "db.t3.medium"'),
    wrong('db_instance_class', 'db.m5.micro', 'of size large or larger'),
    wrong('db_allocated_storage', 5, 'must be a whole number of GiB from 20 to 16384'),
    wrong('db_password', 'fifteen-letters', 'must have 16 to 128 characters'),
    wrong('db_password', 'with space and a/slash', 'must be of printable ASCII characters other than space and / @ "'),
    wrong('db_password_version', 1.5, 'must be a whole number, 1 or more'),
    wrong('db_password_rotation_days', 0, 'must be a whole number from 1 to 1000'),
    wrong('db_authentication', 'none', 'must be one of: password, aws-iam'),
    wrong('db_restore', { snapshot: 'last', instance: 'old' }, 'must name one of: snapshot, instance, backups'),
    wrong('db_restore', { instance: 'old', time: 'yesterday' }, 'must be a time as 2026-12-01T06:00:00Z'),
    wrong('db_engine_version', '16.4', 'must be one of 17, 18, alone'),
    wrong('db_backup_retention_days', 3, 'must be a whole number from 7 to 35'),
    wrong('db_insights', 'basic', 'must be one of: standard, advanced'),
  ],
  'variables.cache.tf': [
    wrong('redis_node_type', 'db.t3.micro', 'for example "cache.t3.micro"'),
    wrong('redis_num_cache_nodes', 7, 'must be a whole number from 1 to 6'),
    wrong('redis_password_version', -1, 'must be a whole number, 1 or more'),
    wrong('redis_snapshot_retention_days', 36, 'must be a whole number from 0 to 35'),
  ],
  'variables.edge.tf': [
    wrong('certificate_arn', 'arn:aws:acm:us-east-1:123456789012:certificate/0', 'an ACM certificate in aws_region'),
    wrong('domain_name', 'localhost', 'must be a full host name in lowercase', { route53_zone_id: zone }),
    wrong('domain_name', 'day-trade.example.com', 'must come with route53_zone_id'),
    wrong('route53_zone_id', zone, 'must come with domain_name'),
    wrong('route53_zone_id', 'example.com', 'Z followed by capital letters and digits', {
      domain_name: 'a.example.com',
    }),
    wrong('rate_limit', 10, 'must be a whole number of requests from 100 to 2000000'),
  ],
  'variables.eks.tf': [
    wrong('eks_version', '1.33', 'must be one of: 1.35, 1.36'),
    wrong('eks_version', '1.49', 'must be one of: 1.35, 1.36'),
    wrong('eks_public_access_cidrs', ['203.0.113.7/24'], 'each beginning at its own first address'),
    wrong('eks_public_access_cidrs', ['0.0.0.0/0'], 'the whole internet is not allowed'),
    wrong('eks_administrators', ['administrator'], 'must be ARNs of IAM roles or users'),
    wrong('eks_deployers', ['arn:aws:iam::123456789012:user/somebody'], 'must be ARNs of IAM roles'),
    wrong('eks_processor_limit', 2, 'must be a whole number of processors from 4 to 5000'),
  ],
  'variables.storage.tf': [
    wrong('backup_lock_days', 2, 'must be a whole number of at least 3'),
    wrong('objects_old_versions_days', 0, 'must be a whole number from 1 to 3650'),
    wrong('backup_retention_days', 400, 'must be a whole number from 7 to 365'),
  ],
  'variables.monitoring.tf': [
    wrong(
      'trace_collector_image',
      'aws-otel-collector',
      'must name a registry, a repository, and a tag other than latest',
    ),
    wrong('budget', 100, 'alarm_emails must say who is told'),
    wrong('trace_share', 10, 'must be a share from 0 to 1'),
    wrong('log_retention_days', 100, 'must be a number of days that CloudWatch has: 7, 14, 30, 60, 90'),
    wrong('alarm_emails', ['on-call'], 'must be e-mail addresses, for example "on-call@example.com"'),
    wrong('coverage_objective', 93, 'must be a share between 0.5 and 1, for example 0.93'),
  ],
};

/** The same for the root that makes the bucket of the state. */
export const wrongBootstrapValues: readonly WrongValue[] = [
  wrong('aws_region', 'tokyo', 'must be the name of a region, for example "ap-northeast-1"'),
  wrong('github_repository', 'day-trade', 'must be owner/name, for example "example/day-trade"'),
  wrong('github_repository_ids', '123456', 'must be two numbers, that of the owner and that of the repository'),
  wrong('github_repository_ids', '123456/456789', 'must stand beside github_repository'),
  wrong('environments', ['production', 'prod'], 'must be some of: development, staging, production'),
];

output "name" {
  description = "Name of the bucket; known once versions are on, so that replication can follow."
  value       = aws_s3_bucket_versioning.this.bucket
}

output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}

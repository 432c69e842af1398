# Where the one image of all services is kept: in a repository that was there before this environment (bootstrap makes
# one for all of an account), or in one of its own.

locals {
  # ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME
  given_repository = regex("^(?:(?P<account>[0-9]{12})\\.dkr\\.ecr\\.(?P<region>[a-z0-9-]+)\\.[a-z.]+/(?P<name>.+))?$", var.image_repository == null ? "" : var.image_repository)

  repository = var.image_repository != null ? {
    url = var.image_repository
    arn = "arn:${local.partition}:ecr:${local.given_repository.region}:${local.given_repository.account}:repository/${local.given_repository.name}"
    } : {
    url = one(aws_ecr_repository.main[*].repository_url)
    arn = one(aws_ecr_repository.main[*].arn)
  }
}

resource "aws_ecr_repository" "main" {
  count = var.image_repository == null ? 1 : 0

  name                 = local.name
  image_tag_mutability = "IMMUTABLE"
  force_delete         = !var.deletion_protection

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = module.key["secrets"].arn
  }

  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "main" {
  count = length(aws_ecr_repository.main)

  repository = aws_ecr_repository.main[0].name

  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Images without a tag, a week"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 7 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "The newest fifty"
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 50 }
        action       = { type = "expire" }
      },
    ]
  })
}

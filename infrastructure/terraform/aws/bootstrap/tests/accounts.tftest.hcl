# What bootstrap makes in an account:
#   terraform test

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
}

run "without_github" {
  command = plan

  assert {
    condition     = length(aws_iam_role.deploy) == 0 && length(aws_iam_openid_connect_provider.github) == 0
    error_message = "Where no repository is named nobody may deploy from outside."
  }

  assert {
    condition     = aws_ebs_encryption_by_default.main.enabled && aws_ecr_repository.main.image_tag_mutability == "IMMUTABLE"
    error_message = "Every disk of the account must be encrypted, and no image may change under its name."
  }
}

run "with_github" {
  command = plan

  variables {
    github_repository = "example/day-trade"
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 1 && toset(keys(aws_iam_role.deploy)) == toset(["development", "staging", "production"])
    error_message = "GitHub's identity must be known, and each environment have a role of its own."
  }
}

run "with_a_provider_that_is_there" {
  command = plan

  variables {
    github_repository    = "example/day-trade"
    make_github_provider = false
    environments         = ["staging"]
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0
    error_message = "An account has one provider of GitHub only: a second one must not be made."
  }

  assert {
    condition     = jsondecode(aws_iam_role.deploy["staging"].assume_role_policy).Statement[0].Principal.Federated == "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    error_message = "The role must trust the provider that the account has."
  }

  assert {
    condition     = jsondecode(aws_iam_role.deploy["staging"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:example/day-trade:environment:staging"]
    error_message = "The role must be for jobs of its own environment alone."
  }

  assert {
    condition     = jsondecode(aws_iam_role.plan["staging"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:example/day-trade:environment:staging-plan"] && endswith(aws_iam_role_policy_attachment.plan["staging"].policy_arn, "/ReadOnlyAccess")
    error_message = "Plans must have a role of their own, which reads."
  }
}

run "by_the_numbers_of_the_repository" {
  command = plan

  variables {
    github_repository     = "example/day-trade"
    github_repository_ids = "123456/456789"
    make_github_provider  = false
    environments          = ["staging"]
  }

  assert {
    condition     = jsondecode(aws_iam_role.deploy["staging"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:example@123456/day-trade@456789:environment:staging"]
    error_message = "The role must trust the numbers of the repository, and not its name, which another one may get."
  }
}

run "by_both_while_github_changes_over" {
  command = plan

  variables {
    github_repository     = "example/day-trade"
    github_repository_ids = "123456/456789"
    trust_repository_name = true
    make_github_provider  = false
    environments          = ["staging"]
  }

  assert {
    condition     = length(jsondecode(aws_iam_role.deploy["staging"].assume_role_policy).Statement[0].Condition.StringEquals["token.actions.githubusercontent.com:sub"]) == 2
    error_message = "The role must trust both subjects until GitHub has changed over."
  }
}

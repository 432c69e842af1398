# Who talked to whom: one line for each flow, kept as long as the other logs.

resource "aws_flow_log" "vpc" {
  vpc_id                   = aws_vpc.main.id
  traffic_type             = "ALL"
  log_destination_type     = "cloud-watch-logs"
  log_destination          = aws_cloudwatch_log_group.main["flow-logs"].arn
  iam_role_arn             = aws_iam_role.service["flow-logs"].arn
  max_aggregation_interval = 60

  tags = { Name = local.name }
}

resource "aws_iam_role_policy" "flow_logs" {
  name = "write"
  role = aws_iam_role.service["flow-logs"].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = "${aws_cloudwatch_log_group.main["flow-logs"].arn}:*"
    }]
  })
}

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "endpoint" { type = string }
variable "changed" { type = bool }

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "emulator"
  secret_key                  = "emulator"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  endpoints { cognitoidp = var.endpoint }
}

resource "aws_cognito_user_pool" "pool" {
  name                = "terraform"
  deletion_protection = var.changed ? "INACTIVE" : "ACTIVE"
  mfa_configuration   = "OFF"
  tags                = var.changed ? { team = "core", stage = "test" } : { team = "web" }
  admin_create_user_config { allow_admin_create_user_only = var.changed }
  password_policy {
    minimum_length                   = var.changed ? 14 : 10
    temporary_password_validity_days = 7
  }
}

resource "aws_cognito_resource_server" "orders" {
  user_pool_id = aws_cognito_user_pool.pool.id
  identifier   = "orders"
  name         = "Orders"
  dynamic "scope" {
    for_each = var.changed ? { read = "Read", count = "Count" } : { read = "Reads", write = "Writes" }
    content {
      scope_name        = scope.key
      scope_description = scope.value
    }
  }
}

resource "aws_cognito_user_pool_client" "billing" {
  user_pool_id                         = aws_cognito_user_pool.pool.id
  name                                 = var.changed ? "billing-2" : "billing"
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_scopes                 = var.changed ? ["orders/read", "orders/count"] : ["orders/read"]
  access_token_validity                = var.changed ? 30 : 60
  explicit_auth_flows                  = var.changed ? ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"] : ["ALLOW_REFRESH_TOKEN_AUTH"]
  enable_token_revocation              = !var.changed
  token_validity_units { access_token = "minutes" }
  depends_on = [aws_cognito_resource_server.orders]
}

resource "aws_cognito_user_pool_domain" "prefix" {
  user_pool_id          = aws_cognito_user_pool.pool.id
  domain                = "terraform-m2m"
  managed_login_version = var.changed ? 2 : 1
}

resource "aws_cognito_user_pool_domain" "custom" {
  user_pool_id    = aws_cognito_user_pool.pool.id
  domain          = "auth.terraform.example"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/${var.changed ? "two" : "one"}"
}

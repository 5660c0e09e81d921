# A user pool with every setting that the emulator honours, or keeps because nobody could notice it.
resource "aws_cognito_user_pool" "full" {
  name                     = "full"
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = var.changed ? "ON" : "OPTIONAL"
  user_pool_tier           = "PLUS"
  software_token_mfa_configuration { enabled = true }
  username_configuration { case_sensitive = false }
  schema {
    name                = "email"
    attribute_data_type = "String"
    required            = true
    mutable             = true
    string_attribute_constraints {
      min_length = 0
      max_length = 2048
    }
  }
  schema {
    name                     = "tenant"
    attribute_data_type      = "String"
    developer_only_attribute = false
    mutable                  = false
    string_attribute_constraints {
      min_length = 1
      max_length = 20
    }
  }
  schema {
    name                = "age"
    attribute_data_type = "Number"
    mutable             = true
    number_attribute_constraints {
      min_value = 0
      max_value = 150
    }
  }
  dynamic "schema" {
    for_each = var.changed ? [1] : []
    content {
      name                = "later"
      attribute_data_type = "Boolean"
      mutable             = true
    }
  }
  password_policy {
    minimum_length                   = 10
    password_history_size            = var.changed ? 3 : 2
    temporary_password_validity_days = 3
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
  }
  sign_in_policy { allowed_first_auth_factors = ["PASSWORD"] }
  admin_create_user_config {
    allow_admin_create_user_only = true
    invite_message_template {
      email_message = "Hello {username}: {####}"
      email_subject = "Hello"
      sms_message   = "Hello {username}: {####}"
    }
  }
  email_configuration { email_sending_account = "COGNITO_DEFAULT" }
  verification_message_template { default_email_option = var.changed ? "CONFIRM_WITH_CODE" : "CONFIRM_WITH_LINK" }
  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
  user_attribute_update_settings { attributes_require_verification_before_update = ["email"] }
  user_pool_add_ons { advanced_security_mode = var.changed ? "AUDIT" : "OFF" }
  lambda_config {
    pre_token_generation_config {
      lambda_arn     = "arn:aws:lambda:eu-west-1:123456789012:function:claims"
      lambda_version = "V3_0"
    }
  }
}
resource "aws_cognito_user_pool_client" "web" {
  user_pool_id                                  = aws_cognito_user_pool.full.id
  name                                          = "web"
  generate_secret                               = true
  explicit_auth_flows                           = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"]
  read_attributes                               = ["email", "custom:tenant"]
  write_attributes                              = ["email"]
  prevent_user_existence_errors                 = "ENABLED"
  enable_propagate_additional_user_context_data = true
  callback_urls                                 = ["https://example.com/a"]
  default_redirect_uri                          = "https://example.com/a"
  allowed_oauth_flows                           = ["code"]
  allowed_oauth_scopes                          = ["openid"]
  allowed_oauth_flows_user_pool_client          = true
  supported_identity_providers                  = ["COGNITO"]
}
resource "aws_cognito_user_group" "admins" {
  user_pool_id = aws_cognito_user_pool.full.id
  name         = "admins"
  description  = "Admins"
  precedence   = 1
}
resource "aws_cognito_user" "ann" {
  user_pool_id   = aws_cognito_user_pool.full.id
  username       = "ann@example.com"
  message_action = "SUPPRESS"
  attributes     = { email = "ann@example.com", email_verified = true, tenant = "acme" }
  password       = "Passw0rd123"
}

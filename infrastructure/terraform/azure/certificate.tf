locals {
  certificate_name = coalesce(var.certificate_name, "self-signed")
  gateway_label    = "${local.name}-${local.suffix}"
  gateway_host     = "${local.gateway_label}.${lower(replace(var.azure_region, " ", ""))}.cloudapp.azure.com"
  host             = coalesce(var.domain_name, local.gateway_host)
}

# So that HTTPS is there from the first apply on; certificate_name takes its place.
resource "azurerm_key_vault_certificate" "self_signed" {
  count = var.certificate_name == null ? 1 : 0

  name         = "self-signed"
  key_vault_id = azurerm_key_vault.main.id
  tags         = local.tags

  certificate_policy {
    issuer_parameters {
      name = "Self"
    }

    key_properties {
      exportable = true
      key_size   = 2048
      key_type   = "RSA"
      reuse_key  = false
    }

    lifetime_action {
      action {
        action_type = "AutoRenew"
      }

      trigger {
        days_before_expiry = 30
      }
    }

    secret_properties {
      content_type = "application/x-pkcs12"
    }

    x509_certificate_properties {
      subject            = "CN=${local.host}"
      validity_in_months = 12
      key_usage          = ["digitalSignature", "keyEncipherment"]
      extended_key_usage = ["1.3.6.1.5.5.7.3.1"]

      subject_alternative_names {
        dns_names = [local.host]
      }
    }
  }

  depends_on = [terraform_data.deployer]
}

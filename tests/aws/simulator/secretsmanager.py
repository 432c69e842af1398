"""Secrets Manager: the rotation of a secret that RDS manages can be called off."""

from moto.secretsmanager.models import SecretsManagerBackend

from extension import method_of

original_cancel = SecretsManagerBackend.cancel_rotate_secret


# RDS rotates its secrets itself, without a function of Lambda; moto wants one before it calls a rotation off.
@method_of(SecretsManagerBackend)
def cancel_rotate_secret(self, secret_id):
    if not self._is_valid_identifier(secret_id) or self.secrets[secret_id].owning_service is None:
        return original_cancel(self, secret_id)
    secret = self.secrets[secret_id]
    secret.rotation_enabled = False
    return secret.to_short_dict()

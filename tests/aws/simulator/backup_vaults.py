"""AWS Backup: a vault reports to a topic what happens in it, and plans and vaults have tags."""

import json

from moto.backup import urls
from moto.backup.responses import BackupResponse
from moto.core.responses import EmptyResult

from extension import Records, given_body, method_of, path_after, refuse

notifications = Records()

urls.url_paths["{0}/backup-vaults/(?P<name>[^/]+)/notification-configuration/?$"] = urls.response.dispatch


# moto looks for the ARN in the wrong part of the path: AWS has it behind /tags/, with or without a slash after it.
@method_of(BackupResponse)
def list_tags(self):
    return json.dumps({"Tags": self.backup_backend.list_tags("/".join(path_after(self, "/tags/")))})


def vault_of(response):
    return path_after(response, "/backup-vaults/")[0]


@method_of(BackupResponse)
def put_backup_vault_notifications(self):
    name, given = vault_of(self), given_body(self)
    vault = self.backup_backend.describe_backup_vault(name)
    notifications.of(self)[name] = {
        "BackupVaultName": name,
        "BackupVaultArn": vault.backup_vault_arn,
        "SNSTopicArn": given["SNSTopicArn"],
        "BackupVaultEvents": given["BackupVaultEvents"],
    }
    return EmptyResult()


@method_of(BackupResponse)
def get_backup_vault_notifications(self):
    found = notifications.of(self).get(vault_of(self))
    return json.dumps(found or refuse("ResourceNotFoundException", "Failed reading notifications from database for Backup vault", 400))


@method_of(BackupResponse)
def delete_backup_vault_notifications(self):
    notifications.of(self).pop(vault_of(self), None)
    return EmptyResult()

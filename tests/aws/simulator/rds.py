"""RDS: parameters that were set say so, and automated backups can be replicated to another region."""

from moto.core.responses import ActionResult
from moto.rds.models import DBParameterGroup, rds_backends
from moto.rds.responses import RDSResponse

from extension import Records, method_of

original_update_parameters = DBParameterGroup.update_parameters
original_describe_backups = RDSResponse.describe_db_instance_automated_backups
replicas = Records()


# AWS marks a parameter that a person set with the source "user"; the provider lists only these.
@method_of(DBParameterGroup)
def update_parameters(self, new_parameters):
    original_update_parameters(self, [{**parameter, "Source": "user"} for parameter in new_parameters])


# The replication is an object of the region that receives the backups; AWS reports "replicating" while it goes on.
@method_of(RDSResponse)
def start_db_instance_automated_backups_replication(self):
    source = self._get_param("SourceDBInstanceArn")
    region, name = source.split(":")[3], source.split(":")[-1]
    database = rds_backends[self.current_account][region].databases[name]
    backup = {
        "DBInstanceArn": source,
        "DBInstanceIdentifier": name,
        "DbiResourceId": database.dbi_resource_id,
        "DBInstanceAutomatedBackupsArn": f"arn:aws:rds:{self.region}:{self.current_account}:auto-backup:ab-{name}",
        "BackupRetentionPeriod": int(self._get_param("BackupRetentionPeriod") or 7),
        "KmsKeyId": self._get_param("KmsKeyId"),
        "Engine": database.engine,
        "Region": region,
        "Status": "replicating",
    }
    replicas.of(self)[source] = backup
    return ActionResult({"DBInstanceAutomatedBackup": backup})


@method_of(RDSResponse)
def stop_db_instance_automated_backups_replication(self):
    return ActionResult({"DBInstanceAutomatedBackup": replicas.of(self).pop(self._get_param("SourceDBInstanceArn"), None)})


@method_of(RDSResponse)
def describe_db_instance_automated_backups(self):
    wanted = self._get_param("DBInstanceAutomatedBackupsArn")
    if not wanted:
        return original_describe_backups(self)
    found = [backup for backup in replicas.of(self).values() if backup["DBInstanceAutomatedBackupsArn"] == wanted]
    return ActionResult({"DBInstanceAutomatedBackups": found})

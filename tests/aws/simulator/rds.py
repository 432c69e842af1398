"""RDS: each database has an id of its own, parameters that were set say so, insights are reported, and automated backups
can be replicated to another region."""

import json
import secrets
import string

from moto.core.responses import ActionResult
from moto.rds.models import DBInstance, DBParameterGroup, MasterUserSecret, RDSBackend, rds_backends
from moto.rds.responses import RDSResponse

from extension import Records, method_of, refuse

original_update_parameters = DBParameterGroup.update_parameters
original_new_instance = DBInstance.__init__
original_create_instance = RDSBackend.create_db_instance
original_modify_instance = RDSBackend.modify_db_instance
original_restore = RDSBackend.restore_db_instance_to_point_in_time
original_describe_backups = RDSResponse.describe_db_instance_automated_backups
replicas = Records()


# AWS marks a parameter that a person set with the source "user"; the provider lists only these.
@method_of(DBParameterGroup)
def update_parameters(self, new_parameters):
    original_update_parameters(self, [{**parameter, "Source": "user"} for parameter in new_parameters])


# By this id Terraform finds a database again. moto gives all databases the same, so that the second one of an account
# is found with the first, and taken for none.
@method_of(DBInstance)
def __init__(self, *args, **settings):
    original_new_instance(self, *args, **settings)
    letters = string.ascii_uppercase + string.digits
    self.dbi_resource_id = "db-" + "".join(secrets.choice(letters) for _ in range(26))


# A password that RDS makes is random and belongs to the master user; moto makes the same for everybody, and calls him
# admin.
@method_of(MasterUserSecret)
def _generate_secret_string(self):
    characters = string.ascii_letters + string.digits + "!#$%&()*+,-.:;<=>?[]^_{|}~'"
    password = "".join(secrets.choice(characters) for _ in range(28))
    return json.dumps({"username": self.resource.master_username, "password": password})


# A database that begins as another one was is no replica of it, as which moto keeps it.
@method_of(RDSBackend)
def restore_db_instance_to_point_in_time(self, *args, **settings):
    database = original_restore(self, *args, **settings)
    database.source_db_instance_identifier = None
    return database


# moto takes the settings of Performance Insights and reports nothing of them. Without a period AWS keeps seven days.
@method_of(RDSBackend)
def create_db_instance(self, db_kwargs):
    database = tell_insights(original_create_instance(self, db_kwargs), db_kwargs)
    # moto answers "rds-ca-default", whatever was asked for; the one that AWS takes by default is this.
    database.ca_certificate_identifier = db_kwargs.get("CACertificateIdentifier") or "rds-ca-rsa2048-g1"
    return database


@method_of(RDSBackend)
def modify_db_instance(self, db_instance_identifier, db_kwargs):
    check_version(self, self.describe_db_instances(db_instance_identifier)[0], db_kwargs)
    return tell_insights(original_modify_instance(self, db_instance_identifier, db_kwargs), db_kwargs)


# A higher major version has to be allowed, and needs the parameters of that version. At once: until the window the
# database would use the old group, which could not be deleted.
def check_version(backend, database, given):
    before, after = (str(version).split(".")[0] for version in (database.engine_version, given.get("EngineVersion") or database.engine_version))
    if before != after and not (given.get("AllowMajorVersionUpgrade") and given.get("ApplyImmediately")):
        refuse("InvalidParameterCombination", f"The AllowMajorVersionUpgrade flag must be present when upgrading to {after}.")
    group = backend.db_parameter_groups.get(given.get("DBParameterGroupName") or "")
    if group is not None and group.family != f"postgres{after}":
        refuse("InvalidParameterCombination", f"{group.name} of {group.family} cannot be used for PostgreSQL {after}.")


def tell_insights(database, given):
    told = {
        "performance_insights_enabled": given.get("EnablePerformanceInsights"),
        "performance_insights_kms_key_id": given.get("PerformanceInsightsKMSKeyId"),
        "performance_insights_retention_period": given.get("PerformanceInsightsRetentionPeriod"),
        "database_insights_mode": given.get("DatabaseInsightsMode"),
    }
    for field, value in told.items():
        if value is not None:
            setattr(database, field, value)
    return database


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
        answer = original_describe_backups(self)
        backups = answer.result["DBInstanceAutomatedBackups"]
        return ActionResult({"DBInstanceAutomatedBackups": [*backups, *replicas.of(self).values()]})
    found = [backup for backup in replicas.of(self).values() if backup["DBInstanceAutomatedBackupsArn"] == wanted]
    return ActionResult({"DBInstanceAutomatedBackups": found})

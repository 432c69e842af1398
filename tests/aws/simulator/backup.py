"""AWS Backup: which resources a plan backs up, and restore-testing plans with their selections; moto has neither."""

import json
import time
import uuid

from moto.backup import urls
from moto.backup.responses import BackupResponse
from moto.core.responses import EmptyResult

from extension import Records, given_body, method_of, path_after, refuse

selections, testing_plans, testing_selections = Records(), Records(), Records()

for path in ("restore-testing/plans", "restore-testing/plans/(?P<rest>.+)", "backup-vaults/(?P<name>[^/]+)/recovery-points/?"):
    urls.url_paths["{0}/" + path + "$"] = urls.response.dispatch


def missing(what):
    return refuse("ResourceNotFoundException", f"{what} does not exist.", 404)


# A selection belongs to a plan: /backup/plans/PLAN/selections/ID.
def selection_path(response):
    plan, _, *rest = path_after(response, "/backup/plans/")
    return plan, rest[0] if rest else ""


@method_of(BackupResponse)
def create_backup_selection(self):
    plan, given = selection_path(self)[0], given_body(self)
    made = {"SelectionId": str(uuid.uuid4()), "BackupPlanId": plan, "CreationDate": time.time()}
    selections.of(self)[plan, made["SelectionId"]] = {**made, "BackupSelection": given["BackupSelection"]}
    return json.dumps(made)


@method_of(BackupResponse)
def get_backup_selection(self):
    return json.dumps(selections.of(self).get(selection_path(self)) or missing("Backup selection"))


@method_of(BackupResponse)
def list_backup_selections(self):
    plan = selection_path(self)[0]
    of_plan = [record for (owner, _), record in selections.of(self).items() if owner == plan]
    listed = [{**record["BackupSelection"], **{k: v for k, v in record.items() if k != "BackupSelection"}} for record in of_plan]
    return json.dumps({"BackupSelectionsList": listed})


@method_of(BackupResponse)
def delete_backup_selection(self):
    selections.of(self).pop(selection_path(self), None) or missing("Backup selection")
    return EmptyResult()


# A vault that takes no backups here has no recovery points; the provider asks before it deletes one.
@method_of(BackupResponse)
def list_recovery_points_by_backup_vault(self):
    return json.dumps({"RecoveryPoints": []})


# Restore testing: AWS restores what a selection names, on the plan's schedule, and deletes it after the validation
# window.
def testing_path(response):
    name, *rest = path_after(response, "/restore-testing/plans/")
    return name, rest[1] if len(rest) > 1 else ""


def find_plan(response, name):
    return testing_plans.of(response).get(name) or missing(f"Restore testing plan {name}")


def of_plan(plan):
    return {key: plan[key] for key in ("RestoreTestingPlanArn", "RestoreTestingPlanName", "CreationTime")}


@method_of(BackupResponse)
def create_restore_testing_plan(self):
    given = given_body(self)
    name = given["RestoreTestingPlan"]["RestoreTestingPlanName"]
    arn = f"arn:aws:backup:{self.region}:{self.current_account}:restore-testing-plan:{name}-{uuid.uuid4()}"
    # Without a time zone AWS takes UTC, without a start window 24 hours.
    plan = {
        "ScheduleExpressionTimezone": "Etc/UTC",
        "StartWindowHours": 24,
        **given["RestoreTestingPlan"],
        "RestoreTestingPlanArn": arn,
        "CreationTime": time.time(),
    }
    testing_plans.of(self)[name] = plan
    self.backup_backend.tag_resource(resource_arn=arn, tags=given.get("Tags") or {})
    return json.dumps(of_plan(plan))


@method_of(BackupResponse)
def get_restore_testing_plan(self):
    return json.dumps({"RestoreTestingPlan": find_plan(self, testing_path(self)[0])})


@method_of(BackupResponse)
def list_restore_testing_plans(self):
    return json.dumps({"RestoreTestingPlans": list(testing_plans.of(self).values())})


@method_of(BackupResponse)
def update_restore_testing_plan(self):
    plan = find_plan(self, testing_path(self)[0])
    plan.update(given_body(self)["RestoreTestingPlan"])
    return json.dumps({**of_plan(plan), "UpdateTime": time.time()})


@method_of(BackupResponse)
def delete_restore_testing_plan(self):
    testing_plans.of(self).pop(testing_path(self)[0], None)
    return EmptyResult()


@method_of(BackupResponse)
def create_restore_testing_selection(self):
    plan, given = find_plan(self, testing_path(self)[0]), given_body(self)["RestoreTestingSelection"]
    name = given["RestoreTestingSelectionName"]
    record = {**given, "RestoreTestingPlanName": plan["RestoreTestingPlanName"], "CreationTime": time.time()}
    testing_selections.of(self)[plan["RestoreTestingPlanName"], name] = record
    return json.dumps({**of_plan(plan), "RestoreTestingSelectionName": name})


@method_of(BackupResponse)
def get_restore_testing_selection(self):
    found = testing_selections.of(self).get(testing_path(self))
    return json.dumps({"RestoreTestingSelection": found or missing("Restore testing selection")})


@method_of(BackupResponse)
def list_restore_testing_selections(self):
    plan = testing_path(self)[0]
    return json.dumps({"RestoreTestingSelections": [r for (owner, _), r in testing_selections.of(self).items() if owner == plan]})


@method_of(BackupResponse)
def update_restore_testing_selection(self):
    record = testing_selections.of(self).get(testing_path(self)) or missing("Restore testing selection")
    record.update(given_body(self)["RestoreTestingSelection"])
    names = {key: record[key] for key in ("RestoreTestingPlanName", "RestoreTestingSelectionName", "CreationTime")}
    return json.dumps({**names, **of_plan(find_plan(self, record["RestoreTestingPlanName"])), "UpdateTime": time.time()})


@method_of(BackupResponse)
def delete_restore_testing_selection(self):
    testing_selections.of(self).pop(testing_path(self), None)
    return EmptyResult()

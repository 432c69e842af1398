import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { declaredKinds } from '../../support/terraform/declarations.ts';
import { expectHidden } from '../../support/terraform/secret-places.ts';
import { findTerraform, unless } from '../../support/terraform/terraform.ts';
import type { ApiRecord } from '../account/account.ts';
import { aws } from '../tooling/aws-command.ts';
import * as production from './applied-environment.ts';
import { describeDeployer } from './deployer-suite.ts';
import { describeEnvironment, secretsOf } from './environment-suite.ts';

// The life of production by the specification's commands, from an account with nothing to an account with nothing.
// `terraform test` plans all three environments, and says what they differ in.

const terraform = await findTerraform();

/** Types of resources that production does not make here, and why. */
const notApplied: Readonly<Record<string, string>> = {
  aws_budgets_budget: 'budget: planned by terraform test',
  aws_ecr_lifecycle_policy: 'image_repository: bootstrap has made the one of all environments',
  aws_ecr_repository: 'image_repository: bootstrap has made the one of all environments',
  aws_secretsmanager_secret_rotation: 'db_password: rotation is of the password that RDS makes',
  aws_sns_topic_subscription: 'alarm_emails: a subscription waits for a person who confirms it by e-mail',
};

describe.skipIf(terraform.missing)(`production${unless(terraform.missing)}`, () => {
  let applied: production.AppliedEnvironment;
  beforeAll(async () => {
    applied = await production.applyProduction(terraform);
  });
  afterAll(stopEverything);

  describeEnvironment(() => applied);
  describeDeployer(() => applied);

  it('has every type of resource that the configuration has, except those that cannot be simulated', () => {
    const changes: { type: string; change: { actions: string[] } }[] = JSON.parse(applied.plan).resource_changes;
    const made = new Set(changes.filter(({ change }) => change.actions.includes('create')).map(({ type }) => type));
    expect([...declaredKinds('aws').difference(made)].toSorted()).toEqual(Object.keys(notApplied).toSorted());
  });

  it('raises versions and replaces secrets, of the cache before tasks read it, and changes nothing else', async () => {
    const before = await secretsOf(applied);
    const raise = await production.raiseProduction(applied);
    const after = await secretsOf(applied);
    const kept = after.filter(({ value }) => before.some((secret) => secret.value === value));
    expect(kept.map(({ name }) => name)).toEqual(['day-trade-production/grafana-admin-password']);
    expect(after.map(({ value }) => value)).toContain(raise.password);
    expectHidden({ ...applied, ...raise }, [...before, ...after]);
    expect(raise.values).toEqual([
      'aws_db_instance.main: apply_immediately',
      'aws_db_instance.main: engine_version',
      'aws_db_instance.main: password_wo_version',
      'aws_db_parameter_group.main: family',
      'aws_eks_cluster.main[0]: version',
      'aws_secretsmanager_secret_version.database_password[0]: secret_string_wo_version',
      'aws_secretsmanager_secret_version.main["redis-password"]: secret_string_wo_version',
      'aws_secretsmanager_secret_version.main["token"]: secret_string_wo_version',
    ]);
    expect(raise.resources).toContain('aws_elasticache_user_group.main');
    const taken = raise.output.indexOf('aws_cloudformation_stack.cache_user: Modifications complete');
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(raise.output.indexOf('aws_ecs_service.this: Modifying'));
    expect(raise.secondPlan).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No changes.') });
  });

  const title = 'restores the database to a time, beside the old one (DAYTRADE_TEST_RESTORE=true)';
  it.skipIf(process.env.DAYTRADE_TEST_RESTORE !== 'true')(title, async () => {
    const { restored, settled, secondPlan } = await production.restoreDatabase(applied);
    const { DBInstances } = JSON.parse(await aws(applied.simulator, ['rds', 'describe-db-instances']));
    const [first, old] = DBInstances.toSorted((a: ApiRecord, b: ApiRecord) =>
      a.DBInstanceIdentifier.localeCompare(b.DBInstanceIdentifier),
    );
    expect(old.DBInstanceIdentifier).toBe('day-trade-production-old');
    const { stdout } = await applied.terraform.run(['state', 'show', '-no-color', 'aws_db_instance.main']);
    expect(stdout).toContain(first.DbiResourceId);
    const removal = ['delete-db-instance', '--db-instance-identifier', old.DBInstanceIdentifier];
    await aws(applied.simulator, ['rds', ...removal, '--skip-final-snapshot']);
    const insights = ['enabled', 'kms_key_id', 'retention_period'].map((key) => `performance_insights_${key}`);
    const untaken = ['database_insights_mode', ...insights].map((key) => `aws_db_instance.main: ${key}`);
    expect(settled.values).toEqual(untaken);
    expect(secondPlan).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No changes.') });
    expect(restored.resources.toSorted()).toEqual([
      'aws_backup_restore_testing_selection.database',
      'aws_backup_selection.main',
      'aws_db_instance.main',
      'aws_db_instance_automated_backups_replication.main[0]',
      'aws_ecs_task_definition.migrate[0]',
      'aws_ssm_parameter.main',
      'module.service.aws_ecs_service.this',
      'module.service.aws_ecs_task_definition.this',
    ]);
  });

  it('leaves the backups of the database, with a last snapshot, and nothing else when it is destroyed', async () => {
    const { identities } = await production.destroyProduction(applied);
    const left = [...identities.difference(applied.before.identities)];
    expect(left).toContainEqual(expect.stringMatching(/database-snapshots .*=day-trade-production-\d{8}-\d{4}-final /));
    expect(left.filter((one) => !/ (?:database-snapshots|replicated-backups) /.test(one))).toEqual([]);
  });
});

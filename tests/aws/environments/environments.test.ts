import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { declaredKinds } from '../../support/terraform/declarations.ts';
import { findTerraform, unless } from '../../support/terraform/terraform.ts';
import { type AppliedEnvironment, applyProduction, destroyProduction, raiseProduction } from './applied-environment.ts';
import { describeDeployer } from './deployer-suite.ts';
import { describeEnvironment } from './environment-suite.ts';

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
  let applied: AppliedEnvironment;
  beforeAll(async () => {
    applied = await applyProduction(terraform);
  });
  afterAll(stopEverything);

  describeEnvironment(() => applied);
  describeDeployer(() => applied);

  it('has every type of resource that the configuration has, except those that cannot be simulated', () => {
    const changes: { type: string; change: { actions: string[] } }[] = JSON.parse(applied.plan).resource_changes;
    const made = new Set(changes.filter(({ change }) => change.actions.includes('create')).map(({ type }) => type));
    expect([...declaredKinds('aws').difference(made)].toSorted()).toEqual(Object.keys(notApplied).toSorted());
  });

  it('raises the versions of Kubernetes and PostgreSQL, and nothing else', async () => {
    const { names, secondPlan } = await raiseProduction(applied);
    expect(names).toEqual([
      'aws_db_instance.main: apply_immediately',
      'aws_db_instance.main: engine_version',
      'aws_db_parameter_group.main: family',
      'aws_eks_cluster.main[0]: version',
    ]);
    expect(secondPlan).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('No changes.') });
  });

  it('leaves the backups of the database, with a last snapshot, and nothing else when it is destroyed', async () => {
    const { identities } = await destroyProduction(applied);
    const left = [...identities.difference(applied.before.identities)];
    expect(left).toContainEqual(expect.stringMatching(/database-snapshots .*=day-trade-production-\d{8}-\d{4}-final /));
    expect(left.filter((one) => !/ (?:database-snapshots|replicated-backups) /.test(one))).toEqual([]);
  });
});

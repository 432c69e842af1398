import { beforeAll, describe, expect, it } from 'vitest';
import { figure } from '../../support/figure.ts';
import { describeApplied } from '../../support/terraform/applied-terraform.ts';
import { expectHidden, type SecretValue } from '../../support/terraform/secret-places.ts';
import { aws } from '../tooling/aws-command.ts';
import type { AppliedEnvironment } from './applied-environment.ts';
import { checkCharts } from './checks/charts.ts';
import { type CheckedEnvironment, checkedEnvironment } from './checks/checked-environment.ts';
import { checkCompute } from './checks/compute.ts';
import { checkIdentity } from './checks/identity.ts';
import { checkNetwork } from './checks/network.ts';
import { checkObservation } from './checks/observation.ts';
import { checkStores } from './checks/stores.ts';

/** What is asked of an environment while it stands. */
export function describeEnvironment(find: () => AppliedEnvironment): void {
  describe('once applied', () => {
    let applied: AppliedEnvironment;
    let checked: CheckedEnvironment;
    beforeAll(() => {
      applied = find();
      checked = checkedEnvironment(applied);
    });

    describeApplied('aws', find, ['aws_db_instance.main', /^ +identifier += "day-trade-production"$/m]);

    it('asks the simulator for nothing that it lacks', () => {
      expect(applied.simulator.missingActions).toEqual([]);
    });

    it('leaves no secret in state, plan or output', async () => {
      const secrets = await secretsOf(applied);
      figure('aws: secrets searched for', secrets.length);
      expect(secrets.map((secret) => secret.name)).toEqual(
        expect.arrayContaining(['day-trade-production/token', 'day-trade-production/redis-password']),
      );
      const password = secrets.find((secret) => secret.name.endsWith(' password'))?.value;
      expect(password).toBe(applied.password);
      expectHidden(applied, secrets);
    });

    describe('network', () => checkNetwork(() => checked));
    describe('stores', () => checkStores(() => checked));
    describe('identity', () => checkIdentity(() => checked));
    describe('compute', () => checkCompute(() => checked));
    describe('charts', () => checkCharts(() => checked));
    describe('observation', () => checkObservation(() => checked));
  });
}

/** The secrets of the account: the whole text, or where it is JSON the password in it. */
export async function secretsOf({ simulator }: AppliedEnvironment): Promise<SecretValue[]> {
  const { SecretList } = JSON.parse(await aws(simulator, ['secretsmanager', 'list-secrets']));
  const names: string[] = SecretList.map(({ Name }: { readonly Name: string }) => Name);
  return Promise.all(
    names.map(async (name) => {
      const told = await aws(simulator, ['secretsmanager', 'get-secret-value', '--secret-id', name]);
      const text: string = JSON.parse(told).SecretString;
      return text.startsWith('{')
        ? { name: `${name} password`, value: JSON.parse(text).password }
        : { name, value: text };
    }),
  );
}

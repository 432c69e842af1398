import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stopEverything } from '../../support/running-process.ts';
import { declaredKinds, type EnvironmentName, environmentNames } from '../../support/terraform/declarations.ts';
import { findTerraform, unless } from '../../support/terraform/terraform.ts';
import type { Account } from '../account/account.ts';
import { describeServices } from '../services/services-suite.ts';
import { AppliedEnvironment } from './applied-environment.ts';
import { describeDeployer } from './deployer-suite.ts';
import { describeEnvironment } from './environment-suite.ts';
import { notApplied, plannedTypes } from './planned-types.ts';

// The life of each environment by the specification's commands, from an account with nothing to an account with
// nothing. They stand beside each other, each in an account of its own: most of an apply is waiting, for a load
// balancer or a database a minute each by the provider's own pauses.

const terraform = await findTerraform();

// Staging is ready last, since bootstrap comes before it.
const inOrder = environmentNames.toSorted((one, other) => Number(one === 'staging') - Number(other === 'staging'));

describe.skipIf(terraform.missing)(`environments${unless(terraform.missing)}`, () => {
  const applying = new Map<EnvironmentName, Promise<AppliedEnvironment>>();
  const applied = new Map<EnvironmentName, AppliedEnvironment>();
  const destroying = new Map<EnvironmentName, Promise<Account>>();
  const find = (name: EnvironmentName) => applied.get(name) as AppliedEnvironment;

  beforeAll(() => {
    for (const name of environmentNames) {
      const promise = AppliedEnvironment.apply(name, terraform);
      // Each environment reports its own failure.
      promise.catch(() => undefined);
      applying.set(name, promise);
    }
  });
  afterAll(stopEverything);

  for (const name of inOrder) {
    describe(name, () => {
      describeEnvironment(name, async () => {
        const environment = await (applying.get(name) as Promise<AppliedEnvironment>);
        applied.set(name, environment);
        return environment;
      });
      if (name === 'staging') describeDeployer(() => find(name));
      if (name === 'production') describeServices(() => find(name));
      // It goes while the next one is looked at.
      afterAll(() => {
        const promise = applied.get(name)?.destroy() ?? Promise.reject(new Error(`${name} was not applied`));
        promise.catch(() => undefined);
        destroying.set(name, promise);
      });
    });
  }

  describe('destroy', () => {
    it.each(inOrder)('leaves nothing of %s', async (name) => {
      const left = await (destroying.get(name) as Promise<Account>);
      expect([...left.identities.difference(find(name).before.identities)]).toEqual([]);
    });
  });

  it('makes every type of resource that the configuration has, but for those that cannot be simulated', () => {
    const made = new Set([...applied.values()].flatMap(plannedTypes));
    const missing = [...declaredKinds('aws').difference(made)].toSorted();
    for (const type of missing) console.log(`not applied: ${type}, behind ${notApplied[type] ?? 'nothing'}`);
    expect(missing).toEqual(Object.keys(notApplied).toSorted());
  });
});

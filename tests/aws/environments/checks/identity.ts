import { expect, it } from 'vitest';
import type { ApiRecord } from '../../account/account.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

/** Roles, and where secrets are. */
export function checkIdentity(checked: () => CheckedEnvironment): void {
  it('has no role that may do everything', () => {
    const roles = rolesOf(checked());
    expect(roles.length).toBeGreaterThan(20);
    for (const role of roles) {
      for (const statement of statementsOf(role)) {
        const actions = [statement.Action].flat();
        // By its key's own policy a service may do something with that key; of roles none has a whole service.
        expect(actions.filter((action) => action.endsWith(':*') || action === '*')).toEqual([]);
        if ([statement.Resource].flat().includes('*')) expect(wholeRegion).toEqual(expect.arrayContaining(actions));
      }
      const attached: string[] = role.AttachedPolicies.map((policy: ApiRecord) => policy.PolicyName);
      expect(attached.filter((policy) => /Administrator|PowerUser|FullAccess/.test(policy))).toEqual([]);
    }
  });

  it('hands out roles to AWS services on behalf of this account alone', () => {
    for (const role of rolesOf(checked())) {
      for (const statement of role.AssumeRolePolicyDocument.Statement) {
        expect(Object.keys(statement.Principal)).toEqual(['Service']);
      }
    }
  });

  it('gives each task a role of its own, and to the dashboard none of the stores', () => {
    const { account, name } = checked();
    const tasks = account.list('task-definitions').filter((task) => task.family !== `${name}-migrate`);
    expect(new Set(tasks.map((task) => task.taskRoleArn)).size).toBe(5);
    const dashboard = rolesOf(checked()).find((role) => role.RoleName === `${name}-dashboard-task`);
    expect(dashboard).toMatchObject({ InlinePolicies: [], AttachedPolicies: [] });
  });

  it('encrypts secrets and parameters with a key of its own', () => {
    const { account, name, keys } = checked();
    const secrets = account.list('secrets').filter((secret) => secret.Name.startsWith(`${name}/`));
    expect(secrets.map((secret) => secret.Name)).toEqual(
      expect.arrayContaining([`${name}/token`, `${name}/redis-password`]),
    );
    for (const secret of account.list('secrets')) expect(keys).toContain(secret.KmsKeyId);
    const parameters = account.list('parameters').filter((parameter) => parameter.Name.startsWith('/day-trade/'));
    expect(parameters.length).toBeGreaterThan(5);
    for (const parameter of parameters) expect(parameter.Type).toBe('SecureString');
  });
}

/** Actions that AWS gives for everything of a region or for nothing. */
const wholeRegion = ['ecr:GetAuthorizationToken', 'cloudwatch:PutMetricData'];

function rolesOf({ account, applied }: CheckedEnvironment): ApiRecord[] {
  const known = new Set(applied.before.list('roles').map((role) => role.RoleName));
  return account.list('roles').filter((role) => !known.has(role.RoleName));
}

function statementsOf(role: ApiRecord): ApiRecord[] {
  return role.InlinePolicies.flatMap((policy: ApiRecord) => policy.PolicyDocument.Statement);
}

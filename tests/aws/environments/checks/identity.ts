import { expect, it } from 'vitest';
import type { ApiRecord } from '../../account/account.ts';
import type { AppliedEnvironment } from '../applied-environment.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

export function checkIdentity(checked: () => CheckedEnvironment): void {
  it('has no role that may do everything', () => {
    const roles = rolesOf(checked().applied);
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
    for (const role of rolesOf(checked().applied)) {
      for (const statement of role.AssumeRolePolicyDocument.Statement) {
        expect(Object.keys(statement.Principal)).toEqual(['Service']);
      }
    }
  });
}

/** Actions that AWS gives for everything of a region or for nothing. */
const wholeRegion = ['ecr:GetAuthorizationToken', 'cloudwatch:PutMetricData'];

export function rolesOf({ before, after }: AppliedEnvironment): ApiRecord[] {
  const known = new Set(before.list('roles').map((role) => role.RoleName));
  return after.list('roles').filter((role) => !known.has(role.RoleName));
}

function statementsOf(role: ApiRecord): ApiRecord[] {
  return role.InlinePolicies.flatMap((policy: ApiRecord) => policy.PolicyDocument.Statement);
}

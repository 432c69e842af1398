import { expect, it } from 'vitest';
import { textOf } from './workflow-files.ts';

// What the boundary of a deployer's role denies, as far as the simulated account of tests/aws does not know the action.

const statements = textOf('infrastructure/terraform/aws/bootstrap/boundaries.tf').split('Sid ').slice(1);

/** Whether a statement denies an action: its name, or a pattern of it, is in the list. */
function denies(sid: string, action: string): boolean {
  const statement = statements.find((text) => text.includes(`"${sid}"`)) ?? '';
  const [, list = ''] = /Action += \[([^\]]*)\]/.exec(statement) ?? [];
  const patterns = [...list.matchAll(/"([^"]+)"/g)].map(([, pattern = '']) => pattern);
  return patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(action));
}

it.each([
  'iam:AddUserToGroup',
  'iam:AddClientIDToOpenIDConnectProvider',
  'iam:CreateAccessKey',
  'iam:DeleteRole',
  'iam:DetachRolePolicy',
  'iam:DeactivateMFADevice',
  'iam:EnableMFADevice',
  'iam:ResetServiceSpecificCredential',
  'iam:ResyncMFADevice',
  'iam:UpdateAssumeRolePolicy',
  'sts:AssumeRole',
])('nobody in an environment does %s to an identity that is not its own', (action) => {
  expect(denies('NoOtherIdentity', action)).toBe(true);
});

it.each([
  's3:CreateAccessPoint',
  's3:CreateAccessPointForObjectLambda',
  's3:CreateMultiRegionAccessPoint',
  'iam:DeleteRolePermissionsBoundary',
])('nobody in an environment does %s, which leads out of it', (action) => {
  expect(denies('NoWayOut', action)).toBe(true);
});

// Registry and bucket use their keys by grants: without them no environment pulls an image.
it.each(['ecr:BatchDeleteImage', 'kms:DisableKey', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion', 's3:DeleteBucket'])(
  'nobody in an environment does %s to what all share',
  (action) => {
    expect(denies('NothingThatAllShare', action)).toBe(true);
  },
);

it('the role of a cluster puts the role of its nodes into the instance profiles that Auto Mode makes', () => {
  // What AmazonEKSComputePolicy allows it: without nodes nothing runs.
  expect(denies('NoOtherIdentity', 'iam:AddRoleToInstanceProfile')).toBe(false);
  expect(denies('NoOtherInstanceProfile', 'iam:AddRoleToInstanceProfile')).toBe(true);
  const statement = statements.find((text) => text.includes('"NoOtherInstanceProfile"'));
  expect(statement).toMatch(
    /NotResource = concat\(local\.identities\[each\.key\], \["\S+:instance-profile\/eks\*"\]\)/,
  );
});

it('reading is not denied by it', () => {
  expect(['iam:GetRole', 'iam:ListRoles'].map((action) => denies('NoOtherIdentity', action))).toEqual([false, false]);
});

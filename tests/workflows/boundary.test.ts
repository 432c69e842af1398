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
  ['NoOtherIdentity', ['iam:AddUserToGroup', 'iam:AddClientIDToOpenIDConnectProvider', 'iam:CreateAccessKey']],
  ['NoOtherIdentity', ['iam:DeleteRole', 'iam:DetachRolePolicy', 'iam:UpdateAssumeRolePolicy', 'sts:AssumeRole']],
  ['NoOtherIdentity', ['iam:DeactivateMFADevice', 'iam:EnableMFADevice', 'iam:ResyncMFADevice']],
  ['NoOtherIdentity', ['iam:ResetServiceSpecificCredential']],
  ['NoWayOut', ['s3:CreateAccessPoint', 's3:CreateAccessPointForObjectLambda', 's3:CreateMultiRegionAccessPoint']],
  ['NoWayOut', ['iam:DeleteRolePermissionsBoundary']],
  // Registry and bucket use their keys by grants: without them no environment pulls an image.
  ['NothingThatAllShare', ['ecr:BatchDeleteImage', 'kms:DisableKey', 'kms:RevokeGrant', 'kms:ScheduleKeyDeletion']],
  ['NothingThatAllShare', ['s3:DeleteBucket']],
])('%s denies every environment %j', (sid, actions) => {
  expect(actions.filter((action) => !denies(sid, action))).toEqual([]);
});

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

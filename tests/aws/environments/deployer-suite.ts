import { beforeAll, describe, expect, it } from 'vitest';
import { aws, refusalOf } from '../tooling/aws-command.ts';
import { type AppliedEnvironment, credentialsOf } from './applied-environment.ts';
import { rolesOf } from './checks/identity.ts';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
});
const account = 'arn:aws:iam::123456789012';
const role = 'iam create-role --assume-role-policy-document TRUST';

/** What is tried with the role by which CI deploys staging, as `aws …`; words in capitals stand for others. */
const attempts: readonly [string, string][] = [
  ['delete the bucket of production', 's3api delete-bucket --bucket day-trade-production-objects'],
  ['read a secret of production', 'secretsmanager get-secret-value --secret-id day-trade-production/token'],
  ['delete the database of production', 'rds delete-db-instance --db-instance-identifier day-trade-production'],
  ['delete the logs of production', 'logs delete-log-group --log-group-name /day-trade/production/ml-service'],
  ['delete the cluster of production', 'eks delete-cluster --name day-trade-production'],
  [
    'read the state of production',
    's3api get-object --bucket BUCKET --key day-trade/production/terraform.tfstate /dev/null',
  ],
  ['delete the bucket of all states', 's3api delete-bucket --bucket BUCKET'],
  ['delete the images of all environments', 'ecr delete-repository --repository-name day-trade --force'],
  ['make a role without a boundary', `${role} --role-name day-trade-staging-free`],
  [
    'make a role of production',
    `${role} --role-name day-trade-production-mine --permissions-boundary ${account}:policy/day-trade-boundary-staging`,
  ],
  [
    'make a role with the boundary of production',
    `${role} --role-name day-trade-staging-mine --permissions-boundary ${account}:policy/day-trade-boundary-production`,
  ],
  ['take the boundary off a role', 'iam delete-role-permissions-boundary --role-name day-trade-staging-backup'],
  [
    'give itself another policy',
    'iam put-role-policy --role-name day-trade-deploy-staging --policy-name all --policy-document POLICY',
  ],
  [
    'change its boundary',
    `iam create-policy-version --policy-arn ${account}:policy/day-trade-boundary-staging --policy-document POLICY ` +
      '--set-as-default',
  ],
  [
    'become the deployer of production',
    `sts assume-role --role-arn ${account}:role/day-trade-deploy-production --role-session-name mine`,
  ],
  ['make itself a user', 'iam create-user --user-name me'],
];
const words: Readonly<Record<string, string>> = {
  BUCKET: 'day-trade-state-123456789012-ap-northeast-1',
  POLICY: policy,
  TRUST: trust,
};

/** Production is planned, applied and destroyed by the role of its deployer; that of staging may not touch it. */
export function describeDeployer(applied: () => AppliedEnvironment): void {
  describe('the role by which CI deploys staging', () => {
    let network: string;
    let credentials: Readonly<Record<string, string>>;
    beforeAll(async () => {
      const tag = 'ResourceType=vpc,Tags=[{Key=environment,Value=production}]';
      const made = ['ec2', 'create-vpc', '--cidr-block', '10.9.0.0/16', '--tag-specifications', tag];
      network = JSON.parse(await aws(applied().simulator, made)).Vpc.VpcId;
      credentials = await credentialsOf(applied().simulator, applied().roles.staging);
      return async () => {
        await aws(applied().simulator, ['ec2', 'delete-vpc', '--vpc-id', network]);
      };
    });
    const attempt = (args: readonly string[]) => refusalOf(applied().simulator, args, credentials);

    it.each(attempts)('may not %s', async (_, command) => {
      expect(await attempt(command.split(' ').map((word) => words[word] ?? word))).toMatch(/AccessDenied/);
    });

    it('may not delete a network that bears the tag of production', async () => {
      expect(await attempt(['ec2', 'delete-vpc', '--vpc-id', network])).toMatch(/AccessDenied/);
    });

    it('may do to what is of its own what it may not do to production', async () => {
      expect(await attempt(['iam', 'get-role', '--role-name', 'day-trade-staging-backup'])).toMatch(/NoSuchEntity/);
      const production = await credentialsOf(applied().simulator, applied().roles.production);
      const secret = ['secretsmanager', 'get-secret-value', '--secret-id', 'day-trade-production/token'];
      expect(await refusalOf(applied().simulator, secret, production)).toBe('');
    });

    it.each([
      'rds stop-db-instance --db-instance-identifier day-trade-production',
      'secretsmanager put-secret-value --secret-id day-trade-production/token --secret-string mine',
      's3api delete-bucket --bucket day-trade-production-objects',
    ])('the role that plans production may not %s', async (command) => {
      const reader = await credentialsOf(applied().simulator, applied().plans.production);
      expect(await refusalOf(applied().simulator, command.split(' '), reader)).toMatch(/AccessDenied/);
    });

    it('is no way beyond a boundary: production has made no role without its own', () => {
      const made = rolesOf(applied());
      expect(made.length).toBeGreaterThan(20);
      const boundaries = made.map((role) => role.PermissionsBoundary?.PermissionsBoundaryArn);
      expect(new Set(boundaries)).toEqual(new Set([`${account}:policy/day-trade-boundary-production`]));
    });
  });
}

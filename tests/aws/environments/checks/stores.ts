import { expect, it } from 'vitest';
import { regions } from '../../tooling/simulator.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

/** Database, cache, bucket, backups. */
export function checkStores(checked: () => CheckedEnvironment): void {
  it('encrypts the database with a key of its own, forces TLS, and keeps it from the internet', () => {
    const { account, name, keys } = checked();
    const [database, ...more] = account.list('databases');
    expect(more).toEqual([]);
    expect(database).toMatchObject({
      DBInstanceIdentifier: name,
      Engine: 'postgres',
      StorageEncrypted: true,
      PubliclyAccessible: false,
      IAMDatabaseAuthenticationEnabled: true,
      MultiAZ: true,
      BackupRetentionPeriod: 35,
      DeletionProtection: true,
      EnabledCloudwatchLogsExports: ['postgresql', 'upgrade'],
    });
    expect(keys).toContain(database?.KmsKeyId);
    const group = account
      .list('database-parameter-groups')
      .find((candidate) => candidate.DBParameterGroupName === database?.DBParameterGroups[0].DBParameterGroupName);
    expect(group?.Parameters).toContainEqual(
      expect.objectContaining({ ParameterName: 'rds.force_ssl', ParameterValue: '1' }),
    );
  });

  it('encrypts the cache at rest and on its way, and lets in one user with a password', () => {
    const { account, name } = checked();
    expect(account.list('caches')).toMatchObject([
      {
        ReplicationGroupId: name,
        AtRestEncryptionEnabled: true,
        TransitEncryptionEnabled: true,
        UserGroupIds: [name],
      },
    ]);
    const users = account.list('cache-users').filter((user) => user.UserId.startsWith(name));
    expect(account.list('cache-user-groups')).toMatchObject([
      { UserGroupId: name, UserIds: expect.arrayContaining(users.map((user) => user.UserId)) },
    ]);
    const byName = Object.fromEntries(users.map((user) => [user.UserName, user]));
    expect(byName.default).toMatchObject({ AccessString: 'off -@all' });
    expect(byName.daytrade).toMatchObject({ Authentication: { Type: 'password', PasswordCount: 1 } });
    expect(byName.daytrade?.AccessString).toContain('~daytrade*');
  });

  it('keeps buckets private, versioned, encrypted and reached over TLS alone', () => {
    const { account, keys, name } = checked();
    // Not the one of the state, which bootstrap made before the environment.
    const buckets = account.list('buckets').filter((bucket) => bucket.Name.startsWith(`${name}-`));
    expect(buckets).toHaveLength(3);
    for (const bucket of buckets) {
      const publicAccess = bucket.PublicAccess.PublicAccessBlockConfiguration;
      expect(Object.values(publicAccess)).toEqual([true, true, true, true]);
      expect(bucket.Ownership.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
      expect(bucket.Versioning.Status).toBe('Enabled');
      expect(bucket.Policy.Statement).toContainEqual(
        expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      );
      const [rule] = bucket.Encryption.ServerSideEncryptionConfiguration.Rules;
      const { SSEAlgorithm, KMSMasterKeyID } = rule.ApplyServerSideEncryptionByDefault;
      const isOfLogs = bucket.Name.includes('-logs-');
      expect(SSEAlgorithm).toBe(isOfLogs ? 'AES256' : 'aws:kms');
      const replicaKeys = account.list('keys', regions[1]).map((key) => key.Arn);
      if (!isOfLogs) expect([...keys, ...replicaKeys]).toContain(KMSMasterKeyID);
    }
  });

  it('backs up database and bucket, restores them to see that it works, and copies them to a second region', () => {
    const { account, name, topic } = checked();
    const database = account.list('databases')[0];
    const [plan] = account.list('backup-plans');
    const resources: string[] = plan?.Selections[0].Resources;
    expect(resources).toContain(database?.DBInstanceArn);
    expect(resources.some((arn) => arn.startsWith(`arn:aws:s3:::${name}-objects-`))).toBe(true);
    expect(account.list('restore-testing-plans')[0]?.Selections).toMatchObject([
      { ProtectedResourceType: 'RDS', ProtectedResourceArns: [database?.DBInstanceArn] },
    ]);
    expect(account.list('backup-vaults')).toMatchObject([
      { BackupVaultName: name, Notifications: { SNSTopicArn: topic } },
    ]);
    const copies = plan?.BackupPlan.Rules.flatMap((rule: { CopyActions?: unknown[] }) => rule.CopyActions ?? []);
    expect(copies).toHaveLength(2);
    expect(account.list('backup-vaults', regions[1])).toHaveLength(1);
    // The name of the copy ends with its own region.
    const objects = account
      .list('buckets')
      .find(({ Name }) => Name.startsWith(`${name}-objects-`) && !Name.endsWith(regions[1]));
    const rules = objects?.Replication?.ReplicationConfiguration.Rules ?? [];
    expect(rules).toHaveLength(1);
    const replicated = account.list('replicated-backups', regions[1]);
    expect(replicated).toHaveLength(1);
  });
}

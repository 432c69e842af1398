import { expect, it } from 'vitest';
import { regions } from '../../tooling/simulator.ts';
import type { CheckedEnvironment } from './checked-environment.ts';

/** Buckets. checkov looks whether they are private and versioned. */
export function checkStores(checked: () => CheckedEnvironment): void {
  it('keeps buckets encrypted and reached over TLS alone', () => {
    const { account, keys, name } = checked();
    // Not the one of the state, which bootstrap made before the environment.
    const buckets = account.list('buckets').filter((bucket) => bucket.Name.startsWith(`${name}-`));
    expect(buckets).toHaveLength(3);
    for (const bucket of buckets) {
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
}

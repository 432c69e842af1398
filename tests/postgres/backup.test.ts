import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrateDatabase, openPostgresDatabase, openSharedStores } from '@daytrade/storage';
import { makeBackup, newBackupKey, openBackupPlace, restoreAside } from '@daytrade/storage/backup';
import { contentIn, fillForBackup, temporaryFolder } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { PostgresServer } from '../support/postgres-server.ts';
import { S3Server, whyNoS3 } from './s3-server.ts';

const noS3 = whyNoS3();
let server: PostgresServer;
let buckets: S3Server | undefined;

beforeAll(async () => {
  server = await PostgresServer.start();
  if (noS3 !== undefined) return;
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a-key-of-the-test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-of-the-test');
  vi.stubEnv('AWS_REGION', 'ap-northeast-1');
  buckets = await S3Server.start();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  await buckets?.close();
});

async function targetOf(kind: 'folder' | 'bucket') {
  if (kind === 'folder') return { target: join(await temporaryFolder(), 'backups') };
  const bucket = await buckets!.createBucket('day-trade-backups');
  return { target: `s3://${bucket}/of/a-test`, endpoint: buckets!.endpoint };
}

describe.each(['folder', 'bucket'] as const)('PostgreSQL with its objects', (kind) => {
  const skipped = kind === 'bucket' && noS3 !== undefined;

  it.skipIf(skipped)(`goes to a ${kind} and comes back into a state folder`, async () => {
    const options = await server.createDatabase();
    const database = await openPostgresDatabase(options);
    await migrateDatabase(database, { waitSeconds: 0 });
    await database.close();
    const scratch = await temporaryFolder();
    const shared = { database: options, objects: { kind: 'database' }, scratch } as const;
    const stores = await openSharedStores(shared);
    onTestFinished(() => stores.close());
    await fillForBackup(stores);

    const keyFile = join(scratch, 'key');
    writeFileSync(keyFile, (await newBackupKey()).text, { mode: 0o600 });
    const key = kind === 'bucket' ? { keyFile } : {};
    const { place, close } = await openBackupPlace({ ...(await targetOf(kind)), ...key, now: Date.now });
    onTestFinished(close);
    const work = { place, now: Date.now, signal: new AbortController().signal, progress: () => undefined };
    const backup = { ...work, stores, version: '1.2.3', dryRun: false };
    const { head, sentFiles } = await makeBackup(backup);
    expect(head.counts).toMatchObject({ barFiles: 2, objects: 3 });
    const again = (await makeBackup(backup)).sentFiles;
    expect(again).toBe(kind === 'folder' ? 0 : sentFiles);

    const { found } = await restoreAside(scratch, { ...work, purpose: 'a test', verify: contentIn });
    expect(found).toEqual(await contentIn(stores));
  });
});

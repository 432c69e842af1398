import { inspect } from 'node:util';
import { objectStoreSuite } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { S3ObjectStore } from '../../packages/storage/src/objects/s3-object-store.ts';
import { freePort } from '../support/redis-server.ts';
import { S3Server, whyNoS3 } from './s3-server.ts';

const missing = whyNoS3();
let server: S3Server;
let buckets = 0;
beforeAll(async () => {
  if (missing !== undefined) return;
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'a-key-of-the-test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'a-secret-of-the-test');
  vi.stubEnv('AWS_REGION', 'ap-northeast-1');
  server = await S3Server.start();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server?.close();
});

async function openStore(prefix: string): Promise<S3ObjectStore> {
  buckets += 1;
  const bucket = await server.createBucket(`day-trade-${buckets}`);
  return new S3ObjectStore({ bucket, prefix, endpoint: server.endpoint });
}

describe.skipIf(missing !== undefined)(`S3${missing === undefined ? '' : ` (${missing})`}`, () => {
  objectStoreSuite('a bucket below a prefix', () => openStore('a/prefix'));

  it('lists more objects than a page of the API holds, and none of another prefix', async () => {
    const store = await openStore('ours');
    const keys = Array.from({ length: 1050 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
    for (let start = 0; start < keys.length; start += 50) {
      await Promise.all(keys.slice(start, start + 50).map((key) => store.put(key, Uint8Array.of(1))));
    }
    await fetch(`${server.endpoint}/day-trade-${buckets}/ours-not/x`, { method: 'PUT', body: 'x' });
    expect(await store.list('')).toEqual(keys);
    expect(await store.entries('many/10')).toHaveLength(50);
  });

  it('says which bucket or server it cannot use, and shows no credential', async () => {
    const options = { bucket: 'nobodys', prefix: '', endpoint: server.endpoint };
    const absent = await new S3ObjectStore(options).get('a').catch((error: unknown) => error);
    expect(absent).toMatchObject({
      code: 'dependency.refused',
      message: expect.stringMatching(/^the bucket nobodys on http:\/\/127.*NoSuchBucket/),
    });
    expect(inspect(absent, { depth: 10 })).not.toContain('a-secret-of-the-test');
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const down = await new S3ObjectStore({ ...options, endpoint }).put('a', new Uint8Array()).catch((error) => error);
    expect(down).toMatchObject({ code: 'service.unavailable', retryable: true });
    expect(inspect(down, { depth: 10 })).not.toContain('a-secret-of-the-test');
  });
});

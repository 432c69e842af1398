import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { objectStoreSuite } from '@daytrade/storage/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BlobObjectStore } from '../../packages/storage/src/objects/blob-object-store.ts';
import { freePort } from '../support/redis-server.ts';
import { BlobServer, token } from './blob-server.ts';

const access = (text: string) => ({ token: text, expiresAt: Date.now() + 3_600_000 });

let server: BlobServer;
let folder: string;
let containers = 0;
// The first time Azurite is installed.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'day-trade-azurite-'));
  server = await BlobServer.start(folder);
}, 900_000);
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openStore(): Promise<BlobObjectStore> {
  containers += 1;
  const url = await server.createContainer(`objects-${containers}`);
  return new BlobObjectStore({ url, token: async () => access(token()) });
}

/** A container of which a server answers with the given statuses, one after another, then with 201. */
async function answering(...statuses: readonly number[]) {
  const asked: string[] = [];
  const { certificates } = server;
  const key = { cert: readFileSync(certificates.certFile), key: readFileSync(certificates.keyFile) };
  const stub = createServer(key, (request, response) => {
    asked.push([request.method, request.headers['x-ms-blob-type']].join(' '));
    response.writeHead(statuses[asked.length - 1] ?? 201, { etag: '"0x1"' }).end();
  });
  await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void stub.close());
  const url = `https://127.0.0.1:${(stub.address() as AddressInfo).port}/account/objects`;
  return { asked, store: new BlobObjectStore({ url, token: async () => access('a-secret-token'), retryMs: 1 }) };
}

describe('Azure Blob Storage, by Azurite', () => {
  objectStoreSuite('a container', () => openStore());

  it('lists more objects than a page of the API holds', async () => {
    const url = await server.createContainer('pages');
    const keys = Array.from({ length: 7 }, (_, index) => `many/${index}`);
    const store = new BlobObjectStore({ url, token: async () => access(token()) });
    for (const key of keys) await store.put(key, Uint8Array.of(1));
    // The service asks for no fewer than it may have; here pages are of two.
    const inPages = new BlobObjectStore({ url: `${url}?maxresults=2`, token: async () => access(token()) });
    expect(await inPages.list('')).toEqual(keys);
    expect(await inPages.entries('many/')).toEqual(await store.entries('many/'));
  });

  it('says which container it cannot use and why, and shows no token', async () => {
    const url = `${server.account}/nobodys`;
    const absent = new BlobObjectStore({ url, token: async () => access(token()) });
    await expect(absent.get('a')).rejects.toMatchObject({
      code: 'dependency.refused',
      message: `the container ${url} refuses the request: 404 ContainerNotFound`,
    });
    const [container, late] = [await server.createContainer('late'), token({ exp: 1_700_000_000 })];
    const refused = await new BlobObjectStore({ url: container, token: async () => access(late) })
      .put('a', new Uint8Array())
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'dependency.refused',
      message: expect.stringContaining('AuthenticationFailed'),
    });
    expect(inspect(refused, { depth: 10 })).not.toContain(late);
  });

  it('names the role that the identity lacks', async () => {
    const { store } = await answering(403);
    await expect(store.list('')).rejects.toThrow(/403\. Expected the role "Storage Blob Data Contributor"/);
  });

  it('asks again while the service is busy, and gives up at last', async () => {
    const busy = await answering(503, 500);
    await busy.store.put('a', Uint8Array.of(1));
    expect(busy.asked).toEqual(Array.from({ length: 3 }, () => 'PUT BlockBlob'));
    const down = await answering(503, 503, 503, 503);
    await expect(down.store.put('a', new Uint8Array())).rejects.toMatchObject({
      code: 'service.unavailable',
      retryable: true,
      message: expect.stringContaining('cannot serve now: 503'),
    });
    const url = `https://127.0.0.1:${await freePort()}/account/objects`;
    const gone = await new BlobObjectStore({ url, token: async () => access('a-secret-token'), retryMs: 1 })
      .get('a')
      .catch((error) => error);
    expect(gone).toMatchObject({
      code: 'service.unavailable',
      message: expect.stringMatching(/does not answer: .*ECONNREFUSED/),
    });
    expect(inspect(gone, { depth: 10 })).not.toContain('a-secret-token');
  });
});

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EntraIdentity, readKeyVaultSecret } from './entra.ts';

// A server that answers like the metadata endpoint of a container group and like a Key Vault.

let server: Server;
let base: string;
let asked: IncomingMessage[];
let answers: (readonly [number, unknown])[];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    const [status, value] = answers.shift() ?? [400, {}];
    const body = typeof value === 'string' ? value : JSON.stringify(value);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('IDENTITY_ENDPOINT', `${base}/token`);
  vi.stubEnv('IDENTITY_HEADER', 'mine');
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

/** The library keeps tokens for the whole process, so each test asks for another resource. */
let resources = 0;
let resource: string;
beforeEach(() => {
  [asked, answers] = [[], []];
  resource = `https://resource-${resources++}`;
});

const open = (pauses: readonly number[] = [], signal = new AbortController().signal) =>
  new EntraIdentity({ environment: { AZURE_CLIENT_ID: 'an-id' }, pauses, signal });
const gives = (token: string, seconds = 3600) =>
  [200, { access_token: token, expires_on: String(Math.floor(Date.now() / 1000) + seconds) }] as const;
const unknown = [400, { error: 'identity not found' }] as const;

describe('an identity of Azure', () => {
  it('asks with the variables of the platform, and once while a token lives', async () => {
    answers.push(gives('first'));
    const identity = open();
    const token = await identity.token(resource);
    expect(token.token).toBe('first');
    expect(token.expiresAt).toBeGreaterThan(Date.now() + 3_000_000);
    expect(await identity.token(resource)).toEqual(token);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers['x-identity-header']).toBe('mine');
    expect(asked[0]?.url).toContain(`resource=${encodeURIComponent(resource)}`);
    expect(asked[0]?.url).toContain('client_id=an-id');
  });

  it('asks again before a token ends, and while Entra does not know the identity yet', async () => {
    answers.push(unknown, gives('short', 60), gives('long'));
    const identity = open([1]);
    expect((await identity.token(resource)).token).toBe('short');
    expect((await identity.token(resource)).token).toBe('long');
  });

  it('says the reason at last', async () => {
    answers.push(unknown);
    await expect(open().token(resource)).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringMatching(/^Entra gives no token for https:\S+: .*identity.*Expected a managed identity/s),
    });
  });

  it('says the reason in time to a caller with a limit, and when the process ends', async () => {
    answers.push(unknown, unknown);
    await expect(open([600_000]).token(resource, 1_000)).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringContaining('identity'),
    });
    const stop = new AbortController();
    const waiting = open([600_000], stop.signal).token(resource);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'service.unavailable' });
  });

  it('shows nothing of a damaged answer', async () => {
    answers.push([200, 's3cret']);
    const refusal = await open()
      .token(resource)
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'service.unavailable' });
    expect(String(refusal)).not.toContain('s3cret');
  });
});

describe('a secret of Key Vault', () => {
  const identity = open();
  const secret = async () => {
    answers.unshift(gives('proof'));
    // The first test asks for a token, and the library keeps it.
    await identity.token('https://vault.azure.net');
    answers.splice(0, answers.length - 1);
    return await readKeyVaultSecret(base, 'token', identity);
  };

  it('is read with the token of the identity', async () => {
    answers.push([200, { value: 'the-value', id: 'x' }]);
    expect(await secret()).toBe('the-value');
    expect(asked.at(-1)).toMatchObject({ url: '/secrets/token?api-version=7.4' });
    expect(asked.at(-1)?.headers.authorization).toBe('Bearer proof');
  });

  it.each([
    [200, 's3cret', 'service.unavailable', /gives no secret for token$/],
    [200, { value: 1 }, 'service.unavailable', /gives no secret for token$/],
    [404, {}, 'settings.invalid', /secret token: there is none of this name/],
    [403, {}, 'settings.invalid', /expected the role "Key Vault Secrets User"/],
    [503, {}, 'service.unavailable', /answers with 503/],
  ] as const)('is refused after %i %j, with the reason', async (status, body, code, message) => {
    answers.push([status, body]);
    await expect(secret()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

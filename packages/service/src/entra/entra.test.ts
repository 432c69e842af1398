import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EntraIdentity, readKeyVaultSecret } from './index.ts';
import { tokenRequest } from './token-request.ts';

// A stand-in for the metadata of a machine and for a Key Vault: it answers as Azure's own do.

describe('an identity of Azure', () => {
  let server: Server;
  let base: string;
  let asked: IncomingMessage[];
  let answers: ((request: IncomingMessage) => readonly [number, unknown])[];

  beforeEach(async () => {
    asked = [];
    answers = [];
    server = createServer((request, response) => {
      asked.push(request);
      const [status, value] = answers.shift()?.(request) ?? [500, {}];
      const body = typeof value === 'string' ? value : JSON.stringify(value);
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => server.close());

  const environment = () => ({ IDENTITY_ENDPOINT: `${base}/token`, IDENTITY_HEADER: 'mine', AZURE_CLIENT_ID: 'an-id' });
  const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;
  const gives = (token: string, expiresOn: number) => () =>
    [200, { access_token: token, expires_on: String(expiresOn) }] as const;

  /** An identity that after a refusal waits for ten minutes, or until it is stopped. */
  function waitingLong() {
    const stop = new AbortController();
    const options = { environment: environment(), now: Date.now, pauses: [600_000], signal: stop.signal };
    return { identity: new EntraIdentity(options), stop };
  }

  it('asks with what the platform gives, and once while a token lives', async () => {
    answers.push(gives('first', inAnHour()));
    const identity = new EntraIdentity({ environment: environment(), now: Date.now });
    const token = await identity.token('https://vault.azure.net');
    expect(await identity.token('https://vault.azure.net')).toEqual(token);
    expect(token.token).toBe('first');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers['x-identity-header']).toBe('mine');
    expect(asked[0]?.url).toContain('resource=https%3A%2F%2Fvault.azure.net&client_id=an-id');
  });

  it('asks once for all that want a token at the same time, and anew after a failure', async () => {
    answers.push(() => [400, {}], gives('one', inAnHour()));
    const identity = new EntraIdentity({ environment: environment(), now: Date.now, pauses: [] });
    const together = () => Promise.allSettled(Array.from({ length: 20 }, () => identity.token('a')));
    expect(new Set((await together()).map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(asked).toHaveLength(1);
    expect(await together()).toMatchObject(Array.from({ length: 20 }, () => ({ value: { token: 'one' } })));
    expect(asked).toHaveLength(2);
  });

  it('asks again before a token ends, and when nobody answers yet', async () => {
    answers.push(
      () => [400, { error: 'identity not found' }],
      gives('short', Math.floor(Date.now() / 1000) + 60),
      gives('long', inAnHour()),
    );
    const identity = new EntraIdentity({ environment: environment(), now: Date.now, pauses: [1] });
    expect((await identity.token('a')).token).toBe('short');
    expect((await identity.token('a')).token).toBe('long');
  });

  it('says what kept it from a token', async () => {
    answers.push(() => [400, { error: 'identity not found' }]);
    await expect(
      new EntraIdentity({ environment: environment(), now: Date.now, pauses: [] }).token('https://a'),
    ).rejects.toThrow(/Entra gives no token for https:\/\/a: 400 .*identity not found.*Expected a managed identity/);
  });

  it('says what kept it so far to who cannot wait, without another attempt', async () => {
    answers.push(() => [400, { error: 'identity not found' }]);
    const { identity, stop } = waitingLong();
    const refusal = () => identity.token('a', 20).catch((error: unknown) => error);
    await expect.poll(refusal, { timeout: 20_000 }).toMatchObject({
      code: 'service.unavailable',
      message: expect.stringMatching(/Entra gives no token for a: 400 .*identity not found/),
    });
    expect(asked).toHaveLength(1);
    stop.abort();
  });

  it('goes on for who asks next', async () => {
    answers.push(() => [400, { error: 'identity not found' }], gives('late', inAnHour()));
    const identity = new EntraIdentity({ environment: environment(), now: Date.now, pauses: [1] });
    await identity.token('a', 1).catch(() => undefined);
    expect((await identity.token('a')).token).toBe('late');
    expect(asked).toHaveLength(2);
  });

  it('goes on no longer than anybody needs it', async () => {
    answers.push(() => [400, { error: 'identity not found' }]);
    const { identity, stop } = waitingLong();
    await expect(identity.token('a', 200)).rejects.toMatchObject({ code: 'service.unavailable' });
    const goesOn = identity.token('a');
    stop.abort();
    await expect(goesOn).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each(['s3cret', '{"access_token":1}'])('shows nothing of an answer that it cannot read: %s', async (body) => {
    answers.push(() => [200, body]);
    const identity = new EntraIdentity({ environment: environment(), now: Date.now, pauses: [] });
    await expect(identity.token('a')).rejects.toMatchObject({
      code: 'service.unavailable',
      message: expect.stringMatching(/: 200 with an answer without a token\. Expected/),
    });
  });

  it('is that of the service account in a pod, else that of the machine', async () => {
    const file = import.meta.filename;
    const pod = {
      AZURE_FEDERATED_TOKEN_FILE: file,
      AZURE_TENANT_ID: 't',
      AZURE_CLIENT_ID: 'c',
      AZURE_AUTHORITY_HOST: base,
    };
    const inPod = await tokenRequest('https://redis.azure.com', pod);
    expect(inPod.url).toBe(`${base}/t/oauth2/v2.0/token`);
    expect((inPod.init.body as URLSearchParams).toString()).toContain('scope=https%3A%2F%2Fredis.azure.com%2F.default');
    const onMachine = await tokenRequest('https://redis.azure.com', {});
    expect(onMachine).toMatchObject({
      url: expect.stringContaining('http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01'),
      init: { headers: { Metadata: 'true' } },
    });
  });

  describe('reading a Key Vault', () => {
    const secret = (name: string) =>
      readKeyVaultSecret(base, name, new EntraIdentity({ environment: environment(), now: Date.now, pauses: [] }));

    it('gives the value of a secret', async () => {
      answers.push(gives('proof', inAnHour()), () => [200, { value: 'the-value', id: 'x' }]);
      expect(await secret('token')).toBe('the-value');
      expect(asked[1]).toMatchObject({ url: '/secrets/token?api-version=7.4' });
      expect(asked[1]?.headers.authorization).toBe('Bearer proof');
    });

    it.each(['s3cret', '{"value":1}'])('shows nothing of an answer that it cannot read: %s', async (body) => {
      answers.push(gives('proof', inAnHour()), () => [200, body]);
      await expect(secret('token')).rejects.toMatchObject({
        code: 'service.unavailable',
        message: `Key Vault ${base} gives no secret for token`,
      });
    });

    it.each([
      [404, 'settings.invalid', /secret token: there is none of this name/],
      [403, 'settings.invalid', /expected the role "Key Vault Secrets User"/],
      [503, 'service.unavailable', /answers with 503/],
    ])('says what %i means', async (status, code, message) => {
      answers.push(gives('proof', inAnHour()), () => [status, { error: { code: 'x' } }]);
      await expect(secret('token')).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    });
  });
});

import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { EntraIdentity } from '@daytrade/service/entra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withKeyVaultSecrets } from './key-vault.ts';
import { readSettings } from './read-settings.ts';

const token = 'a-token-of-24-characters-or-more';

describe('secrets of Key Vault', () => {
  let server: Server;
  let environment: Record<string, string>;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const body = request.url?.startsWith('/secrets/token')
        ? { value: token }
        : { access_token: 'proof', expires_on: String(Math.floor(Date.now() / 1000) + 3600) };
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    environment = {
      IDENTITY_ENDPOINT: `${base}/identity`,
      IDENTITY_HEADER: 'mine',
      DAYTRADE_SETTINGS_FILE: '/dev/null',
      DAYTRADE_KEY_VAULT_URL: base,
      DAYTRADE_KEY_VAULT_SECRETS: 'DAYTRADE_TOKEN=token',
    };
  });
  afterAll(() => server.close());

  // In a process of its own, since the library reads its environment once.
  it('are settings like those of the environment', { tags: ['long'] }, async () => {
    const program = `
      const { readSettings } = await import(process.argv[1]);
      const { settings, settingSources } = await readSettings(process.env, {});
      console.log(JSON.stringify([settings.DAYTRADE_TOKEN, settingSources.get('DAYTRADE_TOKEN')]));
    `;
    const read = new URL('read-settings.ts', import.meta.url).href;
    const options = ['--input-type=module', '--eval', program, read];
    const { stdout } = await promisify(execFile)(process.execPath, options, { env: environment });
    expect(JSON.parse(stdout)).toEqual([token, { from: 'environment' }]);
  });

  it.each([
    [{ DAYTRADE_TOKEN: token }, 'DAYTRADE_TOKEN is set as well: expected one of them, not both'],
    [{ DAYTRADE_KEY_VAULT_SECRETS: 'DAYTRADE_HOST=token' }, 'DAYTRADE_HOST is not a secret'],
    [{ DAYTRADE_KEY_VAULT_SECRETS: 'DAYTRADE_TOKEN' }, 'expected settings with names of secrets'],
    [{ DAYTRADE_KEY_VAULT_SECRETS: '' }, 'DAYTRADE_KEY_VAULT_URL, DAYTRADE_KEY_VAULT_SECRETS: expected both'],
    [{ DAYTRADE_KEY_VAULT_URL: 'https://example.com' }, 'expected the URL of a Key Vault'],
  ])('are refused with %j', async (more, message) => {
    await expect(readSettings({ ...environment, ...more }, {})).rejects.toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining(message),
    });
  });

  it('are not asked for where none are named', async () => {
    const nobody = new EntraIdentity({ environment: {}, pauses: [] });
    expect(await withKeyVaultSecrets({ DAYTRADE_HOST: 'a' }, [], nobody)).toEqual({ DAYTRADE_HOST: 'a' });
  });
});

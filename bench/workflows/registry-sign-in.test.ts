import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInOf } from './registry-sign-in.ts';

const [azure, aws] = ['day.azurecr.io', '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com'];

describe('the door of the registries', () => {
  let server: Server;
  beforeAll(async () => {
    const signIn = signInOf('azurecr.io');
    server = createServer((asked, answer) => {
      void signIn(String(asked.headers['x-name']), asked, answer, () => answer.end('an image'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  const ask = (name: string, path: string, authorization = '', body?: URLSearchParams) =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      headers: { 'x-name': name, ...(authorization !== '' && { authorization }) },
      ...(body && { method: 'POST', body }),
    });
  const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

  it('of Azure takes the token that it gave for one of Entra, and no other', async () => {
    const refused = await ask(azure, '/v2/');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain(`Bearer realm="https://${azure}/oauth2/token"`);
    const exchanged = await ask(azure, '/oauth2/exchange', '', new URLSearchParams({ access_token: 'of Entra' }));
    const { refresh_token: refresh } = (await exchanged.json()) as { refresh_token: string };
    const given = await ask(azure, '/oauth2/token?service=day', basic('0000', refresh));
    const { access_token: access } = (await given.json()) as { access_token: string };
    expect(await (await ask(azure, '/v2/', `Bearer ${access}`)).text()).toBe('an image');
    expect((await ask(azure, '/oauth2/token', basic('0000', 'guessed'))).status).toBe(401);
    expect((await ask(azure, '/v2/', 'Bearer guessed')).status).toBe(401);
  });

  it('of AWS takes its user with a password', async () => {
    expect((await ask(aws, '/v2/')).headers.get('www-authenticate')).toContain('Basic realm=');
    expect((await ask(aws, '/v2/', basic('somebody', 'password'))).status).toBe(401);
    expect(await (await ask(aws, '/v2/', basic('AWS', 'password'))).text()).toBe('an image');
  });
});
